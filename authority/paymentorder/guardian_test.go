package paymentorder_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// minor is a claim whose first respondent is under 18.
func minor(respondents int) filing.Application {
	a := claim(respondents)
	a.Respondents[0].Identity = filingtest.Number("20150101980")
	return a
}

func (b *bench) tellGuardian(number string, respondent int64) error {
	return b.orders.TellGuardian(b.Context(), by, number, respondent,
		notice.Office{Name: "Överförmyndaren i Exempelstad", Address: notice.Address{Street: "Torget 1", PostalCode: "11122", Town: "Exempelstad"}})
}

// guardianLetters are the letters to chief guardians about a case.
func (b *bench) guardianLetters(number string) (all []notice.Item) {
	b.Helper()
	b.read(func(r store.Reader) error {
		items, _, err := b.letters.List(r, notice.Filter{Case: number})
		all = slices.DeleteFunc(items, func(it notice.Item) bool { return it.Message != notice.PaymentOrderGuardian })
		return err
	})
	return all
}

// The chief guardian is told of a respondent who was under 18 when the case was
// registered, and of nobody else; that he is to be, is noted then (BFF §8 a).
func TestTheChiefGuardianIsToldOfAMinor(t *testing.T) {
	each(t, func(b *bench) {
		registered := calendar.Today(b.clock)
		ofAge := registered.Time().AddDate(-18, 0, 0)
		for born, young := range map[string]bool{ofAge.AddDate(0, 0, 1).Format("20060102"): true, ofAge.Format("20060102"): false} {
			a := claim(1)
			a.Respondents[0].Identity = filingtest.Number(born + "980")
			number := b.lodge(a)
			awaited := slices.ContainsFunc(b.story(number), func(e service.Event) bool { return e.Kind == "guardian_awaited" && e.Respondent == 1 })
			if awaited != young {
				b.Errorf("born %s: the chief guardian is awaited %t", born, awaited)
			}
			if !young {
				b.refusedWith(b.tellGuardian(number, 0), "not_minor")
			}
		}
		both := b.lodge(minor(2))
		b.refusedWith(b.tellGuardian(both, 2), "not_minor")
		b.refusedWith(b.tellGuardian(both, 3), "unknown_respondent")
		b.must(b.tellGuardian(both, 0))
		letters := b.guardianLetters(both)
		if len(letters) != 1 {
			b.Fatalf("%d letters", len(letters))
		}
		l := letters[0]
		if l.Recipient.Name != "Överförmyndaren i Exempelstad" || l.Recipient.Role != notice.ChiefGuardian || l.Reference != "" {
			b.Errorf("it goes to %+v", l.Recipient)
		}
		var page strings.Builder
		b.must(b.letters.HTML(&page, l))
		if !strings.Contains(page.String(), "Svarande 1") || strings.Contains(page.String(), "Svarande 2") {
			b.Errorf("it says:\n%s", &page)
		}
		b.withdraw(both)
		b.refusedWith(b.tellGuardian(both, 1), "wrong_state")
	})
}

// Told of what goes on, the case goes on: no deadline is lost.
func TestTellingTheGuardianLeavesTheDeadline(t *testing.T) {
	each(t, func(b *bench) {
		number := b.served(minor(1))
		before, _ := b.caseOf(number)
		b.must(b.tellGuardian(number, 1))
		after, _ := b.caseOf(number)
		if diff := cmp.Diff(before.States, after.States); diff != "" {
			b.Error(diff)
		}
		b.checkDeadlines()
	})
}
