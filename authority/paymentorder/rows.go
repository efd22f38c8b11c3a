package paymentorder

import (
	"cmp"
	"iter"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// chunk is documents of one file on their way to become cases.
type chunk struct {
	block block
	file  service.File
	docs  []service.Document
	feeID int64
}

// table is rows for one table. The slice of a row is reused for the next.
type table struct {
	name    string
	columns []string
	rows    iter.Seq[[]any]
}

// Role is what a person is in a case.
type Role string

// The roles.
const (
	Applicant           Role = "applicant"            // sökande
	Representative      Role = "representative"       // ombud
	Respondent          Role = "respondent"           // svarande
	LegalRepresentative Role = "legal_representative" // ställföreträdare
)

// State is the state of one pair of respondent and claim part.
type State string

// Registered (registrerad) is the state that read-in gives.
const Registered State = "registered"

func (c chunk) tables() []table {
	return []table{
		{"paymentorder_case", caseColumns(), c.each(caseRow)},
		{"paymentorder_party", partyColumns(), c.each(partyRows)},
		{"paymentorder_respondent", respondentColumns(), c.each(respondentRows)},
		{"paymentorder_claim_part", partColumns(), c.each(partRows)},
		{"paymentorder_state", stateColumns(), c.each(stateRows)},
	}
}

// rowMaker gives the rows of one document in one table. It fills row from its
// start and hands it to yield.
type rowMaker func(c chunk, d service.Document, row []any, yield func([]any) bool) bool

func (c chunk) each(rows rowMaker) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		row := make([]any, 0, 24)
		for _, d := range c.docs {
			if !rows(c, d, row, yield) {
				return
			}
		}
	}
}

func caseColumns() []string {
	return []string{"id", "number", "file", "reference", "code_id", "arrived", "registered", "notice", "no_enforcement",
		"joint", "negotiable_note", "requests", "demand_date", "pay_before", "own_work_reasons", "total", "fee",
		"payee_kind", "payee_account", "payee_name", "payee_identity"}
}

func caseRow(c chunk, d service.Document, row []any, yield func([]any) bool) bool {
	a, b := application(d), c.block
	payee := filing.Payee{}
	if a.Payee != nil {
		payee = *a.Payee
	}
	return yield(append(row, b.caseID(d.Number), b.number(d.Number), b.file, a.Reference, c.file.CodeID,
		store.Micros(c.file.Arrived), b.registered.String(), string(cmp.Or(a.Notice, c.file.Notice)), a.NoEnforcement,
		a.Joint, a.NegotiableNote, a.Requests, dayOrNull(a.DemandDate), dayOrNull(a.PayBefore), a.OwnWorkReasons,
		int64(a.Total), int64(b.fee), string(payee.Kind), payee.Account, payee.Name, stored(payee.Identity)))
}

// stored is the one place where an identity number leaves its mask here; see
// number for the way back.
func stored(n identity.Number) string { return n.Full() }

func dayOrNull(d calendar.Day) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

func partyColumns() []string {
	return []string{"case_id", "role", "position", "identity", "name", "care_of", "street", "postal_code", "town",
		"country", "phone", "mobile", "email"}
}

// partyRows come in the order of the key, so that they are appended.
func partyRows(c chunk, d service.Document, row []any, yield func([]any) bool) bool {
	a, id := application(d), c.block.caseID(d.Number)
	for i := range a.Applicants {
		if !yield(partyRow(row, id, Applicant, i, &a.Applicants[i])) {
			return false
		}
	}
	for i := range a.Respondents {
		if p := a.Respondents[i].LegalRepresentative; p != nil && !yield(partyRow(row, id, LegalRepresentative, i, p)) {
			return false
		}
	}
	if p := a.Representative; p != nil && !yield(partyRow(row, id, Representative, 0, p)) {
		return false
	}
	for i := range a.Respondents {
		if !yield(partyRow(row, id, Respondent, i, &a.Respondents[i].Party)) {
			return false
		}
	}
	return true
}

func partyRow(row []any, caseID int64, role Role, index int, p *filing.Party) []any {
	return append(row, caseID, string(role), int64(index+1), stored(p.Identity), p.Name, p.CareOf, p.Street,
		p.PostalCode, p.Town, p.Country, p.Phone, p.Mobile, p.Email)
}

func respondentColumns() []string {
	return []string{"case_id", "position", "estate", "other_address", "workplace", "address_inquiry"}
}

func respondentRows(c chunk, d service.Document, row []any, yield func([]any) bool) bool {
	id := c.block.caseID(d.Number)
	for i := range application(d).Respondents {
		r := &application(d).Respondents[i]
		if !yield(append(row, id, int64(i+1), r.Estate, r.OtherAddress, r.Workplace, r.AddressInquiry)) {
			return false
		}
	}
	return true
}

func partColumns() []string {
	return []string{"case_id", "position", "type", "amount", "interest_kind", "interest_rate", "interest_from",
		"accrued", "accrued_to", "interest_ground", "invoice_number", "invoice_date", "due_date",
		"creditor_name", "creditor_identity", "ground"}
}

func partRows(c chunk, d service.Document, row []any, yield func([]any) bool) bool {
	id := c.block.caseID(d.Number)
	for i := range application(d).Parts {
		p := &application(d).Parts[i]
		creditor := filing.OriginalCreditor{}
		if p.OriginalCreditor != nil {
			creditor = *p.OriginalCreditor
		}
		if !yield(append(row, id, int64(i+1), string(p.Type), int64(p.Amount), string(p.Interest.Kind),
			int64(p.Interest.Rate), dayOrNull(p.Interest.From), int64(p.Interest.Accrued),
			dayOrNull(p.Interest.AccruedTo), p.Interest.Ground, p.InvoiceNumber, dayOrNull(p.InvoiceDate),
			dayOrNull(p.DueDate), creditor.Name, stored(creditor.Identity), p.Ground)) {
			return false
		}
	}
	return true
}

func stateColumns() []string { return []string{"case_id", "respondent", "part", "state", "since"} }

func stateRows(c chunk, d service.Document, row []any, yield func([]any) bool) bool {
	id, since := c.block.caseID(d.Number), c.block.registered.String()
	for i := range application(d).Respondents {
		for k := range application(d).Parts {
			if !yield(append(row, id, int64(i+1), int64(k+1), string(Registered), since)) {
				return false
			}
		}
	}
	return true
}
