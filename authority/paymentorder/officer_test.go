package paymentorder_test

import (
	"errors"
	"testing"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

func TestTogetherOrNone(t *testing.T) {
	each(t, func(b *bench) {
		ctx, first, second := b.Context(), b.lodge(claim(1)), b.lodge(claim(2))
		b.must(b.orders.IssueOrder(ctx, by, first, 0, 0, false))
		serve := func(numbers ...string) error {
			return b.orders.Together(ctx, func(o *paymentorder.Orders) (err error) {
				for _, n := range numbers {
					err = errors.Join(err, o.Serve(ctx, by, n, 1, 0))
				}
				return err
			})
		}
		b.must(serve())
		b.refusedWith(serve(first, second), "wrong_state") // the second has no order
		if c, _ := b.caseOf(first); c.States[0].State != paymentorder.Ordered {
			b.Errorf("one of a refused group was served: %s", c.States[0].State)
		}
		b.must(b.orders.IssueOrder(ctx, by, second, 0, 0, false))
		b.must(serve(first, second))
		for _, number := range []string{first, second} {
			if c, _ := b.caseOf(number); c.States[0].State != paymentorder.Served || c.Service[0].Served.IsZero() {
				b.Errorf("case %s is %s", number, c.States[0].State)
			}
		}
		b.refusedWith(serve("2026-9999999"), "unknown_case")
	})
}

// Each act of a group is told as its officer's, and an error of who gathers
// leaves all undone.
func TestTogetherByEach(t *testing.T) {
	each(t, func(b *bench) {
		ctx, number := b.Context(), b.lodge(claim(1))
		other := service.Officer{Name: "B", Reason: "annat"}
		broken := errors.New("broken")
		acts := func(end error) error {
			return b.orders.Together(ctx, func(o *paymentorder.Orders) error {
				return errors.Join(o.IssueOrder(ctx, by, number, 0, 0, false), o.Serve(ctx, other, number, 1, 0), end)
			})
		}
		if err := acts(broken); !errors.Is(err, broken) {
			b.Errorf("the error of who gathers was %v", err)
		}
		b.must(acts(nil))
		c, _ := b.caseOf(number)
		var story []service.Event
		b.must(b.db.Read(ctx, func(r store.Reader) (err error) {
			story, err = b.orders.Story(r, c.ID)
			return err
		}))
		officers := map[string]service.Officer{}
		for _, e := range story {
			if e.Service == filing.PaymentOrder {
				officers[e.Kind] = e.By
			}
		}
		if officers["order"] != by || officers["served"] != other {
			b.Errorf("acts were told as of %v", officers)
		}
	})
}
