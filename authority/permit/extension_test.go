package permit_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

const partyChange = filing.Transaction("xx.party_change")

func officer() service.Officer { return service.Officer{Name: "officer 4", Reason: "asked for"} }

func TestExtensionsAreOffUntilSwitchedOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		b.must(b.grant(open(1), 1))
		at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		on := func(tx filing.Transaction) error { return b.room.SwitchOn(t.Context(), officer(), 7, tx, at) }
		off := func(tx filing.Transaction) error {
			return b.room.SwitchOff(t.Context(), officer(), 7, tx, at.Add(time.Hour))
		}
		for i, step := range []struct {
			act    func(filing.Transaction) error
			tx     filing.Transaction
			code   string // of the refusal
			reason permit.Reason
		}{
			{off, partyChange, "already_switched", permit.NotSwitchedOn},
			{on, partyChange, "", ""},
			{on, partyChange, "already_switched", ""},
			{off, partyChange, "", permit.NotSwitchedOn},
			{on, filing.BFApplication, "no_extension", permit.NotSwitchedOn},
		} {
			refusal, _ := service.RefusedAs(step.act(step.tx))
			if got := codeOf(refusal); got != step.code {
				t.Errorf("step %d: refused as %q, want %q", i, got, step.code)
			}
			if d := b.may(7, partyChange, "2026-11-23"); d.Reason != step.reason {
				t.Errorf("step %d: %q, want %q", i, d.Reason, step.reason)
			}
		}
		var switched []bool
		b.must(b.db.Read(t.Context(), func(r store.Reader) error {
			all, err := b.room.Switches(r, 7)
			for _, s := range all {
				switched = append(switched, s.On)
			}
			return err
		}))
		if diff := cmp.Diff([]bool{true, false}, switched); diff != "" {
			t.Error(diff)
		}
	})
}

func codeOf(r *service.Refusal) string {
	if r == nil {
		return ""
	}
	return r.Code
}

// TestSends: what goes out on its own account goes on in suspension, and ends
// with the permit. A sub-code (8) has what its main code (7) has (R62).
func TestSends(t *testing.T) {
	t.Parallel()
	suspend := func(b bench, tx store.Tx) error { return b.room.Suspend(tx, 1, act(2)) }
	revoke := func(b bench, tx store.Tx) error { return b.room.Revoke(tx, 1, act(3)) }
	for name, test := range map[string]struct {
		before   []func(bench, store.Tx) error
		switched bool
		tx       filing.Transaction
		day      string
		want     bool
	}{
		"open":                 {tx: "bf.verdict", day: "2026-11-23", want: true},
		"suspended":            {before: []func(bench, store.Tx) error{suspend}, tx: "bf.verdict", day: "2026-11-23", want: true},
		"revoked":              {before: []func(bench, store.Tx) error{suspend, revoke}, tx: "bf.verdict", day: "2026-11-23"},
		"ended":                {tx: "bf.verdict", day: "2026-12-23"},
		"another service":      {tx: "ve.final_account", day: "2026-11-23"},
		"extension off":        {tx: "bf.event", day: "2026-11-23"},
		"extension on":         {tx: "bf.event", day: "2026-11-23", switched: true, want: true},
		"of no service":        {tx: "xx.status_report", day: "2026-11-23", switched: true, want: true},
		"of no service, ended": {tx: "xx.status_report", day: "2026-12-23", switched: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
				b := newBench(t, openDB())
				b.must(b.grant(open(1), 1))
				for _, a := range test.before {
					b.must(b.do(func(tx store.Tx) error { return a(b, tx) }))
				}
				if test.switched {
					b.must(b.room.SwitchOn(t.Context(), officer(), 7, test.tx, time.Now()))
				}
				b.must(b.db.Read(t.Context(), func(r store.Reader) error {
					got, err := b.room.Sends(r, 8, 7, test.tx, calendar.MustDay(test.day))
					if got != test.want {
						t.Errorf("sends %t, want %t", got, test.want)
					}
					return err
				}))
			})
		})
	}
}

// TestTransactionsOfNoService: any open permit with cases will do.
func TestTransactionsOfNoService(t *testing.T) {
	t.Parallel()
	day, later := calendar.MustDay("2026-11-01"), calendar.MustDay("2026-12-01")
	of := func(id int64, s filing.Service, from calendar.Day) permit.Permit {
		return permit.Permit{ID: id, CodeID: 7, Service: s, From: from, Transactions: []filing.Transaction{filing.Transaction(s) + ".application"}}
	}
	for name, test := range map[string]struct {
		permits []permit.Permit
		want    permit.Reason
	}{
		"none":             {nil, permit.NoPermit},
		"of extracts":      {[]permit.Permit{of(1, filing.DebtExtract, day)}, permit.NoPermit},
		"payment order":    {[]permit.Permit{of(1, filing.PaymentOrder, day)}, ""},
		"enforcement":      {[]permit.Permit{of(1, filing.Enforcement, day)}, ""},
		"one not in force": {[]permit.Permit{of(1, filing.PaymentOrder, later), of(2, filing.Enforcement, day)}, ""},
		"none in force":    {[]permit.Permit{of(1, filing.PaymentOrder, later)}, permit.NotInForce},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
				b := newBench(t, openDB())
				for _, p := range test.permits {
					b.must(b.grant(p, p.ID))
				}
				b.must(b.room.SwitchOn(t.Context(), officer(), 7, partyChange, time.Now()))
				if d := b.may(7, partyChange, "2026-11-23"); d.Reason != test.want {
					t.Errorf("%q, want %q", d.Reason, test.want)
				}
			})
		})
	}
}
