package fee

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"filtjanst/authority/party"
	"filtjanst/authority/store"
)

// Payer says how a party code is invoiced (R16, R62), beside the name and
// address that the register of parties has.
type Payer struct {
	CodeID     int64
	OwnInvoice bool // a sub-code with invoices of its own; else its main code's
	// Endpoint is the identity for e-invoices; zero: the organisation number.
	Endpoint Endpoint
	// BuyerReference stands on each invoice; "": the party code.
	BuyerReference string
	TermsDays      int // time to pay; 0: the room's setting
}

// SetPayer enters or changes how a code is invoiced. Invoices already made
// stay as they are.
func (*Fees) SetPayer(tx store.Tx, p Payer) error {
	if (p.Endpoint.Scheme == "") != (p.Endpoint.ID == "") || p.TermsDays < 0 {
		return fmt.Errorf("fee: invoicing of code %d: an identity for e-invoices has both scheme and id, and terms are days", p.CodeID)
	}
	_, err := tx.Exec(`INSERT INTO fee_payer (code_id, own_invoice, edi_scheme, edi_id, buyer_reference, terms_days)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (code_id) DO UPDATE SET own_invoice = excluded.own_invoice,
		edi_scheme = excluded.edi_scheme, edi_id = excluded.edi_id, buyer_reference = excluded.buyer_reference,
		terms_days = excluded.terms_days`, p.CodeID, p.OwnInvoice, p.Endpoint.Scheme, p.Endpoint.ID, p.BuyerReference, p.TermsDays)
	if err != nil {
		return fmt.Errorf("fee: set the invoicing of code %d: %w", p.CodeID, err)
	}
	return nil
}

// PayerOf reads how a code is invoiced; the zero settings if nothing is set.
func (*Fees) PayerOf(r store.Reader, codeID int64) (Payer, error) {
	p := Payer{CodeID: codeID}
	err := r.QueryRow(`SELECT own_invoice, edi_scheme, edi_id, buyer_reference, terms_days FROM fee_payer WHERE code_id = $1`, codeID).
		Scan(&p.OwnInvoice, &p.Endpoint.Scheme, &p.Endpoint.ID, &p.BuyerReference, &p.TermsDays)
	if err != nil && !errors.Is(err, store.ErrNoRows) {
		return p, fmt.Errorf("fee: read the invoicing of code %d: %w", codeID, err)
	}
	return p, nil
}

// invoiced is a payer with all that stands on its invoices.
type invoiced struct {
	code  party.Code
	payer Payer
	codes []int64 // whose fees it pays, in order
}

// payerFor finds who pays for a code: the code itself, or its main code.
func (f *Fees) payerFor(r store.Reader, codeID int64) (invoiced, error) {
	code, err := f.codeOf(r, codeID)
	if err != nil {
		return invoiced{}, err
	}
	p, err := f.PayerOf(r, codeID)
	if err != nil {
		return invoiced{}, err
	}
	if !code.IsMain() && !p.OwnInvoice {
		return f.payerFor(r, code.MainID)
	}
	return invoiced{code: code, payer: p}, nil
}

func (f *Fees) codeOf(r store.Reader, id int64) (party.Code, error) {
	code, found, err := f.parties.ByID(r, id)
	if err == nil && !found {
		err = fmt.Errorf("fee: code %d has fees and does not stand in the register of parties: enter it", id)
	}
	return code, err
}

// grouped collects codes under who pays for them, by id of the payer. What is
// wrong with one code does not keep the others.
func (f *Fees) grouped(r store.Reader, codes []int64) ([]invoiced, error) {
	var all []invoiced
	var faults []error
	for _, id := range codes {
		p, err := f.payerFor(r, id)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		at := slices.IndexFunc(all, func(q invoiced) bool { return q.code.ID == p.code.ID })
		if at < 0 {
			all, at = append(all, p), len(all)
		}
		all[at].codes = append(all[at].codes, id)
	}
	slices.SortFunc(all, func(a, b invoiced) int { return cmp.Compare(a.code.ID, b.code.ID) })
	return all, errors.Join(faults...)
}
