package enforcement_test

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

// person is a made-up debtor or applicant, born in the seventies; from minors on
// one who is under age whatever the clock says.
func person(n int) identity.Number {
	decade := 197
	if n >= minors {
		decade = 209
	}
	return filingtest.Number(fmt.Sprintf("%d%d0%d15%03d", decade, n/9%10, n%9+1, 980+n%20))
}

const minors = 1 << 20

func company() filing.Party {
	return filing.Party{Identity: filingtest.Number("16556000016"), Name: "Provbolaget AB", Street: "Provgatan 1", PostalCode: "11122", Town: "Stockholm"}
}

func debtor(n int) filing.Debtor {
	return filing.Debtor{Respondent: filing.Respondent{Party: filing.Party{Identity: person(n), Name: fmt.Sprintf("Gäldenär %d", n),
		Street: "Provvägen 2", PostalCode: "11122", Town: "Stockholm"}}}
}

// application is one on a verdict, with a capital of 1000 kr and costs of 180.
func application(reference string, debtors ...int) *filing.EnforcementApplication {
	a := &filing.EnforcementApplication{
		Reference: reference, Measure: filing.Payment, Scope: filing.FullScope, Joint: len(debtors) > 1,
		Applicants: []filing.Party{company()},
		Title:      filing.Title{Kind: filing.TitleVerdict, Number: "01-1-26", Issuer: "Kronofogdemyndigheten", Date: calendar.MustDay("2026-02-01")},
		Debts: []filing.Debt{
			{Type: filing.Capital, Amount: 1000_00, DueDate: calendar.MustDay("2025-11-01"), Interest: filing.Interest{Kind: filing.InterestAgreed, Rate: 12 * money.Percent, Accrued: 10_00, AccruedTo: calendar.MustDay("2026-02-01")}},
			{Type: filing.CollectionCost, Amount: 180_00},
		},
		Ground: "Lån", Total: 1190_00,
	}
	for _, n := range debtors {
		a.Respondents = append(a.Respondents, debtor(n))
	}
	return a
}

// lodged is one by a court's judgment that is not lodged yet.
func unlodged(reference string, debtors ...int) *filing.EnforcementApplication {
	a := application(reference, debtors...)
	a.Title.Kind = filing.TitleJudgment
	return a
}

func documents[C filing.Content](all ...C) []service.Document {
	docs := make([]service.Document, len(all))
	for i, c := range all {
		docs[i] = service.Document{Number: int64(i + 1), Content: c}
	}
	return docs
}
