package sandbox

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

// The serials of debtors by how they live (docs/sandbox.md).
const (
	silent  = 980
	objects = 983
	pays    = 994
	earns   = 995
)

// debtor is a person who lives by the serial; n tells persons apart.
func debtor(serial, n int) identity.Number {
	return filingtest.Number(fmt.Sprintf("19%02d%02d%02d%03d", 40+n/336, 1+n/28%12, 1+n%28, serial))
}

var creditor = filingtest.Number("16559999101")

// owed is an application for 1000 kr of capital and what belongs to it. With
// several debtors each owes all of it.
func owed(reference string, debtors ...identity.Number) *filing.Application {
	a := &filing.Application{
		Reference: reference, DemandDate: filingtest.Today.AddDays(-40), PayBefore: filingtest.Today.AddDays(-25), Joint: len(debtors) > 1,
		Applicants: []filing.Party{{Identity: creditor, Name: "Testinkasso AB", Street: "Provgatan 1", PostalCode: "12345", Town: "Provköping"}},
		Parts: []filing.ClaimPart{
			{Type: filing.Capital, Amount: 1000 * money.Krona, InvoiceNumber: "F-" + reference, InvoiceDate: filingtest.Today.AddDays(-90),
				DueDate: filingtest.Today.AddDays(-60), Ground: "Obetald faktura."},
			{Type: filing.ApplicationFee, Amount: 300 * money.Krona},
		},
		Total: 1300 * money.Krona,
	}
	for _, d := range debtors {
		a.Respondents = append(a.Respondents, filing.Respondent{Party: filing.Party{
			Identity: d, Name: "Provsson Örjan", Street: "Testgatan 1", PostalCode: "12345", Town: "Provköping",
		}})
	}
	return a
}

// titled is an application for enforcement of 1000 kr by a lodged judgment.
func titled(reference string, debtors ...identity.Number) *filing.EnforcementApplication {
	a := &filing.EnforcementApplication{
		Reference: reference, Measure: filing.Payment, Joint: len(debtors) > 1,
		Applicants: []filing.Party{{Identity: creditor, Name: "Testinkasso AB", Street: "Provgatan 1", PostalCode: "12345", Town: "Provköping"}},
		Ground:     "Obetald faktura enligt dom.", Total: 1000 * money.Krona,
		Debts: []filing.Debt{{Type: filing.Capital, Amount: 1000 * money.Krona, DueDate: filingtest.Today.AddDays(-300)}},
		Title: filing.Title{Kind: filing.TitleJudgment, Number: "T " + reference, Issuer: "Provköpings tingsrätt", Lodged: true,
			Date: filingtest.Today.AddDays(-200), LegalForce: filingtest.Today.AddDays(-170)},
	}
	for _, d := range debtors {
		a.Respondents = append(a.Respondents, filing.Debtor{Respondent: filing.Respondent{Party: filing.Party{
			Identity: d, Name: "Provsson Örjan", Street: "Testgatan 1", PostalCode: "12345", Town: "Provköping",
		}}})
	}
	return a
}

// registered reads the applications in and gives their case numbers by own
// reference, of each debtor in order.
func (l lodger) registered(t *testing.T, tx filing.Transaction, docs ...filing.Content) map[string][]string {
	t.Helper()
	l.mustLodge(t, tx, docs...)
	evening(t, l.s)
	return l.confirmed(t)
}

// confirmed are the case numbers in the confirmations that wait in the outbox.
func (l lodger) confirmed(t testing.TB) map[string][]string {
	t.Helper()
	numbers := map[string][]string{}
	l.eachConfirmed(t, func(c confirmedLine) { numbers[c.reference] = append(numbers[c.reference], c.number) })
	return numbers
}

// confirmedLine is a line of a confirmation.
type confirmedLine struct{ reference, number, warning string }

// eachConfirmed takes the confirmations that wait in the outbox.
func (l lodger) eachConfirmed(t testing.TB, each func(confirmedLine)) {
	t.Helper()
	for _, m := range l.drained(t) {
		var err error
		switch {
		case strings.EqualFold(m.product, l.ready.Products[filing.BFConfirmation]):
			_, err = filing.Read(bytes.NewReader(m.body), filing.Own(), filing.BFConfirmation,
				func(c *filing.ConfirmedCase) error {
					each(confirmedLine{c.Reference, c.CaseNumber, c.Warning})
					return nil
				})
		case strings.EqualFold(m.product, l.ready.Products[filing.VEConfirmation]):
			_, err = filing.Read(bytes.NewReader(m.body), filing.Own(), filing.VEConfirmation,
				func(c *filing.ConfirmedEnforcement) error {
					each(confirmedLine{c.Reference, c.CaseNumber, c.Warning})
					return nil
				})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func withdrawal(number string) *filing.Withdrawal {
	return &filing.Withdrawal{CaseKey: filing.CaseKey{CaseNumber: number}, Reason: filing.WithdrawnPaid}
}

func lowered(number string, kind filing.ReductionKind, kronor int64) *filing.Reduction {
	return &filing.Reduction{CaseKey: filing.CaseKey{CaseNumber: number}, Part: 1, Kind: kind, Amount: money.Amount(kronor) * money.Krona}
}

func changed(number string, kind filing.ChangeKind) *filing.Change {
	return &filing.Change{CaseKey: filing.CaseKey{CaseNumber: number}, Kind: kind}
}

func deferred(number string, days int) *filing.Change {
	c := changed(number, filing.ChangeDeferral)
	c.Until = filingtest.Today.AddDays(days)
	return c
}

// relocated says where the respondent lives now.
func relocated(number string, who identity.Number) *filing.PartyChange {
	return &filing.PartyChange{
		CaseKey: filing.CaseKey{CaseNumber: number, Respondent: who}, Kind: filing.ChangedAddress, OfRespondent: true,
		Party: &filing.Party{Identity: who, Name: "Provsson Örjan", Street: "Nya gatan 2", PostalCode: "12345", Town: "Testås"},
	}
}
