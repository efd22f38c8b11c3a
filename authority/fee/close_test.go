package fee_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
)

// A sub-code is invoiced with its main code unless it has invoices of its own
// (R16, R62).
func TestCloseGroupsByPayer(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		for _, code := range []int64{mainCode, plainSub, ownSub, otherCode} {
			d.charge(code, "2026-01-10")
		}
		if n := d.close("2026-01-31"); n != 3 {
			t.Errorf("%d invoices", n)
		}
		main, own := d.only(mainCode), d.only(ownSub)
		if len(main.Lines) != 2 || main.Total != 600_00 || len(own.Lines) != 1 || len(d.invoices(plainSub)) != 0 {
			t.Errorf("main %+v, own %+v", main, own)
		}
		want := fee.Buyer{Name: "Inkasso AB", Organisation: "5560000167", Street: "Storgatan 2", PostalCode: "111 22", Town: "Stockholm",
			Endpoint: fee.Endpoint{Scheme: "0088", ID: "7300010000001"}, Reference: "enhet 7"}
		if diff := cmp.Diff(want, own.Buyer); diff != "" {
			t.Error(diff)
		}
		if main.Due != day("2026-03-03") || own.Due != day("2026-02-21") {
			t.Errorf("due %s and %s", main.Due, own.Due)
		}
		if got := []string{main.Number, own.Number, d.only(otherCode).Number}; !cmp.Equal(got, []string{"2026000001", "2026000002", "2026000003"}) {
			t.Errorf("numbers %v", got)
		}
	})
}

// The check digit of 2026000001, by 2, 1, … from the right, makes 2 + 3 + 2 + 2
// = 9 up to ten.
func TestPaymentReference(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		d.charge(otherCode, "2026-01-10")
		d.close("2026-01-31")
		i := d.only(otherCode)
		if i.PaymentReference != "20260000011" {
			t.Errorf("reference %s", i.PaymentReference)
		}
		d.must(d.pay(i.PaymentReference, "b1", 300_00, "2026-02-10"))
		if i := d.only(otherCode); i.Balance != 0 {
			t.Errorf("paid by the reference: %+v", i)
		}
	})
}

func TestCloseIsRepeated(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		d.charge(otherCode, "2026-01-10")
		d.close("2026-01-31")
		before := d.only(otherCode)
		d.charge(otherCode, "2026-01-20") // came too late for its month
		if n := d.close("2026-01-31"); n != 0 {
			t.Errorf("%d invoices of a closed period", n)
		}
		if diff := cmp.Diff(before, d.only(otherCode)); diff != "" {
			t.Errorf("the invoice changed:\n%s", diff)
		}
		if n := d.close("2026-02-28"); n != 1 || len(d.invoices(otherCode)[1].Lines) != 1 {
			t.Errorf("what came too late: %+v", d.invoices(otherCode))
		}
	})
}

func TestCloseOfManyFees(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		const n = 1203 // more than two transactions put on the invoice
		d.chargeMany(mainCode, n, "2026-01-10")
		d.charge(plainSub, "2026-01-10")
		d.close("2026-01-31")
		i := d.only(mainCode)
		seen := map[int64]bool{}
		for place, l := range i.Lines {
			if seen[l.ItemID] || l.Number != int64(place+1) {
				t.Fatalf("line %d is %+v", place, l)
			}
			seen[l.ItemID] = true
		}
		if len(seen) != n+1 || i.Count != n+1 || i.Total != (n+1)*300_00 {
			t.Errorf("%d lines, count %d, total %s", len(seen), i.Count, i.Total)
		}
	})
}

func TestCloseRefusesAPeriodThatIsNotOver(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		for _, p := range []fee.Period{{}, {First: day("2026-01-01"), Last: day("2026-02-01")}, {First: day("2026-01-31"), Last: day("2026-01-30")}} {
			if _, err := d.fees.Close(t.Context(), p, day("2026-02-01")); err == nil {
				t.Errorf("closed %v", p)
			}
		}
	})
}

// A code that the register of parties does not know keeps nobody else from an
// invoice; the period stays open until it is mended.
func TestCloseWithAnUnknownCode(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		d.charge(99, "2026-01-10")
		d.charge(otherCode, "2026-01-10")
		for range 2 {
			_, err := d.fees.Run(t.Context(), day("2026-02-02"))
			if err == nil || !strings.Contains(err.Error(), "code 99") {
				t.Errorf("ran: %v", err)
			}
		}
		d.only(otherCode)
	})
}

func TestRunClosesOnTheClosingDay(t *testing.T) {
	for name, test := range map[string]struct {
		closing int
		today   string
		want    int
	}{
		"first of the month":              {0, "2026-03-02", 2},
		"the day before the closing day":  {5, "2026-03-04", 1}, // January only
		"the closing day":                 {5, "2026-03-05", 2},
		"the closing day was a weekend":   {28, "2026-03-30", 2},
		"in January, of the year before":  {5, "2027-01-05", 2},
		"in January, before the fifth":    {5, "2027-01-04", 2},
		"the last evening of the month":   {0, "2026-01-30", 0},
		"long after, both months at once": {0, "2026-08-03", 2},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, fee.Config{ClosingDay: test.closing}, func(d *desk) {
				d.charge(otherCode, "2026-01-10")
				d.charge(otherCode, "2026-02-10")
				first, again := d.run(test.today), d.run(test.today)
				var lines int
				for _, i := range d.invoices(otherCode) {
					lines += len(i.Lines)
				}
				if lines != test.want || again != (fee.Report{}) {
					t.Errorf("%d lines after %+v, then %+v", lines, first, again)
				}
			})
		})
	}
}
