package paymentorder_test

import (
	"testing"

	"filtjanst/authority/paymentorder"
)

func TestServeAllOrNone(t *testing.T) {
	each(t, func(b *bench) {
		ctx, first, second := b.Context(), b.lodge(claim(1)), b.lodge(claim(2))
		b.must(b.orders.IssueOrder(ctx, by, first, 0, 0, false))
		receipts := []paymentorder.Receipt{{Number: first}, {Number: second, Respondent: 1}}
		b.refusedWith(b.orders.ServeAll(ctx, by, receipts), "wrong_state") // the second has no order
		if c, _ := b.caseOf(first); c.States[0].State != paymentorder.Ordered {
			b.Errorf("one of a refused list was served: %s", c.States[0].State)
		}
		b.must(b.orders.IssueOrder(ctx, by, second, 0, 0, false))
		b.must(b.orders.ServeAll(ctx, by, receipts))
		for _, number := range []string{first, second} {
			if c, _ := b.caseOf(number); c.States[0].State != paymentorder.Served || c.Service[0].Served.IsZero() {
				b.Errorf("case %s is %s", number, c.States[0].State)
			}
		}
		b.refusedWith(b.orders.ServeAll(ctx, by, []paymentorder.Receipt{{Number: "2026-9999999"}}), "unknown_case")
	})
}
