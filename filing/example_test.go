package filing_test

import (
	"bytes"
	"fmt"
	"testing"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

// worked are the two applications of the worked example in input.md §4.
func worked() []filing.Application {
	day := calendar.MustDay
	act := func(from string, accrued money.Amount) filing.Interest {
		return filing.Interest{Kind: filing.InterestAct, From: day(from), Accrued: accrued, AccruedTo: day("2026-11-23")}
	}
	number := func(s string) identity.Number {
		n, err := identity.Parse12(s)
		if err != nil {
			panic(err)
		}
		return n
	}
	town := func(n identity.Number, name, street string) filing.Party {
		return filing.Party{Identity: n, Name: name, Street: street, PostalCode: "12345", Town: "Provköping"}
	}
	first := filing.Application{
		Reference: "26-0081234", Total: 283743, DemandDate: day("2026-10-05"), PayBefore: day("2026-10-19"),
		Applicants:  []filing.Party{town(number("165560000167"), "Exempeltelefoni AB", "Box 2")},
		Respondents: []filing.Respondent{{Party: town(number("199006022397"), "Provsson Örjan", "Testgatan 12 lgh 1102")}},
		Parts: []filing.ClaimPart{
			{Type: filing.Capital, Amount: 44900, InvoiceNumber: "0088213045", InvoiceDate: day("2026-05-31"), DueDate: day("2026-06-30"),
				Ground: "Obetald faktura för mobilabonnemang, maj 2026.", Interest: act("2026-07-01", 1796)},
			{Type: filing.Capital, Amount: 134800, InvoiceNumber: "0088240117", InvoiceDate: day("2026-06-30"), DueDate: day("2026-07-31"),
				Ground: "Slutbetalning av mobiltelefon enligt avtal 2025-12-01; avtalet uppsagt.", Interest: act("2026-08-01", 4247)},
			cost(filing.ReminderFee, 60), cost(filing.ReminderFee, 60), cost(filing.CollectionCost, 180),
			cost(filing.ApplicationFee, 300), cost(filing.OwnWork, 380),
		},
	}
	agreed := act("2026-08-15", 161877)
	agreed.Kind, agreed.Rate, agreed.Ground = filing.InterestAgreed, 12*money.Percent, "avtalad ränta 12 %"
	second := filing.Application{
		Reference: "26-0081310", Total: 5149877, DemandDate: day("2026-10-12"), PayBefore: day("2026-10-21"),
		Applicants:  []filing.Party{town(filingtest.Number("16556400001"), "Exempelfordran AB", "Box 3")},
		Respondents: []filing.Respondent{{Party: town(number("165560000167"), "Testbolaget i Åmål AB", "Box 1")}},
		Parts: []filing.ClaimPart{
			{Type: filing.Capital, Amount: 4875000, InvoiceNumber: "4471", InvoiceDate: day("2026-07-15"), DueDate: day("2026-08-14"),
				Ground: "Leverans av byggmaterial enligt följesedel 4471.", Interest: agreed,
				OriginalCreditor: &filing.OriginalCreditor{Name: "Provbygg Syd AB"}},
			cost(filing.LatePaymentCompensation, 450), cost(filing.ApplicationFee, 300), cost(filing.OwnWork, 380),
		},
	}
	return []filing.Application{first, second}
}

func TestWorkedExampleIsApproved(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		v, facts := check(t, set, write(t, set, f, worked()))
		if v.Outcome != filing.Approved || len(v.Warnings) > 0 || facts.Sum != 5433620 || facts.Documents != 2 {
			t.Errorf("%s, %v kr, %v, warnings %v", v.Outcome, facts.Sum, v.Errors, v.Warnings)
		}
	})
}

func ExampleCheck() {
	var file bytes.Buffer
	w, err := filing.NewWriter(&file, filing.Own(), filing.BFApplication, filing.TextForm, filing.FileFacts{
		PartyCode: "ABC", Sequence: 4, Created: calendar.MustDay("2026-11-23"), Documents: 2, Sum: 5433620,
	})
	if err != nil {
		panic(err)
	}
	for _, a := range worked() {
		if err := w.Write(&a); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	verdict, facts, err := filing.Check(bytes.NewReader(file.Bytes()), filing.Own(), filing.Expect{Sequence: 5, Today: calendar.MustDay("2026-11-23")})
	fmt.Println(verdict.Outcome, facts.Documents, facts.Sum, err)
	for _, e := range verdict.Errors {
		fmt.Printf("%s line %d %s: %s\n", e.Code, e.Line, e.Field, e.English)
	}
	// Output:
	// rejected 2 54336,20 <nil>
	// F210 line 1 LOPNUMMER: The sequence number is 4; the number expected is 5.
}
