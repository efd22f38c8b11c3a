package filing_test

import (
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

func validEnforcement() *filing.EnforcementApplication {
	return &filing.EnforcementApplication{
		Reference: "26-x", Measure: filing.Payment, Scope: filing.FullScope, Ground: "Obetald faktura.", Total: 51000,
		Applicants:  []filing.Party{{Identity: applicant, Name: "Exempelfordran AB", Street: "Box 1", PostalCode: "12345", Town: "Provköping"}},
		Respondents: []filing.Debtor{{Respondent: filing.Respondent{Party: filing.Party{Identity: debtor, Name: "Provsson Örjan", Street: "Testgatan 12", PostalCode: "12345", Town: "Provköping"}}}},
		Title:       filing.Title{Kind: filing.TitleJudgment, Number: "T 1-26", Issuer: "Provköpings tingsrätt", Date: filingtest.Today.AddDays(-60)},
		Debts: []filing.Debt{{
			Type: filing.Capital, Amount: 50000, DueDate: filingtest.Today.AddDays(-200),
			Interest: filing.Interest{Kind: filing.InterestAct, From: filingtest.Today.AddDays(-300), Accrued: 1000, AccruedTo: filingtest.Today},
		}},
	}
}

func TestRulesOfEnforcementApplications(t *testing.T) {
	type E = *filing.EnforcementApplication
	person := func(n identity.Number, name string) filing.Person { return filing.Person{Identity: n, Name: name} }
	former := person(filingtest.Number("16556400001"), "Provbygg Syd AB")
	judgeCases(t, filing.VEApplication, validEnforcement, []ruled[E]{
		{name: "total", change: func(a E) { a.Total++ }, errors: []filing.Code{"D302"}},
		{name: "nothing owed", change: func(a E) { a.Debts[0] = filing.Debt{Type: filing.Capital}; a.Total = 0 }, errors: []filing.Code{"D330", "D610"}},
		{name: "debt below zero", change: func(a E) { a.Debts = append(a.Debts, filing.Debt{Type: filing.OwnWork, Amount: -1}); a.Total-- }, errors: []filing.Code{"D610"}},
		{name: "repossession of nothing", change: func(a E) { a.Measure = filing.Repossession }, errors: []filing.Code{"D608"}},
		{name: "repossession", change: func(a E) { a.Measure, a.Property = filing.Repossession, "Personbil." }},
		{name: "no ground", change: func(a E) { a.Ground = "" }, errors: []filing.Code{"D611"}},
		{name: "title without number", change: func(a E) { a.Title.Number = "" }, errors: []filing.Code{"D609"}},
		{name: "title of tomorrow", change: func(a E) { a.Title.Date = tomorrow }, errors: []filing.Code{"D619"}},
		{name: "legal force", change: func(a E) { a.Title.LegalForce = yesterday }},
		{name: "legal force tomorrow", change: func(a E) { a.Title.LegalForce = tomorrow }, errors: []filing.Code{"D619"}},
		{name: "legal force before the title", change: func(a E) { a.Title.LegalForce = a.Title.Date.AddDays(-1) }, errors: []filing.Code{"D612"}},
		{name: "creditor is the applicant", change: func(a E) { a.Title.Creditor = person(applicant, "Exempelfordran AB") }},
		{name: "other creditor, no assignment", change: func(a E) { a.Title.Creditor = former }, warnings: []filing.Code{"W416"}},
		{name: "assigned", change: func(a E) {
			a.Title.Creditor = former
			a.Title.Assignments = []filing.Assignment{{From: former, To: person(applicant, "Exempelfordran AB"), Date: yesterday}}
		}},
		{name: "assigned to nobody", change: func(a E) { a.Title.Assignments = []filing.Assignment{{From: former, Date: yesterday}} }, errors: []filing.Code{"D615"}},
		{name: "assigned by name alone", change: func(a E) {
			a.Title.Assignments = []filing.Assignment{{From: person(identity.Number{}, "Provbygg"), To: person(identity.Number{}, "Exempelfordran"), Date: yesterday}}
		}},
		{name: "assigned tomorrow", change: func(a E) { a.Title.Assignments = []filing.Assignment{{From: former, To: former, Date: tomorrow}} }, errors: []filing.Code{"D619"}},
		{name: "period", change: func(a E) { a.Debts[0].PeriodFrom, a.Debts[0].PeriodTo = yesterday, filingtest.Today }},
		{name: "period backwards", change: func(a E) { a.Debts[0].PeriodFrom, a.Debts[0].PeriodTo = filingtest.Today, yesterday }, errors: []filing.Code{"D613"}},
		{name: "half a period", change: func(a E) { a.Debts[0].PeriodTo = yesterday }, errors: []filing.Code{"D614"}},
		{name: "rate above the Act, by the title", change: func(a E) {
			a.Debts[0].Interest.Kind, a.Debts[0].Interest.Rate = filing.InterestAgreed, 24*money.Percent
		}},
		{name: "agreed without rate", change: func(a E) { a.Debts[0].Interest.Kind = filing.InterestAgreed }, errors: []filing.Code{"D307"}},
		{name: "rate with the Act", change: func(a E) { a.Debts[0].Interest.Rate = money.Percent }, errors: []filing.Code{"D331"}},
		{name: "interest without kind", change: func(a E) { a.Debts[0].Interest.Kind = "" }, errors: []filing.Code{"D308"}},
		{name: "interest below zero", change: func(a E) { a.Debts[0].Interest.Accrued = -1; a.Total = 49999 }, errors: []filing.Code{"D317"}},
		{name: "interest on costs, by the title", change: func(a E) { a.Debts[0].Type = filing.OwnWork }},
		{name: "interest accrued from tomorrow", change: func(a E) { a.Debts[0].Interest.From = tomorrow }, errors: []filing.Code{"D312"}},
		{name: "not accrued", change: func(a E) { a.Debts[0].Interest.Accrued, a.Debts[0].Interest.AccruedTo, a.Total = 0, 0, 50000 }, warnings: []filing.Code{"W404"}},
		{name: "joint alone", change: func(a E) { a.Joint = true }, warnings: []filing.Code{"W411"}},
		{name: "against itself", change: func(a E) { a.Respondents[0].Identity = applicant }, errors: []filing.Code{"D328"}},
		{name: "twice against one", change: func(a E) { a.Respondents = append(a.Respondents, a.Respondents[0]) }, errors: []filing.Code{"D329"}},
		{name: "estate", change: func(a E) { a.Respondents[0].Estate = true }, warnings: []filing.Code{"W406"}},
		{name: "minor", change: func(a E) { a.Respondents[0].Identity = filingtest.Number("20150101980") }, warnings: []filing.Code{"W405"}},
		{name: "no address", change: func(a E) { p := &a.Respondents[0].Party; p.Street, p.PostalCode, p.Town = "", "", "" }, errors: []filing.Code{"D323"}},
		{name: "no address, inquiry made", change: func(a E) {
			r := &a.Respondents[0]
			r.Street, r.PostalCode, r.Town, r.AddressInquiry = "", "", "", "Folkbokföringen visar ingen adress."
		}},
		{name: "protected address", change: func(a E) { a.Respondents[0].PostalCode = "" }, warnings: []filing.Code{"W407"}},
		{name: "postal code", change: func(a E) { a.Respondents[0].PostalCode = "1234" }, errors: []filing.Code{"D324"}},
		{name: "giro", change: func(a E) { a.Payee = &filing.Payee{Name: "x", Kind: filing.PayToBankgiro, Account: "9912345"} }, errors: []filing.Code{"D220"}},
	})
}
