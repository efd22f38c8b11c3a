package permit_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

const request = filing.Transaction("de.request")

func limited(q permit.Quota) permit.Permit {
	return permit.Permit{ID: 1, CodeID: 7, Service: filing.DebtExtract, Scope: permit.ScopeCollection, Quota: q, From: calendar.MustDay("2026-11-01")}
}

func (b bench) use(tx filing.Transaction, day string, n int64) (got *permit.Exceeded) {
	b.t.Helper()
	b.must(b.do(func(w store.Tx) (err error) {
		got, err = b.room.Use(w, 7, tx, calendar.MustDay(day), n)
		return err
	}))
	return got
}

func TestQuota(t *testing.T) {
	t.Parallel()
	type step struct {
		day  string
		n    int64
		want *permit.Exceeded
	}
	perDay := func(used int64, opens string) *permit.Exceeded {
		return &permit.Exceeded{Quota: 10, Used: used, Opens: calendar.MustDay(opens)}
	}
	perMonth := func(used int64, opens string) *permit.Exceeded {
		return &permit.Exceeded{Monthly: true, Quota: 25, Used: used, Opens: calendar.MustDay(opens)}
	}
	for name, test := range map[string]struct {
		quota permit.Quota
		steps []step
	}{
		"none": {permit.Quota{}, []step{{"2026-11-23", 1 << 40, nil}}},
		"of a day": {permit.Quota{PerDay: 10}, []step{
			{"2026-11-23", 6, nil}, {"2026-11-23", 5, perDay(6, "2026-11-24")}, {"2026-11-23", 4, nil},
			{"2026-11-23", 1, perDay(10, "2026-11-24")}, {"2026-11-24", 10, nil}, {"2026-11-25", 11, perDay(0, "2026-11-26")},
		}},
		"of a month": {permit.Quota{PerMonth: 25}, []step{
			{"2026-12-01", 20, nil}, {"2026-12-31", 6, perMonth(20, "2027-01-01")}, {"2026-12-31", 5, nil}, {"2027-01-01", 25, nil},
		}},
		"of both": {permit.Quota{PerDay: 10, PerMonth: 25}, []step{
			{"2026-11-23", 10, nil}, {"2026-11-24", 10, nil}, {"2026-11-25", 6, perMonth(20, "2026-12-01")},
			{"2026-11-25", 11, perDay(0, "2026-11-26")}, {"2026-11-25", 5, nil},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
				b := newBench(t, openDB())
				b.must(b.grant(limited(test.quota), 1))
				if d := b.may(7, request, "2026-11-23"); d.Limited == (test.quota == permit.Quota{}) {
					t.Errorf("limited %t by %+v", d.Limited, test.quota)
				}
				for i, s := range test.steps {
					if diff := cmp.Diff(s.want, b.use(request, s.day, s.n)); diff != "" {
						t.Errorf("step %d: %s", i, diff)
					}
				}
			})
		})
	}
}

// TestQuotaAtOnce: of files that come together, no more pass than the quota has
// room for.
func TestQuotaAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		b.must(b.grant(limited(permit.Quota{PerDay: 10}), 1))
		var passed atomic.Int64
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if b.use(request, "2026-11-23", 3) == nil {
					passed.Add(1)
				}
			})
		}
		all.Wait()
		if passed.Load() != 3 {
			t.Errorf("%d files of 3 documents passed a quota of 10", passed.Load())
		}
		b.must(b.db.Read(t.Context(), func(r store.Reader) error {
			today, month, err := b.room.Used(r, 1, calendar.MustDay("2026-11-23"))
			if today != 9 || month != 0 {
				t.Errorf("used %d today, %d in the month", today, month)
			}
			return err
		}))
	})
}

func TestAmendedTermsAreRecorded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		b.must(b.grant(limited(permit.Quota{PerDay: 10}), 1))
		b.use(request, "2026-11-23", 10)
		wider := limited(permit.Quota{PerDay: 12, PerMonth: 200})
		b.must(b.do(func(tx store.Tx) error { return b.room.Amend(tx, wider, act(2)) }))
		if got := b.use(request, "2026-11-23", 2); got != nil {
			t.Errorf("within the new quota: %+v", got)
		}
		var details []string
		b.must(b.db.Read(t.Context(), func(r store.Reader) error {
			p, _, err := b.room.Of(r, 7, filing.DebtExtract)
			if diff := cmp.Diff(wider.Quota, p.Quota); diff != "" || p.Scope != permit.ScopeCollection {
				t.Errorf("scope %q, quota %s", p.Scope, diff)
			}
			all, listErr := b.room.Decisions(r, 1)
			for _, d := range all {
				details = append(details, d.Kind+": "+d.Detail)
			}
			if listErr != nil {
				return listErr
			}
			return err
		}))
		want := []string{
			"grant: from 2026-11-01, scope collection, 10 documents a day",
			"amend: from 2026-11-01, scope collection, 12 documents a day, 200 documents a month",
		}
		if diff := cmp.Diff(want, details); diff != "" {
			t.Error(diff)
		}
	})
}
