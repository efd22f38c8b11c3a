package sandbox

import (
	"strings"
	"testing"
	"time"

	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

// officer is who acts in the tests of refusals.
var officer = service.Officer{Name: "prov", Reason: "prov"}

// restructured opens a matter of the debtor today.
func (l lodger) restructured(t testing.TB, who identity.Number) string {
	t.Helper()
	w := testWorld(l.s)
	today := calendar.Today(w.Clock)
	m, err := w.Matters.Open(t.Context(), officer, restructuring.Opening{
		Debtor: filing.Party{Identity: who, Name: "Provsson Örjan", Street: "Testgatan 1", PostalCode: "12345", Town: "Provköping"}, Decided: today, Announced: today,
	})
	if err != nil {
		t.Fatal(err)
	}
	return m.Number
}

// reported is a report of a claim of 1000 kr in a matter.
func reported(reference, matter string, who identity.Number) *filing.ClaimReport {
	return &filing.ClaimReport{
		Reference: reference, MatterNumber: matter, Debtor: filing.Person{Identity: who, Name: "Provsson Örjan"},
		Creditor: filing.Party{Identity: creditor, Name: "Testinkasso AB", Street: "Provgatan 1", PostalCode: "12345", Town: "Provköping"},
		Payee:    filing.Payee{Name: "Testinkasso AB", Kind: filing.PayToBankgiro, Account: bankgiro},
		Claims:   []filing.ReportedClaim{{Amount: 1000 * money.Krona, Origin: filingtest.Today.AddDays(-400), DueDate: filingtest.Today.AddDays(-300), Ground: "Kredit."}},
		Total:    1000 * money.Krona,
	}
}

func badClaims(open, ended string) []refusedFile {
	one := func(change func(*filing.ClaimReport)) func(*cast) []filing.Content {
		return func(*cast) []filing.Content {
			bad := reported("B2", open, debtor(silent, 1))
			change(bad)
			return []filing.Content{reported("B1", open, debtor(silent, 1)), bad}
		}
	}
	return []refusedFile{
		{"unknown matter", one(func(c *filing.ClaimReport) { c.MatterNumber = "SKS-26-999999" }), rejected("2 D421")},
		{"matter of another debtor", one(func(c *filing.ClaimReport) { c.Debtor.Identity = debtor(silent, 77) }), rejected("2 D422")},
		{"matter that has ended", one(func(c *filing.ClaimReport) { c.MatterNumber, c.Debtor.Identity = ended, debtor(silent, 2) }), rejected("2 D423")},
		{"reference twice", one(func(c *filing.ClaimReport) { c.Reference = "B1" }), rejected("2 D301")},
		{"total that does not add up", one(func(c *filing.ClaimReport) { c.Total++ }), rejected("2 D302")},
		{"nothing owed", one(func(c *filing.ClaimReport) { c.Claims[0].Amount, c.Total = 0, 0 }), rejected("2 D330", "2 D610")},
		{"arisen in a day to come", one(func(c *filing.ClaimReport) { c.Claims[0].Origin, c.Claims[0].DueDate = toCome, 0 }), rejected("2 D619")},
		{"due before it arose", one(func(c *filing.ClaimReport) { c.Claims[0].DueDate = c.Claims[0].Origin - 1 }), rejected("2 D617")},
		{"said not to be due, but due", one(func(c *filing.ClaimReport) { c.Claims[0].NotDue = true }), rejected("2 D616")},
		{"security of nothing", one(func(c *filing.ClaimReport) { c.Claims[0].SecurityAmount = 5 }), rejected("2 D618")},
	}
}

// TestRefusedClaims: one bad report holds the file back; a late one is taken
// and told to be late.
func TestRefusedClaims(t *testing.T) {
	t.Parallel()
	l := lodgerOf(t, opened(t), "ABC")
	open, ended := l.restructured(t, debtor(silent, 1)), l.restructured(t, debtor(silent, 2))
	if err := testWorld(l.s).Matters.Close(t.Context(), officer, ended, restructuring.CauseRejected); err != nil {
		t.Fatal(err)
	}
	l.play(t, filing.SCClaim, &cast{}, badClaims(open, ended))
	evening(t, l.s)
	if n := l.reports(t, open); n != 0 {
		t.Errorf("%d reports of rejected files", n)
	}
	number := l.next(t, filing.SCClaim)
	l.sayings(t, l.lodge(t, filing.SCClaim, filing.TextForm, reported("B1", open, debtor(silent, 1))), number, said{Outcome: filing.Approved})
	advance(t, l.s, 120*24*time.Hour)
	number = l.next(t, filing.SCClaim)
	r := l.lodge(t, filing.SCClaim, filing.XMLForm, reported("B1", open, debtor(silent, 1)))
	l.sayings(t, r, number, said{Outcome: filing.Approved, Warnings: []string{"1 W421"}})
	if len(r.Warnings) == 1 && !strings.Contains(r.Warnings[0].Swedish, open) {
		t.Errorf("the warning does not name the matter: %s", r.Warnings[0].Swedish)
	}
	evening(t, l.s)
	if n := l.reports(t, open); n != 2 {
		t.Errorf("%d reports, want the one in time and the late one", n)
	}
}

// reports counts the claims that are registered in the matter.
func (l lodger) reports(t testing.TB, matter string) int {
	t.Helper()
	return len(l.standing(t, matter))
}

// standing are the reports in the matter, with their states.
func (l lodger) standing(t testing.TB, matter string) (reports []string) {
	t.Helper()
	w := testWorld(l.s)
	err := w.DB.Read(t.Context(), func(r store.Reader) error {
		m, _, err := w.Matters.Matter(r, matter)
		if err != nil {
			return err
		}
		all, err := w.Matters.Reports(r, m.ID)
		reports = nil
		for _, report := range all {
			reports = append(reports, report.Reference+" "+string(report.Status()))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return reports
}
