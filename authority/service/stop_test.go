package service_test

import (
	"testing"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
)

// A stop is kept with its guard, and both go in time; the guard of a file of
// which nothing is stopped goes at once.
func TestStopsArePurged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		stops := service.NewStops(db, nil)
		stopped := func(file int64) (n int) {
			t.Helper()
			write(t, db, func(tx store.Tx) error {
				all, err := stops.Take(tx, file)
				n = len(all)
				return err
			})
			return n
		}
		guards := func() (n int) {
			t.Helper()
			write(t, db, func(tx store.Tx) error { return tx.QueryRow(`SELECT COUNT(*) FROM service_gate`).Scan(&n) })
			return n
		}
		const untouched, once, twice = 1, 2, 3
		order := func(file int64, day, reference string) {
			t.Helper()
			err := stops.Order(t.Context(), service.Stop{File: file, References: []string{reference}, At: calendar.MustDay(day).At(9, 0),
				By: service.Officer{Name: "A. Handläggare", Reason: "prov"}}, "service_stop", func(store.Tx) error { return nil })
			if err != nil {
				t.Fatal(err)
			}
		}
		order(once, "2025-01-02", "A")
		order(twice, "2025-01-02", "A")
		order(twice, "2025-02-03", "B")
		for _, step := range []struct {
			before              string
			once, twice, guards int
		}{
			{"2025-01-02", 1, 2, 2},
			{"2025-01-03", 0, 1, 1},
			{"2025-02-04", 0, 0, 0},
		} {
			if n := stopped(untouched); n != 0 {
				t.Errorf("%d lines are stopped of a file that nobody stopped", n)
			}
			write(t, db, func(tx store.Tx) error { return stops.Purge(tx, calendar.MustDay(step.before)) })
			if n := guards(); n != step.guards {
				t.Errorf("before %s: %d guards are kept, want %d", step.before, n, step.guards)
			}
			if got := [2]int{stopped(once), stopped(twice)}; got != [2]int{step.once, step.twice} {
				t.Errorf("before %s: stopped are %v", step.before, got)
			}
		}
	})
}
