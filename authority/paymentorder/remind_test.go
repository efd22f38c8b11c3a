package paymentorder_test

import (
	"slices"
	"testing"

	"filtjanst/authority/notice"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/store"
	"filtjanst/calendar"
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
		b.pass(10)
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
		var to []string
		b.read(func(r store.Reader) error {
			items, _, err := b.letters.List(r, notice.Filter{Case: number})
			to = nil
			for _, it := range items {
				if it.Message != notice.ServiceReminder {
					continue
				}
				to = append(to, it.Recipient.Name)
				if it.Facts["ordered"].Day != ordered || it.Facts["reply_by"].Day < ordered.AddDays(20) {
					b.Errorf("it says %+v", it.Facts)
				}
			}
			return err
		})
		if !slices.Equal(to, []string{"Svarande 1", "Svarande 3"}) {
			b.Errorf("reminded are %v", to)
		}
	})
}
