package paymentorder

import (
	"iter"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// chunk is documents of one file on their way to become cases.
type chunk struct {
	block   block
	file    service.File
	docs    []service.Document
	feeID   int64
	frame   frame
	changes service.HeldParties
}

// table is one table of what a case is when it begins.
type table struct {
	name    string
	columns []string
	rows    func([]*life) iter.Seq[[]any]
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

func (c chunk) tables() []table {
	return []table{
		{"paymentorder_case", caseColumns(), each(caseRow)},
		{"paymentorder_party", partyColumns(), each(partyRows)},
		{"paymentorder_respondent", respondentColumns(), each(respondentRows)},
		{"paymentorder_claim_part", partColumns(), each(partRows)},
	}
}

// rowMaker gives the rows of one case in one table. It fills row from its start
// and hands it to yield.
type rowMaker func(l *life, row []any, yield func([]any) bool) bool

// each gives the rows of all cases. The slice of a row is reused for the next.
func each(rows rowMaker) func([]*life) iter.Seq[[]any] {
	return func(lives []*life) iter.Seq[[]any] {
		return func(yield func([]any) bool) {
			row := make([]any, 0, 27)
			for _, l := range lives {
				if !rows(l, row, yield) {
					return
				}
			}
		}
	}
}

func caseColumns() []string {
	return []string{"id", "number", "file", "reference", "code_id", "main_code_id", "arrived", "registered", "notice", "no_enforcement",
		"joint", "negotiable_note", "requests", "demand_date", "pay_before", "own_work_reasons", "total", "fee",
		"payee_kind", "payee_account", "payee_name", "payee_identity", "confirmed", "confirmed_sum", "held_code", "repeats", "touched"}
}

func caseRow(l *life, row []any, yield func([]any) bool) bool {
	a := &l.Application
	payee := filing.Payee{}
	if a.Payee != nil {
		payee = *a.Payee
	}
	state, sum := l.confirmed()
	return yield(append(row, l.ID, l.Number, l.File, a.Reference, l.CodeID, l.MainCodeID,
		store.Micros(l.Arrived), l.Registered.String(), string(a.Notice), a.NoEnforcement,
		a.Joint, a.NegotiableNote, a.Requests, a.DemandDate, a.PayBefore, a.OwnWorkReasons,
		int64(a.Total), int64(l.Fee), string(payee.Kind), payee.Account, payee.Name, store.Identity(payee.Identity),
		string(state), int64(sum), string(l.refused), l.repeats, l.entered))
}

func partyColumns() []string {
	return []string{"case_id", "role", "position", "identity", "name", "care_of", "street", "postal_code", "town",
		"country", "phone", "mobile", "email"}
}

// partyRows come in the order of the key, so that they are appended.
func partyRows(l *life, row []any, yield func([]any) bool) bool {
	a, id := &l.Application, l.ID
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
	return append(row, caseID, string(role), int64(index+1), store.Identity(p.Identity), p.Name, p.CareOf, p.Street,
		p.PostalCode, p.Town, p.Country, p.Phone, p.Mobile, p.Email)
}

func respondentColumns() []string {
	return []string{"case_id", "position", "estate", "other_address", "workplace", "address_inquiry"}
}

func respondentRows(l *life, row []any, yield func([]any) bool) bool {
	for i := range l.Application.Respondents {
		r := &l.Application.Respondents[i]
		if !yield(append(row, l.ID, int64(i+1), r.Estate, r.OtherAddress, r.Workplace, r.AddressInquiry)) {
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

func partRows(l *life, row []any, yield func([]any) bool) bool {
	for i := range l.Application.Parts {
		p := &l.Application.Parts[i]
		creditor := filing.OriginalCreditor{}
		if p.OriginalCreditor != nil {
			creditor = *p.OriginalCreditor
		}
		if !yield(append(row, l.ID, int64(i+1), string(p.Type), int64(p.Amount), string(p.Interest.Kind),
			int64(p.Interest.Rate), p.Interest.From, int64(p.Interest.Accrued),
			p.Interest.AccruedTo, p.Interest.Ground, p.InvoiceNumber, p.InvoiceDate,
			p.DueDate, creditor.Name, store.Identity(creditor.Identity), p.Ground)) {
			return false
		}
	}
	return true
}

func stateColumns() []string {
	return []string{"id", "case_id", "respondent", "part", "slice", "state", "since", "until", "amount", "accrued", "stayed", "verdict_id", "claim"}
}

func pairRow(row []any, caseID int64, p *pair) []any {
	return append(row, p.id, caseID, p.Respondent, p.Part, p.Slice, string(p.State), p.Since.String(), p.Until,
		int64(p.Amount), int64(p.Accrued), p.Stayed, p.Verdict, p.lodged)
}
