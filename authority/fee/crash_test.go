package fee_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

// An invoice whose making was interrupted is finished by the next closing,
// also one of a later month, and keeps its time to pay.
func TestInterruptedClose(t *testing.T) {
	for name, last := range map[string]string{"the same month": "2026-01-31", "a later month": "2026-02-28"} {
		t.Run(name, func(t *testing.T) {
			each(t, fee.Config{}, func(d *desk) {
				d.chargeMany(otherCode, 700, "2026-01-10")
				january := fee.Period{First: day("2026-01-01"), Last: day("2026-01-31")}
				d.must(d.fees.Begin(t.Context(), otherCode, january, day("2026-02-01")))
				if all := d.invoices(otherCode); len(all) != 0 {
					t.Fatalf("shown before it was issued: %+v", all)
				}
				d.do(func(tx store.Tx) error { return d.fees.Reverse(tx, 1, 300_00, day("2026-02-02"), officer) })
				if last != "2026-01-31" {
					d.charge(otherCode, "2026-02-10")
				}
				d.close(last)
				i := d.invoices(otherCode)[0]
				if i.Count != 700 || i.Credited != 300_00 || i.Last != january.Last || i.Day != day(last).AddDays(1) || i.Due.Sub(i.Day) != 30 {
					t.Errorf("finished as %s: %d lines, credited %s, to %s, of %s, due %s", i.Number, i.Count, i.Credited, i.Last, i.Day, i.Due)
				}
				if r, err := d.fees.Run(t.Context(), i.Day); err != nil || r.CreditNotes != 1 {
					t.Errorf("ran %+v, %v", r, err)
				}
			})
		})
	}
}

// Two replicas close and take payments at once: no invoice is made twice, and
// no payment counts twice.
func TestTwoAtOnce(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		for _, code := range []int64{mainCode, plainSub, ownSub, otherCode} {
			d.chargeMany(code, 600, "2026-01-10")
		}
		january := fee.Period{First: day("2026-01-01"), Last: day("2026-01-31")}
		both(d, func() error {
			_, err := d.fees.Close(context.Background(), january, day("2026-02-01"))
			return err
		})
		var total int64
		for _, code := range []int64{mainCode, ownSub, otherCode} {
			total += d.only(code).Count
		}
		if total != 2400 {
			t.Errorf("%d lines", total)
		}
		i := d.only(otherCode)
		both(d, func() error { return d.pay(i.Number, "b1", 1000_00, "2026-02-10") })
		if got := d.only(otherCode); got.Paid != 1000_00 {
			t.Errorf("paid %s", got.Paid)
		}
	})
}

func both(d *desk, act func() error) {
	d.Helper()
	var all sync.WaitGroup
	faults := make([]error, 2)
	for n := range faults {
		all.Go(func() { faults[n] = act() })
	}
	all.Wait()
	for _, err := range faults {
		d.must(err)
	}
}

// The same inputs give the same documents and events, to the byte.
func TestReplay(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	told := map[store.Engine][]string{}
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, open func() *store.DB) {
				d := newDesk(t, open(), fee.Config{ChargeSmallInterest: true})
				d.register(0)
				d.year()
				mu.Lock()
				defer mu.Unlock()
				told[d.db.Engine()] = append(told[d.db.Engine()], d.story())
			})
		})
	}
	t.Cleanup(func() {
		for engine, all := range told {
			if len(all) != 2 || len(all[0]) < 1000 {
				t.Fatalf("%s: played %d times", engine, len(all))
			}
			if diff := cmp.Diff(all[0], all[1]); diff != "" {
				t.Errorf("%s: %s", engine, diff)
			}
		}
	})
}

// year plays charges, runs, payments, a dispute, credits and reminders.
func (d *desk) year() {
	d.Helper()
	for _, on := range []string{"2026-01-10", "2026-02-11", "2026-03-12"} {
		for _, code := range []int64{mainCode, plainSub, ownSub, otherCode} {
			d.charge(code, on)
		}
		d.basic(otherCode, on)
	}
	d.run("2026-02-02")
	d.do(func(tx store.Tx) error { return d.fees.Recover(tx, 7000, 100_00, day("2026-02-03")) })
	d.must(d.pay(d.only(mainCode).Number, "b1", 1000_00, "2026-03-20"))
	d.run("2026-03-20")
	d.do(func(tx store.Tx) error {
		_, err := d.fees.PassOn(tx, 7000, day("2026-03-21"))
		return err
	})
	i := d.invoices(otherCode)[0]
	d.must(d.fees.Dispute(context.Background(), officer, i.Number, nil, day("2026-03-22")))
	d.must(d.fees.CreditInvoice(context.Background(), officer, i.Number, nil, day("2026-03-23")))
	d.run("2026-04-01")
	d.run("2026-05-20")
}

func (d *desk) story() string {
	d.Helper()
	var all []any
	for _, code := range []int64{mainCode, plainSub, ownSub, otherCode} {
		all = append(all, d.invoices(code))
		d.read(func(r store.Reader) error {
			events, err := d.fees.Events(r, code)
			all = append(all, events)
			return err
		})
	}
	text, err := json.MarshalIndent(all, "", " ")
	d.must(err)
	return string(text)
}

// What a line says of a claim is blanked when its time has passed; amounts
// stay.
func TestPurge(t *testing.T) {
	each(t, fee.Config{KeepYears: 1}, func(d *desk) {
		d.chargeMany(otherCode, 1001, "2026-01-10")
		loose := d.basic(otherCode, "2026-01-10")
		d.close("2026-01-31")
		if n, err := d.fees.Purge(t.Context(), day("2027-12-31")); err != nil || n != 0 {
			t.Errorf("%d lines too early, %v", n, err)
		}
		before := d.only(otherCode)
		for _, want := range []int64{1001, 0} {
			if n, err := d.fees.Purge(t.Context(), day("2028-01-01")); err != nil || n != want {
				t.Errorf("%d lines, %v", n, err)
			}
		}
		after := d.only(otherCode)
		if after.Lines[1000].Case != "" || after.Lines[1000].Amount != 300_00 || after.Total != before.Total {
			t.Errorf("purged: %+v", after.Lines[1000])
		}
		d.do(func(tx store.Tx) error { return d.fees.Forget(tx, filing.Enforcement, 7000) })
		d.read(func(r store.Reader) error {
			all, err := d.fees.OfCase(r, 7000)
			if len(all) != 1 || all[0].ID != loose || all[0].Own+all[0].Client+all[0].Reference != "" {
				t.Errorf("forgotten: %+v", all)
			}
			return err
		})
	})
}

// Each act calls its method, with values as they are written.
func TestActs(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		i := d.january(2)
		given := map[string]map[string]string{
			"pay_invoice":     {"day": "2026-02-10", "amount": "100,50", "reference": "b1"},
			"refund":          {"day": "2026-02-10", "amount": "500,50"},
			"dispute_invoice": {"day": "2026-02-11", "item": "1"},
			"end_dispute":     {"day": "2026-02-12", "item": "1"},
			"credit_invoice":  {"day": "2026-02-13", "item": "1", "amount": "50"},
		}
		for _, a := range d.fees.Acts() {
			number := i.Number
			if a.Name == "refund" {
				d.must(d.pay(i.Number, "b2", 1000_00, "2026-02-10"))
				number = "d0"
			}
			v, err := service.NewValues(a, given[a.Name], day("2026-02-13"))
			d.must(err)
			d.must(a.Do(t.Context(), officer, number, v))
			v, err = service.NewValues(a, map[string]string{"day": "soon", "amount": "1", "reference": "b"}, day("2026-02-10"))
			if err == nil {
				d.refused(a.Do(t.Context(), officer, i.Number, v), "bad_parameter")
			}
			given[a.Name]["day"] = "2026-02-14"
			if _, err = service.NewValues(a, given[a.Name], day("2026-02-13")); err == nil {
				t.Errorf("%s on a day to come was let through", a.Name)
			}
		}
		if got := d.only(otherCode); got.Paid != 550_00 || got.Credited != 50_00 || got.Lines[0].Disputed || d.held(otherCode) != 50_00 {
			t.Errorf("after the acts: %+v, held %s", got, d.held(otherCode))
		}
	})
}
