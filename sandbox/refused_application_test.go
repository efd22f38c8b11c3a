package sandbox

import (
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

func badApplications() []refusedFile {
	one := beside(owed)
	tomorrow := filingtest.Today.AddDays(1)
	return []refusedFile{
		{"reference twice", one(func(a *filing.Application) { a.Reference = "B1" }), rejected("2 D301")},
		{"total that does not add up", one(func(a *filing.Application) { a.Total-- }), rejected("2 D302")},
		{"nothing claimed", one(func(a *filing.Application) { a.Parts[0].Amount, a.Total = 0, 300*money.Krona }), rejected("2 D303")},
		{"no ground", one(func(a *filing.Application) { a.Parts[0].Ground = "" }), rejected("2 D304")},
		{"due tomorrow", one(func(a *filing.Application) { a.Parts[0].DueDate = tomorrow }), rejected("2 D313")},
		{"invoice of tomorrow", one(func(a *filing.Application) { a.Parts[0].InvoiceDate = tomorrow }), rejected("2 D314")},
		{"demand of tomorrow", one(func(a *filing.Application) { a.DemandDate, a.PayBefore = tomorrow, 0 }), rejected("2 D315")},
		{"to be paid before it was demanded", one(func(a *filing.Application) { a.PayBefore = a.DemandDate - 1 }), rejected("2 D316")},
		{"the applicant owes", one(func(a *filing.Application) { a.Respondents[0].Identity = creditor }), rejected("2 D328")},
		{"one respondent twice", one(func(a *filing.Application) {
			a.Respondents, a.Joint = append(a.Respondents, a.Respondents[0]), true
		}), rejected("2 D329")},
		{"nowhere to be found", one(func(a *filing.Application) {
			r := &a.Respondents[0]
			r.Street, r.PostalCode, r.Town = "", "", ""
		}), rejected("2 D323")},
	}
}

func TestRefusedApplications(t *testing.T) {
	t.Parallel()
	lodgerOf(t, opened(t), "ABC").holdsBack(t, filing.BFApplication, badApplications(), owed("B1", debtor(silent, 1)), "W431", said{Outcome: filing.Approved})
}
