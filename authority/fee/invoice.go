package fee

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// DocumentKind tells an invoice from a credit note.
type DocumentKind string

// The kinds of document.
const (
	InvoiceDocument DocumentKind = "invoice"     // samlingsfaktura
	CreditNote      DocumentKind = "credit_note" // kreditfaktura
)

// Invoice is a collective invoice, or a credit note, with its lines. Amounts
// are öre. The payer stands as it was on the day of the document.
type Invoice struct {
	ID               int64        `json:"-"`
	CodeID           int64        `json:"-"`
	Kind             DocumentKind `json:"kind"`
	Number           string       `json:"number"`
	PaymentReference string       `json:"payment_reference"` // OCR: the number and a check digit
	PartyCode        string       `json:"party_code"`
	Buyer            Buyer        `json:"buyer"`
	First            calendar.Day `json:"first_day"`
	Last             calendar.Day `json:"last_day"`
	Day              calendar.Day `json:"day"`
	Due              calendar.Day `json:"due"`
	Corrects         *Reference   `json:"corrects,omitempty"` // the invoice a credit note concerns
	Total            money.Amount `json:"total_ore"`
	Paid             money.Amount `json:"paid_ore"`
	Credited         money.Amount `json:"credited_ore"`
	Balance          money.Amount `json:"balance_ore"` // total less paid and credited; 0 of a credit note
	Disputed         bool         `json:"disputed"`    // as a whole
	Reminders        int          `json:"reminders"`
	Count            int64        `json:"line_count"`
	Lines            []Line       `json:"lines,omitempty"`
}

// Buyer is who an invoice is made out to.
type Buyer struct {
	Name         string   `json:"name"`
	Organisation string   `json:"organisation"` // ten digits
	Street       string   `json:"street"`
	PostalCode   string   `json:"postal_code"`
	Town         string   `json:"town"`
	Endpoint     Endpoint `json:"endpoint"`
	Reference    string   `json:"reference"`
}

// Reference points to a document.
type Reference struct {
	Number string       `json:"number"`
	Day    calendar.Day `json:"day"`
}

// Line is one fee on an invoice.
type Line struct {
	Number   int64        `json:"line"`
	ItemID   int64        `json:"item"`
	Case     string       `json:"case"`          // case number
	Own      string       `json:"own_reference"` // the filer's own reference
	Client   string       `json:"client"`
	Kind     Kind         `json:"kind"`
	Day      calendar.Day `json:"day"` // on which the fee arose
	Amount   money.Amount `json:"amount_ore"`
	Credited money.Amount `json:"credited_ore"` // since; 0 on a credit note
	Disputed bool         `json:"disputed"`
}

const selectInvoice = `SELECT i.id, i.code_id, i.kind, i.number, i.payment_reference, i.code, i.name, i.organisation, i.street, i.postal_code,
	i.town, i.edi_scheme, i.edi_id, i.buyer_reference, i.first_day, i.last_day, i.day, i.due, i.total, i.paid, i.credited,
	i.disputed, i.reminders, i.lines, COALESCE(c.number, ''), c.day
	FROM fee_invoice i LEFT JOIN fee_invoice c ON c.id = i.corrects `

func scanInvoice(rows *store.Rows) (i Invoice, err error) {
	var corrects Reference
	err = rows.Scan(&i.ID, &i.CodeID, &i.Kind, &i.Number, &i.PaymentReference, &i.PartyCode, &i.Buyer.Name, &i.Buyer.Organisation,
		&i.Buyer.Street, &i.Buyer.PostalCode, &i.Buyer.Town, &i.Buyer.Endpoint.Scheme, &i.Buyer.Endpoint.ID, &i.Buyer.Reference,
		&i.First, &i.Last, &i.Day, &i.Due, &i.Total, &i.Paid, &i.Credited, &i.Disputed, &i.Reminders, &i.Count,
		&corrects.Number, &corrects.Day)
	if i.Kind == CreditNote {
		i.Corrects = &corrects
		return i, err
	}
	i.Balance = i.Total - i.Paid - i.Credited
	return i, err
}

// Invoice reads an invoice or credit note with its lines, by its number or
// payment reference. One that does not exist is a *service.Refusal.
func (f *Fees) Invoice(r store.Reader, number string) (Invoice, error) {
	i, err := f.Head(r, number)
	if err != nil {
		return i, err
	}
	i.Lines, err = linesOf(r, i)
	return i, err
}

// Head is Invoice without the lines.
func (*Fees) Head(r store.Reader, number string) (Invoice, error) {
	all, err := store.Collect(scanInvoice)(r.Query(selectInvoice+`WHERE i.number = $1 OR i.payment_reference = $1`, number))
	if err == nil && len(all) == 0 {
		return Invoice{}, service.Refuse("unknown_invoice",
			fmt.Sprintf("Fakturan %s finns inte.", number), fmt.Sprintf("There is no invoice %s.", number))
	}
	if err != nil {
		return Invoice{}, fmt.Errorf("fee: read invoice %s: %w", number, err)
	}
	return all[0], nil
}

func linesOf(r store.Reader, i Invoice) ([]Line, error) {
	query := `SELECT line, id, reference, own, client, kind, day, invoiced, credited, disputed FROM fee_item
		WHERE invoice_id = $1 ORDER BY line`
	if i.Kind == CreditNote {
		query = `SELECT c.line, t.id, t.reference, t.own, t.client, t.kind, t.day, c.amount, 0, FALSE FROM fee_credit c
			JOIN fee_item t ON t.id = c.item_id WHERE c.note_id = $1 ORDER BY c.line`
	}
	all, err := store.Collect(scanLine)(r.Query(query, i.ID))
	if err != nil {
		return nil, fmt.Errorf("fee: read the lines of %s: %w", i.Number, err)
	}
	return all, nil
}

func scanLine(rows *store.Rows) (l Line, err error) {
	err = rows.Scan(&l.Number, &l.ItemID, &l.Case, &l.Own, &l.Client, &l.Kind, &l.Day, &l.Amount, &l.Credited, &l.Disputed)
	return l, err
}

// Invoices lists the invoices and credit notes of a payer from the first to
// the last day, both included, by number, without their lines.
func (f *Fees) Invoices(r store.Reader, codeID int64, first, last calendar.Day) ([]Invoice, error) {
	all, err := store.Collect(scanInvoice)(r.Query(selectInvoice+`WHERE i.code_id = $1 AND i.day >= $2 AND i.day <= $3 AND i.state = 'issued'
		ORDER BY i.number`, codeID, first, last))
	if err != nil {
		return nil, fmt.Errorf("fee: list the invoices of code %d: %w", codeID, err)
	}
	return all, nil
}

// PayerOfCode is the code whose invoices the fees of a code stand on: the code
// itself, or its main code (R62).
func (f *Fees) PayerOfCode(r store.Reader, codeID int64) (int64, error) {
	p, err := f.payerFor(r, codeID)
	return p.code.ID, err
}
