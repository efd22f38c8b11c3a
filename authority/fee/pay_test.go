package fee_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/money"
)

// january charges n application fees and invoices them on 2026-02-01; the
// invoice is due on 2026-03-03.
func (d *desk) january(n int) fee.Invoice {
	d.Helper()
	for range n {
		d.charge(otherCode, "2026-01-10")
	}
	d.close("2026-01-31")
	return d.only(otherCode)
}

func TestPayments(t *testing.T) {
	type step struct {
		reference string
		amount    money.Amount
	}
	for name, test := range map[string]struct {
		steps         []step
		balance, held money.Amount
		kinds         []fee.EventKind
	}{
		"whole":        {[]step{{"b1", 600_00}}, 0, 0, []fee.EventKind{fee.Issued, fee.Paid}},
		"in part":      {[]step{{"b1", 250_00}}, 350_00, 0, []fee.EventKind{fee.Issued, fee.Paid}},
		"in parts":     {[]step{{"b1", 250_00}, {"b2", 350_00}}, 0, 0, []fee.EventKind{fee.Issued, fee.Paid, fee.Paid}},
		"told twice":   {[]step{{"b1", 250_00}, {"b1", 250_00}}, 350_00, 0, []fee.EventKind{fee.Issued, fee.Paid}},
		"too much":     {[]step{{"b1", 700_00}}, 0, 100_00, []fee.EventKind{fee.Issued, fee.Paid, fee.Overpaid}},
		"paid already": {[]step{{"b1", 600_00}, {"b2", 50_00}}, 0, 50_00, []fee.EventKind{fee.Issued, fee.Paid, fee.Overpaid}},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, fee.Config{}, func(d *desk) {
				i := d.january(2)
				for _, s := range test.steps {
					d.must(d.pay(i.Number, s.reference, s.amount, "2026-02-20"))
				}
				if got := d.only(otherCode).Balance; got != test.balance || d.held(otherCode) != test.held {
					t.Errorf("balance %s, held %s", got, d.held(otherCode))
				}
				if diff := cmp.Diff(test.kinds, d.kinds(otherCode)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestPayRefuses(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		i := d.january(1)
		d.must(d.pay(i.Number, "b1", 100_00, "2026-02-20"))
		d.refused(d.pay(i.Number, "b1", 200_00, "2026-02-20"), "payment_twice")
		d.refused(d.pay("2026999999", "b2", 100_00, "2026-02-20"), "unknown_invoice")
		d.refused(d.pay(i.Number, "", 100_00, "2026-02-20"), "bad_payment")
		d.refused(d.pay(i.Number, "b3", 0, "2026-02-20"), "bad_payment")
		d.refused(d.pay(i.Number, "b3", -5, "2026-02-20"), "bad_payment")
		if got := d.only(otherCode).Balance; got != 200_00 {
			t.Errorf("balance %s", got)
		}
	})
}

// A payment above what is left is refused unless it is said that the rest is
// held; then no öre of it disappears, and a sub-code's payer gets it back.
func TestPaymentsAboveTheInvoice(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		d.charge(plainSub, "2026-01-10")
		d.close("2026-01-31")
		i := d.only(mainCode)
		p := fee.Payment{Reference: "b1", Invoice: i.Number, Amount: 99_999_999_00, Day: day("2026-02-20")}
		err := d.fees.Pay(t.Context(), officer, p)
		d.refused(err, "payment_above_invoice")
		if r, _ := service.RefusedAs(err); r != nil && !strings.Contains(r.English, i.Balance.Kronor()) {
			t.Errorf("without %s: %s", i.Balance.Kronor(), r.English)
		}
		if diff := cmp.Diff(i, d.only(mainCode)); diff != "" || d.held(mainCode) != 0 {
			t.Errorf("held %s, %s", d.held(mainCode), diff)
		}
		p.HoldRest = true
		d.must(d.fees.Pay(t.Context(), officer, p))
		rest := p.Amount - i.Balance
		if got := d.only(mainCode); got.Balance != 0 || got.Paid != i.Balance || d.held(mainCode) != rest {
			t.Errorf("paid %s, held %s", got.Paid, d.held(mainCode))
		}
		p.HoldRest = false
		d.must(d.fees.Pay(t.Context(), officer, p)) // told twice
		p.Reference, p.Amount = "b2", 1
		d.refused(d.fees.Pay(t.Context(), officer, p), "payment_above_invoice")
		d.refused(d.fees.RefundCode(t.Context(), officer, "NIX", rest, day("2026-02-21")), "unknown_code")
		d.refused(d.fees.RefundCode(t.Context(), officer, "b0", rest+1, day("2026-02-21")), "refund_amount")
		d.must(d.fees.RefundCode(t.Context(), officer, "b0", rest, day("2026-02-21")))
		if d.held(mainCode) != 0 {
			t.Errorf("held %s", d.held(mainCode))
		}
	})
}

// What is held for a payer pays its next invoice, and can be paid back.
func TestCreditBalance(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		first := d.january(1)
		d.must(d.pay(first.Number, "b1", 1000_00, "2026-02-20"))
		d.charge(otherCode, "2026-02-10")
		r := d.run("2026-03-02")
		if want := (fee.Report{Invoices: 1, SetOff: 1}); r != want {
			t.Errorf("ran %+v", r)
		}
		if got := d.invoices(otherCode)[1]; got.Balance != 0 || d.held(otherCode) != 400_00 {
			t.Errorf("balance %s, held %s", got.Balance, d.held(otherCode))
		}
		d.refused(d.fees.Refund(t.Context(), officer, otherCode, 400_01, day("2026-03-03")), "refund_amount")
		d.refused(d.fees.Refund(t.Context(), service.Officer{Name: "x"}, otherCode, 1, day("2026-03-03")), "no_reason")
		d.must(d.fees.Refund(t.Context(), officer, otherCode, 400_00, day("2026-03-03")))
		if d.held(otherCode) != 0 {
			t.Errorf("held %s", d.held(otherCode))
		}
	})
}

// A credit of what was paid is held for the payer.
func TestCreditOfAPaidInvoice(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		i := d.january(2)
		d.must(d.pay(i.Number, "b1", 500_00, "2026-02-20"))
		d.must(d.fees.CreditInvoice(t.Context(), officer, i.Number, []fee.CreditLine{{ItemID: i.Lines[0].ItemID}}, day("2026-02-21")))
		got := d.only(otherCode)
		if got.Paid != 300_00 || got.Credited != 300_00 || got.Balance != 0 || d.held(otherCode) != 200_00 {
			t.Errorf("paid %s, credited %s, held %s", got.Paid, got.Credited, d.held(otherCode))
		}
		d.must(d.fees.CreditInvoice(t.Context(), officer, i.Number, nil, day("2026-02-22")))
		if got := d.only(otherCode); got.Credited != 600_00 || got.Paid != 0 || d.held(otherCode) != 500_00 {
			t.Errorf("paid %s, credited %s, held %s", got.Paid, got.Credited, d.held(otherCode))
		}
	})
}

func TestCreditRefuses(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		i := d.january(1)
		d.refused(d.fees.CreditInvoice(t.Context(), officer, i.Number, []fee.CreditLine{{ItemID: 999}}, day("2026-02-21")), "unknown_line")
		stranger := d.charge(mainCode, "2026-02-10")
		d.refused(d.fees.CreditInvoice(t.Context(), officer, i.Number, []fee.CreditLine{{ItemID: stranger}}, day("2026-02-21")), "unknown_line")
		d.refused(d.fees.CreditInvoice(t.Context(), officer, i.Number, []fee.CreditLine{{ItemID: i.Lines[0].ItemID, Amount: 300_01}}, day("2026-02-21")), "fee_amount")
		d.refused(d.fees.CreditInvoice(t.Context(), officer, "nothing", nil, day("2026-02-21")), "unknown_invoice")
		d.refused(d.fees.CreditInvoice(t.Context(), service.Officer{}, i.Number, nil, day("2026-02-21")), "no_officer")
		if diff := cmp.Diff(i, d.only(otherCode)); diff != "" {
			t.Error(diff)
		}
	})
}

// An invoice is unpaid when it is past due, with the days of grace, and not
// disputed (R65). The main code answers for its sub-codes (R62).
func TestUnpaid(t *testing.T) {
	each(t, fee.Config{GraceDays: 3}, func(d *desk) {
		i := d.january(2)
		for on, want := range map[string]money.Amount{"2026-03-03": 0, "2026-03-06": 0, "2026-03-07": 600_00} {
			if _, sum := d.unpaid(otherCode, on); sum != want {
				t.Errorf("on %s %s is unpaid, want %s", on, sum, want)
			}
		}
		d.must(d.fees.Dispute(t.Context(), officer, i.Number, []int64{i.Lines[0].ItemID}, day("2026-03-07")))
		if all, sum := d.unpaid(otherCode, "2026-03-07"); sum != 300_00 || len(all) != 1 || all[0].Days != 4 || all[0].Balance != 600_00 {
			t.Errorf("with a disputed line: %+v", all)
		}
		d.must(d.fees.Dispute(t.Context(), officer, i.Number, nil, day("2026-03-07")))
		if all, sum := d.unpaid(otherCode, "2026-03-07"); sum != 0 || len(all) != 0 {
			t.Errorf("disputed: %+v", all)
		}
		d.must(d.fees.EndDispute(t.Context(), officer, i.Number, nil, day("2026-03-08")))
		d.must(d.pay(i.Number, "b1", 400_00, "2026-03-08"))
		if _, sum := d.unpaid(otherCode, "2026-03-08"); sum != 0 { // what is left is the disputed line's
			t.Errorf("with the rest paid: %s", sum)
		}
	})
}

func TestUnpaidOfSubCodes(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		d.charge(mainCode, "2026-01-10")
		d.charge(ownSub, "2026-01-10")
		d.close("2026-01-31")
		for code, want := range map[int64]int{mainCode: 2, ownSub: 1, otherCode: 0} {
			if all, _ := d.unpaid(code, "2026-05-01"); len(all) != want {
				t.Errorf("code %d: %+v", code, all)
			}
		}
	})
}

func TestDisputeRefuses(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		i := d.january(1)
		on := day("2026-02-10")
		line := []int64{i.Lines[0].ItemID}
		d.refused(d.fees.EndDispute(t.Context(), officer, i.Number, nil, on), "not_disputed")
		d.refused(d.fees.EndDispute(t.Context(), officer, i.Number, line, on), "not_disputed")
		d.must(d.fees.Dispute(t.Context(), officer, i.Number, nil, on))
		d.must(d.fees.Dispute(t.Context(), officer, i.Number, line, on))
		d.refused(d.fees.Dispute(t.Context(), officer, i.Number, nil, on), "disputed")
		d.refused(d.fees.Dispute(t.Context(), officer, i.Number, line, on), "disputed")
		d.refused(d.fees.Dispute(t.Context(), officer, i.Number, []int64{999}, on), "unknown_line")
		d.refused(d.fees.Dispute(t.Context(), service.Officer{}, i.Number, line, on), "no_officer")
		want := []fee.EventKind{fee.Issued, fee.DisputeOpened, fee.DisputeOpened}
		if diff := cmp.Diff(want, d.kinds(otherCode)); diff != "" {
			t.Error(diff)
		}
	})
}

// A large invoice is taken back whole, and a dispute of what is settled is kept.
func TestCreditOfAWholeInvoice(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		d.chargeMany(otherCode, 250, "2026-01-10")
		d.close("2026-01-31")
		number := d.only(otherCode).Number
		for range 2 {
			d.must(d.fees.CreditInvoice(t.Context(), officer, number, nil, day("2026-02-10")))
		}
		d.must(d.fees.Dispute(t.Context(), officer, number, nil, day("2026-02-11")))
		d.run("2026-02-11")
		all := d.invoices(otherCode)
		if len(all) != 2 || all[0].Balance != 0 || !all[0].Disputed || all[1].Total != all[0].Total || all[1].Count != 250 {
			t.Errorf("%d documents, %+v", len(all), all[0].Buyer)
		}
		for kind, want := range map[fee.EventKind]int{fee.DisputeOpened: 1, fee.Issued: 1, fee.Reminded: 0} {
			d.read(func(r store.Reader) error {
				events, err := d.fees.EventsOn(r, kind, day("2026-02-11"))
				if len(events) != want {
					t.Errorf("%s: %+v", kind, events)
				}
				return err
			})
		}
	})
}
