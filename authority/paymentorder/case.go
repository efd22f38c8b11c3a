package paymentorder

import (
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Case is one case (mål) for a payment order.
type Case struct {
	ID          int64
	Number      string // case number (målnummer), opaque
	File        int64  // the file that it came in
	CodeID      int64  // party code of the filer
	Arrived     time.Time
	Registered  calendar.Day
	Fee         money.Amount
	Application filing.Application // as filed
	States      []PairState        // by respondent and claim part
	Blocked     bool               // its data are withheld (blockering)
}

// PairState is the state of one respondent in one claim part, both counted
// from 1.
type PairState struct {
	Respondent, Part int64
	State            State
	Since            calendar.Day
}

// Open tells whether any pair is open: the case is then open too.
func (c Case) Open() bool {
	for _, s := range c.States {
		if s.State == Registered {
			return true
		}
	}
	return false
}

const selectCase = `SELECT id, number, file, reference, code_id, arrived, registered, notice, no_enforcement, joint,
	negotiable_note, requests, demand_date, pay_before, own_work_reasons, total, fee,
	payee_kind, payee_account, payee_name, payee_identity, blocked FROM paymentorder_case `

// Case finds a case by its number.
func (o *Orders) Case(r store.Reader, number string) (Case, bool, error) {
	return oneCase(r, r.QueryRow(selectCase+`WHERE number = $1`, number))
}

// CaseByReference finds the case of an own reference in a file.
func (o *Orders) CaseByReference(r store.Reader, file int64, reference string) (Case, bool, error) {
	return oneCase(r, r.QueryRow(selectCase+`WHERE file = $1 AND reference = $2`, file, reference))
}

func oneCase(r store.Reader, row *store.Row) (Case, bool, error) {
	c, err := scanCase(row)
	if errors.Is(err, store.ErrNoRows) {
		return Case{}, false, nil
	}
	if err == nil {
		err = errors.Join(c.readParties(r), c.readParts(r), c.readStates(r))
	}
	if err != nil {
		return Case{}, false, fmt.Errorf("paymentorder: read a case: %w", err)
	}
	return c, true, nil
}

func scanCase(row *store.Row) (c Case, err error) {
	a := &c.Application
	var payee filing.Payee
	var kind, payeeIdentity string
	var arrived, total, fee int64
	err = row.Scan(&c.ID, &c.Number, &c.File, &a.Reference, &c.CodeID, &arrived, &c.Registered, &a.Notice, &a.NoEnforcement,
		&a.Joint, &a.NegotiableNote, &a.Requests, &a.DemandDate, &a.PayBefore, &a.OwnWorkReasons, &total, &fee,
		&kind, &payee.Account, &payee.Name, &payeeIdentity, &c.Blocked)
	if err != nil {
		return Case{}, err
	}
	c.Arrived, c.Fee, a.Total = store.Moment(arrived), money.Amount(fee), money.Amount(total)
	if kind == "" {
		return c, nil
	}
	payee.Kind = filing.PayeeKind(kind)
	payee.Identity, err = number(payeeIdentity)
	a.Payee = &payee
	return c, err
}

// number reads what identity.Number.Full wrote; "" is no number.
func number(full string) (identity.Number, error) {
	if full == "" {
		return identity.Number{}, nil
	}
	return identity.Parse12(full)
}

const selectParties = `SELECT p.role, p.position, p.identity, p.name, p.care_of, p.street, p.postal_code, p.town, p.country,
	p.phone, p.mobile, p.email, COALESCE(s.estate, FALSE), COALESCE(s.other_address, ''), COALESCE(s.workplace, ''),
	COALESCE(s.address_inquiry, '') FROM paymentorder_party p
	LEFT JOIN paymentorder_respondent s ON s.case_id = p.case_id AND s.position = p.position AND p.role = 'respondent'
	WHERE p.case_id = $1 ORDER BY p.role, p.position`

func (c *Case) readParties(r store.Reader) error {
	legal := map[int64]*filing.Party{}
	for rows, err := range store.Each(r.Query(selectParties, c.ID)) {
		if err != nil {
			return err
		}
		var role Role
		var position int64
		p, err := scanParty(rows, &role, &position)
		if err != nil {
			return err
		}
		c.addParty(role, position, p, legal)
	}
	for i := range c.Application.Respondents {
		c.Application.Respondents[i].LegalRepresentative = legal[int64(i+1)]
	}
	return nil
}

// addParty puts a person in its place. Legal representatives wait in legal for
// their respondents.
func (c *Case) addParty(role Role, position int64, p filing.Respondent, legal map[int64]*filing.Party) {
	a := &c.Application
	switch role {
	case Applicant:
		a.Applicants = append(a.Applicants, p.Party)
	case Respondent:
		a.Respondents = append(a.Respondents, p)
	case Representative:
		a.Representative = &p.Party
	case LegalRepresentative:
		legal[position] = &p.Party
	}
}

func scanParty(rows *store.Rows, role *Role, position *int64) (p filing.Respondent, err error) {
	var full string
	err = rows.Scan(role, position, &full, &p.Name, &p.CareOf, &p.Street, &p.PostalCode, &p.Town, &p.Country,
		&p.Phone, &p.Mobile, &p.Email, &p.Estate, &p.OtherAddress, &p.Workplace, &p.AddressInquiry)
	if err != nil {
		return p, err
	}
	p.Identity, err = number(full)
	return p, err
}

const selectParts = `SELECT type, amount, interest_kind, interest_rate, interest_from, accrued, accrued_to, interest_ground,
	invoice_number, invoice_date, due_date, creditor_name, creditor_identity, ground
	FROM paymentorder_claim_part WHERE case_id = $1 ORDER BY position`

func (c *Case) readParts(r store.Reader) (err error) {
	c.Application.Parts, err = store.Collect(scanPart)(r.Query(selectParts, c.ID))
	return err
}

func scanPart(rows *store.Rows) (p filing.ClaimPart, err error) {
	var amount, rate, accrued int64
	var creditor, creditorIdentity string
	i := &p.Interest
	err = rows.Scan(&p.Type, &amount, &i.Kind, &rate, &i.From, &accrued, &i.AccruedTo, &i.Ground,
		&p.InvoiceNumber, &p.InvoiceDate, &p.DueDate, &creditor, &creditorIdentity, &p.Ground)
	p.Amount, i.Rate, i.Accrued = money.Amount(amount), money.Rate(rate), money.Amount(accrued)
	if err != nil || creditor == "" && creditorIdentity == "" {
		return p, err
	}
	p.OriginalCreditor = &filing.OriginalCreditor{Name: creditor}
	p.OriginalCreditor.Identity, err = number(creditorIdentity)
	return p, err
}

func (c *Case) readStates(r store.Reader) (err error) {
	c.States, err = store.Collect(func(rows *store.Rows) (s PairState, err error) {
		err = rows.Scan(&s.Respondent, &s.Part, &s.State, &s.Since)
		return s, err
	})(r.Query(`SELECT respondent, part, state, since FROM paymentorder_state WHERE case_id = $1 ORDER BY respondent, part`, c.ID))
	return err
}
