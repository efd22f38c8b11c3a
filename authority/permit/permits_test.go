package permit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

const (
	withdrawal = filing.Transaction("bf.withdrawal")
	reduction  = filing.Transaction("bf.reduction")
)

func act(id int64) permit.Act {
	return permit.Act{ID: id, Reason: "unpaid invoices", By: "officer 4", At: time.Date(2026, 11, 23, 9, 0, int(id), 0, time.UTC)}
}

type bench struct {
	t    *testing.T
	db   *store.DB
	room *permit.Permits
}

func newBench(t *testing.T, db *store.DB) bench { return bench{t, db, permit.New(db)} }

func (b bench) do(fn func(tx store.Tx) error) error {
	b.t.Helper()
	return b.db.Do(b.t.Context(), fn)
}

func (b bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b bench) grant(p permit.Permit, actID int64) error {
	return b.do(func(tx store.Tx) error { _, err := b.room.Grant(tx, p, act(actID)); return err })
}

func (b bench) may(code int64, tx filing.Transaction, day string) (d permit.Decision) {
	b.t.Helper()
	b.must(b.db.Read(b.t.Context(), func(r store.Reader) (err error) {
		d, err = b.room.May(r, code, code, tx, calendar.MustDay(day))
		return err
	}))
	return d
}

func open(id int64) permit.Permit {
	return permit.Permit{ID: id, CodeID: 7, Service: filing.PaymentOrder, From: calendar.MustDay("2026-11-01"), Until: calendar.MustDay("2026-11-30")}
}

func TestMay(t *testing.T) {
	t.Parallel()
	suspend := func(b bench, tx store.Tx) error { return b.room.Suspend(tx, 1, act(2)) }
	revoke := func(b bench, tx store.Tx) error { return b.room.Revoke(tx, 1, act(3)) }
	for name, test := range map[string]struct {
		acts  []func(bench, store.Tx) error
		scope []filing.Transaction
		code  int64
		tx    filing.Transaction
		day   string
		want  permit.Reason
	}{
		"open":                         {code: 7, tx: filing.BFApplication, day: "2026-11-23"},
		"first day":                    {code: 7, tx: filing.BFApplication, day: "2026-11-01"},
		"last day":                     {code: 7, tx: filing.BFApplication, day: "2026-11-30"},
		"day before":                   {code: 7, tx: filing.BFApplication, day: "2026-10-31", want: permit.NotInForce},
		"day after":                    {code: 7, tx: filing.BFApplication, day: "2026-12-01", want: permit.NotInForce},
		"another code":                 {code: 8, tx: filing.BFApplication, day: "2026-11-23", want: permit.NoPermit},
		"another service":              {code: 7, tx: "ve.application", day: "2026-11-23", want: permit.NoPermit},
		"within scope":                 {code: 7, scope: []filing.Transaction{withdrawal, reduction}, tx: reduction, day: "2026-11-23"},
		"outside scope":                {code: 7, scope: []filing.Transaction{withdrawal, reduction}, tx: filing.BFApplication, day: "2026-11-23", want: permit.OutsidePermit},
		"suspended stops applications": {acts: []func(bench, store.Tx) error{suspend}, code: 7, tx: filing.BFApplication, day: "2026-11-23", want: permit.IsSuspended},
		"suspended takes withdrawals":  {acts: []func(bench, store.Tx) error{suspend}, code: 7, tx: withdrawal, day: "2026-11-23"},
		"revoked takes nothing":        {acts: []func(bench, store.Tx) error{suspend, revoke}, code: 7, tx: withdrawal, day: "2026-11-23", want: permit.IsRevoked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
				b := newBench(t, openDB())
				p := open(1)
				p.Transactions = test.scope
				b.must(b.grant(p, 1))
				for _, a := range test.acts {
					b.must(b.do(func(tx store.Tx) error { return a(b, tx) }))
				}
				want := permit.Decision{Allowed: test.want == "", Reason: test.want}
				if diff := cmp.Diff(want, b.may(test.code, test.tx, test.day)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestActsNameTheStateTheyExpect(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		suspend := func(id int64) error { return b.do(func(tx store.Tx) error { return b.room.Suspend(tx, 1, act(id)) }) }
		resume := func(id int64) error { return b.do(func(tx store.Tx) error { return b.room.Resume(tx, 1, act(id)) }) }
		revoke := func(id int64) error { return b.do(func(tx store.Tx) error { return b.room.Revoke(tx, 1, act(id)) }) }
		b.must(b.grant(open(1), 1))
		for i, step := range []struct {
			act  func(int64) error
			want error
		}{
			{resume, permit.ErrState}, {suspend, nil}, {suspend, permit.ErrState}, {resume, nil},
			{revoke, nil}, {revoke, permit.ErrState}, {resume, permit.ErrState}, {suspend, permit.ErrState},
		} {
			if err := step.act(int64(10 + i)); !errors.Is(err, step.want) {
				t.Errorf("step %d: got %v, want %v", i, err, step.want)
			}
		}
		var kinds []string
		b.must(b.db.Read(t.Context(), func(r store.Reader) error {
			all, err := b.room.Decisions(r, 1)
			for _, d := range all {
				kinds = append(kinds, d.Kind)
			}
			return err
		}))
		if diff := cmp.Diff([]string{"grant", "suspend", "resume", "revoke"}, kinds); diff != "" {
			t.Error(diff)
		}
	})
}

func TestGrantAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		b.must(b.grant(open(1), 1))
		if err := b.grant(open(2), 2); !errors.Is(err, permit.ErrExists) {
			t.Errorf("a second permit gave %v", err)
		}
		b.must(b.do(func(tx store.Tx) error { return b.room.Revoke(tx, 1, act(3)) }))
		b.must(b.grant(open(4), 4))
		if d := b.may(7, filing.BFApplication, "2026-11-23"); !d.Allowed {
			t.Errorf("after a new grant: %s", d.Reason)
		}
	})
}

func TestActsNeedAReason(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		b.must(b.grant(open(1), 1))
		blank := act(2)
		blank.Reason = " "
		if err := b.do(func(tx store.Tx) error { return b.room.Suspend(tx, 1, blank) }); err == nil {
			t.Error("suspended without a reason")
		}
		if d := b.may(7, filing.BFApplication, "2026-11-23"); !d.Allowed {
			t.Error("the refused act had an effect")
		}
	})
}
