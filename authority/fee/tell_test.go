package fee_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/authority/store"
)

// Payers are told of invoices, credit notes and reminders in the transaction that makes them:
// what cannot be told is not made, and what is made is told once.
func TestPayersAreTold(t *testing.T) {
	var told []fee.Told
	broken := errors.New("no letters today")
	var fails error
	each(t, fee.Config{Post: func(context.Context) (fee.Teller, error) {
		return func(_ store.Tx, t fee.Told) error {
			told = append(told, t)
			return fails
		}, nil
	}}, func(d *desk) {
		told, fails = nil, broken
		d.charge(plainSub, "2026-01-10")
		january := fee.Period{First: day("2026-01-01"), Last: day("2026-01-31")}
		if _, err := d.fees.Close(d.Context(), january, day("2026-02-01")); !errors.Is(err, broken) || len(d.invoices(mainCode)) > 0 {
			d.Errorf("closed without telling: %v", err)
		}
		told, fails = nil, nil
		d.close("2026-01-31")
		number, keep := d.only(mainCode).Number, day("2036-12-31")
		d.must(d.fees.CreditInvoice(d.Context(), officer, number, []fee.CreditLine{{ItemID: d.only(mainCode).Lines[0].ItemID, Amount: 100_00}}, day("2026-02-02")))
		fails = broken
		if _, err := d.fees.Run(d.Context(), day("2026-02-02")); !errors.Is(err, broken) || len(d.invoices(mainCode)) != 1 {
			d.Errorf("credited without telling: %v", err)
		}
		told, fails = told[:1], nil
		for _, on := range []string{"2026-02-02", "2026-03-11", "2026-03-11", "2026-03-25"} {
			d.run(on)
		}
		note := d.invoices(mainCode)[1].Number
		want := []fee.Told{
			{Kind: fee.Issued, Document: fee.InvoiceDocument, CodeID: mainCode, Number: number, Day: day("2026-02-01"), Keep: keep},
			{Kind: fee.Issued, Document: fee.CreditNote, CodeID: mainCode, Number: note, Day: day("2026-02-02"), Keep: keep},
			{Kind: fee.Reminded, Document: fee.InvoiceDocument, CodeID: mainCode, Number: number, Day: day("2026-03-11"), Keep: keep, Unpaid: 200_00, PayBy: day("2026-03-25")},
		}
		if diff := cmp.Diff(want, told); diff != "" {
			d.Error(diff)
		}
	})
}

// Many lines are added up by kind, on a credit note by what it takes back.
func TestSpecified(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		for range 2 {
			d.charge(otherCode, "2026-01-10")
		}
		d.enter(fee.Item{CodeID: otherCode, Kind: fee.ExtractFee, Amount: 50_00, Day: day("2026-01-11")})
		d.close("2026-01-31")
		whole := d.only(otherCode)
		d.specified(whole, fee.KindSum{Kind: fee.ApplicationFee, Count: 2, Amount: 600_00}, fee.KindSum{Kind: fee.ExtractFee, Count: 1, Amount: 50_00})
		d.must(d.fees.CreditInvoice(d.Context(), officer, whole.Number, []fee.CreditLine{{ItemID: whole.Lines[1].ItemID, Amount: 100_00},
			{ItemID: whole.Lines[2].ItemID}}, day("2026-02-02")))
		d.run("2026-02-02")
		d.specified(d.invoices(otherCode)[1], fee.KindSum{Kind: fee.ApplicationFee, Count: 1, Amount: 100_00}, fee.KindSum{Kind: fee.ExtractFee, Count: 1, Amount: 50_00})
		d.read(func(r store.Reader) error {
			_, _, err := d.fees.Specified(r, "none", 2)
			d.refused(err, "unknown_invoice")
			return nil
		})
	})
}

// specified wants the document with its lines where so many are asked for, and
// else their sums.
func (d *desk) specified(want fee.Invoice, sums ...fee.KindSum) {
	d.Helper()
	brief := want
	brief.Lines = nil
	d.read(func(r store.Reader) error {
		i, none, err := d.fees.Specified(r, want.Number, want.Count)
		if diff := cmp.Diff(want, i); diff != "" || err != nil || none != nil {
			d.Errorf("%s with its lines: %v, sums %v, %s", want.Number, err, none, diff)
		}
		i, got, err := d.fees.Specified(r, want.Number, want.Count-1)
		if diff := cmp.Diff(brief, i) + cmp.Diff(sums, got); diff != "" || err != nil {
			d.Errorf("%s with its sums: %v, %s", want.Number, err, diff)
		}
		return nil
	})
}
