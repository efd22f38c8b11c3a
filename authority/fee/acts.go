package fee

import (
	"context"

	"filtjanst/authority/service"
)

// Acts lists what an officer may do with an invoice. The number of the act is
// that of the invoice, or its payment reference; of a refund it is the party
// code.
func (f *Fees) Acts() []service.Act {
	day := service.Param{Name: "day", Kind: service.DayParam, Required: true, Past: true, Swedish: "dag", English: "day"}
	item := service.Param{Name: "item", Kind: service.NumberParam, Least: 1, Swedish: "avgiftens id; utan det hela fakturan", English: "id of the fee; without it the whole invoice"}
	return []service.Act{
		{
			Name: "pay_invoice", Swedish: "Bokför betalning", English: "Enter a payment", Basis: "R18",
			Params: []service.Param{day,
				{Name: "amount", Kind: service.AmountParam, Required: true, Swedish: "belopp", English: "amount"},
				{Name: "reference", Kind: service.TextParam, Required: true, Swedish: "bankens referens", English: "the bank's reference"},
				{Name: "hold_rest", Kind: service.YesParam, Swedish: "vad som är mer än fakturan hålls betalaren tillgodo", English: "what is above the invoice is held for the payer"}},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				p := Payment{Reference: v.Text("reference"), Invoice: number, Amount: v.Amount("amount"), Day: v.Day("day"), HoldRest: v.Yes("hold_rest")}
				return readFirst(v, func() error { return f.Pay(ctx, by, p) })
			},
		},
		{
			Name: "refund", Swedish: "Betala tillbaka vad som hålls tillgodo", English: "Pay back what is held", Basis: "R16",
			Params: []service.Param{day, {Name: "amount", Kind: service.AmountParam, Required: true, Swedish: "belopp", English: "amount"}},
			Do: func(ctx context.Context, by service.Officer, code string, v *service.Values) error {
				on, amount := v.Day("day"), v.Amount("amount")
				return readFirst(v, func() error { return f.RefundCode(ctx, by, code, amount, on) })
			},
		},
		{
			Name: "dispute_invoice", Swedish: "Anteckna bestridande", English: "Enter a dispute", Basis: "R65", Params: []service.Param{day, item},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				items, on := itemsOf(v), v.Day("day")
				return readFirst(v, func() error { return f.Dispute(ctx, by, number, items, on) })
			},
		},
		{
			Name: "end_dispute", Swedish: "Avsluta bestridande", English: "End a dispute", Basis: "R65", Params: []service.Param{day, item},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				items, on := itemsOf(v), v.Day("day")
				return readFirst(v, func() error { return f.EndDispute(ctx, by, number, items, on) })
			},
		},
		{
			Name: "credit_invoice", Swedish: "Kreditera", English: "Enter a credit", Basis: "AvgF §§3, 8, 15",
			Params: []service.Param{day, item, {Name: "amount", Kind: service.AmountParam, Swedish: "belopp; utan det allt som återstår", English: "amount; without it all that is left"}},
			Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
				var lines []CreditLine
				for _, id := range itemsOf(v) {
					lines = append(lines, CreditLine{ItemID: id, Amount: v.Amount("amount")})
				}
				on, amount := v.Day("day"), v.Amount("amount")
				return readFirst(v, func() error {
					if len(lines) == 0 && amount != 0 {
						return service.Refuse("missing_parameter", "Ett belopp krediteras på en avgift: ange item.", "An amount is credited on a fee: give item.")
					}
					return f.CreditInvoice(ctx, by, number, lines, on)
				})
			},
		},
	}
}

// readFirst does the act if all values could be read.
func readFirst(v *service.Values, act func() error) error {
	if err := v.Err(); err != nil {
		return err
	}
	return act()
}

func itemsOf(v *service.Values) []int64 {
	if id := v.Number("item"); id != 0 {
		return []int64{id}
	}
	return nil
}
