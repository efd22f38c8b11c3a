package fee_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/authority/store"
)

// Payers are told of invoices and reminders in the transaction that makes them:
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
		for _, on := range []string{"2026-02-02", "2026-03-11", "2026-03-11", "2026-03-25"} {
			d.run(on)
		}
		number, keep := d.only(mainCode).Number, day("2036-12-31")
		want := []fee.Told{
			{Kind: fee.Issued, CodeID: mainCode, Number: number, Day: day("2026-02-01"), Keep: keep},
			{Kind: fee.Reminded, CodeID: mainCode, Number: number, Day: day("2026-03-11"), Keep: keep, Unpaid: 300_00, PayBy: day("2026-03-25")},
		}
		if diff := cmp.Diff(want, told); diff != "" {
			d.Error(diff)
		}
	})
}

// Many lines are added up by kind.
func TestSpecified(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		for range 2 {
			d.charge(otherCode, "2026-01-10")
		}
		d.enter(fee.Item{CodeID: otherCode, Kind: fee.ExtractFee, Amount: 50_00, Day: day("2026-01-11")})
		d.close("2026-01-31")
		whole := d.only(otherCode)
		brief := whole
		brief.Lines = nil
		d.read(func(r store.Reader) error {
			for most, want := range map[int64]struct {
				invoice fee.Invoice
				sums    []fee.KindSum
			}{
				3: {whole, nil},
				2: {brief, []fee.KindSum{{Kind: fee.ApplicationFee, Count: 2, Amount: 600_00}, {Kind: fee.ExtractFee, Count: 1, Amount: 50_00}}},
			} {
				i, sums, err := d.fees.Specified(r, whole.Number, most)
				if err != nil {
					return err
				}
				if diff := cmp.Diff(want.invoice, i) + cmp.Diff(want.sums, sums); diff != "" {
					d.Errorf("of at most %d lines: %s", most, diff)
				}
			}
			_, _, err := d.fees.Specified(r, "none", 2)
			d.refused(err, "unknown_invoice")
			return nil
		})
	})
}
