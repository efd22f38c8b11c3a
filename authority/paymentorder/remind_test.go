package paymentorder_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/notice"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Who has been ordered to answer and is not served is reminded, and the offer
// that the applicant has to answer stands (BFL §§29–30).
func TestRespondentsAreRemindedOfService(t *testing.T) {
	each(t, func(b *bench) {
		b.refusedWith(b.orders.RemindOfService(b.Context(), by, b.lodge(claim(1)), 0, 0), "wrong_state")
		number := b.ordered(claim(3))
		ordered := calendar.Today(b.clock)
		b.must(b.orders.Serve(b.Context(), by, number, 2, 0))
		b.must(b.orders.ServiceFailed(b.Context(), by, number, 3, nil))
		b.pass(5)
		b.refusedWith(b.orders.RemindOfService(b.Context(), by, number, 2, 0), "wrong_state")
		before, _ := b.caseOf(number)
		b.must(b.orders.RemindOfService(b.Context(), by, number, 0, 0))
		after, _ := b.caseOf(number)
		if !slices.EqualFunc(before.States, after.States, func(a, b paymentorder.PairState) bool {
			return a.State == b.State && a.Until == b.Until && a.Since == b.Since
		}) {
			b.Errorf("before %+v, after %+v", before.States, after.States)
		}
		b.checkDeadlines()
		if diff := cmp.Diff([]string{"Svarande 1", "Svarande 3"}, b.reminded(number, ordered, 15)); diff != "" {
			b.Error(diff)
		}
	})
}

// reminded are the respondents that were reminded of service of an order of the
// day, with so many days from it to send in the receipt.
func (b *bench) reminded(number string, ordered calendar.Day, days int) (to []string) {
	b.Helper()
	b.read(func(r store.Reader) error {
		items, _, err := b.letters.List(r, notice.Filter{Case: number})
		to = nil
		for _, it := range items {
			if it.Message != notice.ServiceReminder {
				continue
			}
			to = append(to, it.Recipient.Name)
			if it.Facts["ordered"].Day != ordered || it.Facts["reply_by"].Day < ordered.AddDays(days) {
				b.Errorf("it says %+v", it.Facts)
			}
		}
		return err
	})
	return to
}

// Ten days after the order a natural person of whom no receipt has come is
// reminded by itself, once; not one that was reminded already, is served, is an
// organisation, or whom the authority has given up serving (BFL §29).
func TestPersonsAreRemindedOfServiceByThemselves(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(5)
		a.Respondents[4].Identity = a.Applicants[0].Identity // an organisation
		number := b.ordered(a)
		ordered := calendar.Today(b.clock)
		b.must(b.orders.Serve(b.Context(), by, number, 2, 0))
		b.must(b.orders.ServiceFailed(b.Context(), by, number, 3, nil))
		b.must(b.orders.RemindOfService(b.Context(), by, number, 4, 0))
		b.pass(9)
		if diff := cmp.Diff([]string{"Svarande 4"}, b.reminded(number, ordered, 10)); diff != "" {
			b.Errorf("before the time: %s", diff)
		}
		for range 2 {
			b.pass(1)
			b.checkDeadlines()
		}
		b.pass(20)
		if diff := cmp.Diff([]string{"Svarande 4", "Svarande 1"}, b.reminded(number, ordered, 10)); diff != "" {
			b.Error(diff)
		}
		estate := b.ordered(claim(1))
		b.must(b.orders.NoteDeath(b.Context(), by, estate, 1))
		b.must(b.orders.NameEstate(b.Context(), by, estate, 1, filing.Party{Name: "Dödsbodelägare", Street: "Gatan 1", PostalCode: "11122", Town: "Exempelstad"}))
		b.pass(20)
		if got := b.reminded(estate, ordered, 0); len(got) > 0 {
			b.Errorf("of an estate are reminded %v", got)
		}
	})
}
