package fee_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/authority/store"
	"filtjanst/money"
	"filtjanst/statute"
)

// reminders are the reminder fees charged, by day.
func (d *desk) reminders() (days []string) {
	d.Helper()
	d.read(func(r store.Reader) error {
		all, err := d.fees.OfCase(r, 0)
		for _, i := range all {
			if i.Kind == fee.ReminderFee {
				days = append(days, i.Day.String()+" "+i.Amount.String())
			}
		}
		return err
	})
	return days
}

// The invoice is due on 2026-03-03.
func TestReminders(t *testing.T) {
	runs := []string{"2026-03-10", "2026-03-11", "2026-03-11", "2026-03-12", "2026-03-24", "2026-03-25", "2026-04-30"}
	for name, test := range map[string]struct {
		config fee.Reminders
		before func(d *desk, i fee.Invoice)
		want   []string
		made   int
	}{
		"one":          {fee.Reminders{}, nil, []string{"2026-03-11 60,00"}, 1},
		"three":        {fee.Reminders{Most: 3}, nil, []string{"2026-03-11 60,00", "2026-03-25 60,00", "2026-04-30 60,00"}, 3},
		"cheaper":      {fee.Reminders{Fee: 45_00}, nil, []string{"2026-03-11 45,00"}, 1},
		"too dear":     {fee.Reminders{Fee: 100_00}, nil, []string{"2026-03-11 60,00"}, 1},
		"free":         {fee.Reminders{Free: true}, nil, nil, 1},
		"none":         {fee.Reminders{Most: -1}, nil, nil, 0},
		"later":        {fee.Reminders{After: 20}, nil, []string{"2026-03-24 60,00"}, 1},
		"paid":         {fee.Reminders{}, func(d *desk, i fee.Invoice) { d.must(d.pay(i.Number, "b", 600_00, "2026-03-03")) }, nil, 0},
		"paid in part": {fee.Reminders{}, func(d *desk, i fee.Invoice) { d.must(d.pay(i.Number, "b", 599_00, "2026-03-03")) }, []string{"2026-03-11 60,00"}, 1},
		"disputed": {fee.Reminders{}, func(d *desk, i fee.Invoice) {
			d.must(d.fees.Dispute(d.Context(), officer, i.Number, nil, day("2026-03-03")))
		}, nil, 0},
		"a line is disputed": {fee.Reminders{}, func(d *desk, i fee.Invoice) {
			d.must(d.fees.Dispute(d.Context(), officer, i.Number, []int64{i.Lines[0].ItemID}, day("2026-03-03")))
		}, []string{"2026-03-11 60,00"}, 1},
		"what is left is disputed": {fee.Reminders{}, func(d *desk, i fee.Invoice) {
			d.must(d.fees.Dispute(d.Context(), officer, i.Number, []int64{i.Lines[0].ItemID}, day("2026-03-03")))
			d.must(d.pay(i.Number, "b", 300_00, "2026-03-03"))
		}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, fee.Config{Reminders: test.config}, func(d *desk) {
				i := d.january(2)
				if test.before != nil {
					test.before(d, i)
				}
				made := 0
				for _, on := range runs {
					made += d.run(on).Reminders
				}
				if made != test.made || d.invoices(otherCode)[0].Reminders != test.made {
					t.Errorf("%d made, want %d", made, test.made)
				}
				if diff := cmp.Diff(test.want, d.reminders()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func lateInterest(t *testing.T, amount money.Amount, from, to string) money.Amount {
	t.Helper()
	i, err := money.Late(statute.Default(), statute.LateInterestAddition, amount, day(from).Time(), day(to).Time(), money.BothDays)
	if err != nil {
		t.Fatal(err)
	}
	return i.Amount
}

// Interest runs from the day after the due day, on what was paid late, and is
// charged when the invoice is settled; below 100 kr it is waived (AvgF §17 a).
func TestLateInterest(t *testing.T) {
	type paid struct {
		amount money.Amount
		on     string
	}
	for name, test := range map[string]struct {
		small bool
		paid  []paid
		from  [][2]string // one period for each payment that came late
		kind  fee.EventKind
	}{
		"on the due day":        {true, []paid{{30_000_00, "2026-03-03"}}, nil, ""},
		"a day late, charged":   {true, []paid{{30_000_00, "2026-03-04"}}, [][2]string{{"2026-03-04", "2026-03-04"}}, fee.InterestCharged},
		"a day late, waived":    {false, []paid{{30_000_00, "2026-03-04"}}, [][2]string{{"2026-03-04", "2026-03-04"}}, fee.InterestWaived},
		"two months late":       {false, []paid{{30_000_00, "2026-05-04"}}, [][2]string{{"2026-03-04", "2026-05-04"}}, fee.InterestCharged},
		"over a change of rate": {false, []paid{{30_000_00, "2026-08-04"}}, [][2]string{{"2026-03-04", "2026-08-04"}}, fee.InterestCharged},
		"half in time":          {true, []paid{{15_000_00, "2026-03-01"}, {15_000_00, "2026-04-04"}}, [][2]string{{}, {"2026-03-04", "2026-04-04"}}, fee.InterestCharged},
		"in two late parts": {true, []paid{{10_000_00, "2026-04-01"}, {20_000_00, "2026-04-04"}},
			[][2]string{{"2026-03-04", "2026-04-01"}, {"2026-03-04", "2026-04-04"}}, fee.InterestCharged},
		"not settled":   {true, []paid{{10_000_00, "2026-04-01"}}, nil, ""},
		"paid too much": {true, []paid{{40_000_00, "2026-04-04"}}, [][2]string{{"2026-03-04", "2026-04-04"}}, fee.InterestCharged},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, fee.Config{ChargeSmallInterest: test.small, Reminders: fee.Reminders{Most: -1}}, func(d *desk) {
				i := d.january(100)
				var want money.Amount
				for n, p := range test.paid {
					d.must(d.pay(i.Number, p.on+p.amount.String(), p.amount, p.on))
					if n < len(test.from) && test.from[n][0] != "" {
						want += lateInterest(t, min(p.amount, 30_000_00), test.from[n][0], test.from[n][1])
					}
				}
				d.run("2026-08-05")
				d.run("2026-08-06")
				got := fee.Event{}
				d.read(func(r store.Reader) error {
					all, err := d.fees.Events(r, otherCode)
					for _, e := range all {
						if e.Kind == fee.InterestCharged || e.Kind == fee.InterestWaived {
							got.Kind, got.Amount = e.Kind, got.Amount+e.Amount
						}
					}
					return err
				})
				if got.Kind != test.kind || got.Amount != want {
					t.Errorf("%s of %s, want %s of %s", got.Kind, got.Amount, test.kind, want)
				}
			})
		})
	}
}

// What is credited has borne no interest, paid late or not.
func TestCreditedBearsNoInterest(t *testing.T) {
	for name, credited := range map[string]int{"a half": 50, "all": 100} {
		t.Run(name, func(t *testing.T) {
			each(t, fee.Config{ChargeSmallInterest: true, Reminders: fee.Reminders{Most: -1}}, func(d *desk) {
				i := d.january(100)
				d.must(d.pay(i.Number, "b1", 30_000_00, "2026-05-04"))
				var lines []fee.CreditLine
				for _, l := range i.Lines[:credited] {
					lines = append(lines, fee.CreditLine{ItemID: l.ItemID})
				}
				d.must(d.fees.CreditInvoice(t.Context(), officer, i.Number, lines, day("2026-05-05")))
				d.run("2026-05-05")
				d.read(func(r store.Reader) error {
					all, err := d.fees.EventsOn(r, fee.InterestCharged, day("2026-05-05"))
					var got money.Amount
					for _, e := range all {
						got += e.Amount
					}
					if want := lateInterest(t, money.Amount(100-credited)*300_00, "2026-03-04", "2026-05-04"); got != want {
						t.Errorf("interest %s, want %s", got, want)
					}
					return err
				})
			})
		})
	}
}

// Reminder fees and interest stand on the next invoice and bear no interest.
func TestInterestBearsNoInterest(t *testing.T) {
	each(t, fee.Config{ChargeSmallInterest: true}, func(d *desk) {
		i := d.january(100)
		d.run("2026-03-11")
		d.must(d.pay(i.Number, "b1", i.Total, "2026-03-20"))
		d.run("2026-03-20")
		d.run("2026-04-01")
		second := d.invoices(otherCode)[1]
		kinds := []fee.Kind{second.Lines[0].Kind, second.Lines[1].Kind}
		if !cmp.Equal(kinds, []fee.Kind{fee.ReminderFee, fee.LateInterest}) || second.Lines[0].Case != i.Number {
			t.Fatalf("lines: %+v", second.Lines)
		}
		d.must(d.pay(second.Number, "b2", second.Total, "2026-12-20"))
		d.run("2026-12-21")
		if kinds := d.kinds(otherCode); kinds[len(kinds)-1] != fee.Paid && kinds[len(kinds)-1] != fee.Reminded {
			t.Errorf("events: %v", kinds)
		}
	})
}
