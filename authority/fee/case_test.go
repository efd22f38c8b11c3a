package fee_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// A basic fee is the respondent's until the case or the fee year ends; what he
// has not paid then stands on the filer's invoice (UB 17:5, AvgF §16 a).
func TestDebtorPaysFirst(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		first, second := d.basic(otherCode, "2026-01-10"), d.basic(otherCode, "2026-01-12")
		d.do(func(tx store.Tx) error { return d.fees.Recover(tx, 7000, 700_00, day("2026-02-01")) })
		want := fee.Balance{Charged: 1200_00, Recovered: 700_00, Unpaid: 500_00}
		if diff := cmp.Diff(want, d.balance(7000)); diff != "" {
			t.Error(diff)
		}
		if n := d.close("2026-01-31"); n != 0 {
			t.Errorf("%d invoices of fees that the debtor bears", n)
		}
		for range 2 { // the second time finds nothing
			d.do(func(tx store.Tx) error {
				_, err := d.fees.PassOn(tx, 7000, day("2026-03-05"))
				return err
			})
		}
		want = fee.Balance{Charged: 1200_00, Recovered: 700_00, Filer: 500_00}
		if diff := cmp.Diff(want, d.balance(7000)); diff != "" {
			t.Error(diff)
		}
		if n := d.close("2026-02-28"); n != 0 {
			t.Errorf("%d invoices before the fees were passed on", n)
		}
		d.close("2026-03-31")
		lines := d.only(otherCode).Lines
		if len(lines) != 1 || lines[0].ItemID != second || lines[0].Amount != 500_00 {
			t.Errorf("invoiced %+v, want 500 of item %d and nothing of %d", lines, second, first)
		}
	})
}

func TestRecoverRefuses(t *testing.T) {
	for name, amount := range map[string]money.Amount{"more than is owed": 600_01, "less than nothing": -1} {
		t.Run(name, func(t *testing.T) {
			each(t, fee.Config{}, func(d *desk) {
				d.basic(otherCode, "2026-01-10")
				err := d.db.Do(t.Context(), func(tx store.Tx) error { return d.fees.Recover(tx, 7000, amount, day("2026-02-01")) })
				if err == nil {
					t.Error("recovered")
				}
				if diff := cmp.Diff(fee.Balance{Charged: 600_00, Unpaid: 600_00}, d.balance(7000)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestCasesOfTwoServicesWithOneNumber(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		d.basic(otherCode, "2026-01-10")
		d.enter(fee.Item{CodeID: otherCode, CaseID: 7000, Kind: fee.ApplicationFee, Amount: 300_00, Day: day("2026-01-10")})
		if diff := cmp.Diff(fee.Balance{Charged: 600_00, Unpaid: 600_00}, d.balance(7000)); diff != "" {
			t.Error(diff)
		}
		d.do(func(tx store.Tx) error {
			back, err := d.fees.ReverseCase(tx, filing.PaymentOrder, 7000, day("2026-01-11"), officer)
			if back != 300_00 {
				t.Errorf("took back %s", back)
			}
			return err
		})
		if diff := cmp.Diff(fee.Balance{Charged: 600_00, Unpaid: 600_00}, d.balance(7000)); diff != "" {
			t.Error(diff)
		}
	})
}

// What is taken back before the invoice stands on none; what is taken back
// after it is credited, and the payer gets a credit note.
func TestReverse(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		early, late := d.charge(otherCode, "2026-01-10"), d.charge(otherCode, "2026-01-11")
		reverse := func(id int64, amount money.Amount, on string) error {
			return d.db.Do(t.Context(), func(tx store.Tx) error { return d.fees.Reverse(tx, id, amount, day(on), officer) })
		}
		d.must(reverse(early, 100_00, "2026-01-12"))
		d.refused(reverse(early, 200_01, "2026-01-12"), "fee_amount")
		d.close("2026-01-31")
		d.must(reverse(early, 50_00, "2026-02-10"))
		d.must(reverse(late, 300_00, "2026-02-10"))
		d.refused(reverse(late, 1, "2026-02-10"), "fee_amount")
		if r := d.run("2026-02-10"); r.CreditNotes != 1 {
			t.Errorf("ran %+v", r)
		}
		all := d.invoices(otherCode)
		if len(all) != 2 {
			t.Fatalf("documents: %+v", all)
		}
		invoice, note := all[0], all[1]
		if invoice.Total != 500_00 || invoice.Credited != 350_00 || invoice.Balance != 150_00 {
			t.Errorf("invoice %s, credited %s, balance %s", invoice.Total, invoice.Credited, invoice.Balance)
		}
		if note.Kind != fee.CreditNote || note.Total != 350_00 || note.Corrects.Number != invoice.Number || len(note.Lines) != 2 {
			t.Errorf("credit note: %+v", note)
		}
		if r := d.run("2026-02-10"); r != (fee.Report{}) {
			t.Errorf("ran again: %+v", r)
		}
	})
}
