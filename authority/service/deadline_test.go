package service_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

func deadline(subject int64, kind, due string) service.Deadline {
	return service.Deadline{Service: filing.PaymentOrder, Subject: subject, Kind: kind, Due: calendar.MustDay(due)}
}

func write(t *testing.T, db *store.DB, fn func(tx store.Tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func due(t *testing.T, db *store.DB, day string, after service.Deadline, limit int) (all []service.Deadline) {
	t.Helper()
	err := db.Read(t.Context(), func(r store.Reader) (err error) {
		all, err = service.Deadlines{}.Due(r, calendar.MustDay(day), after, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDeadlinesComeInOrderAndByCursor(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		all := []service.Deadline{
			deadline(2, "answer", "2026-11-23"), deadline(1, "answer", "2026-11-24"),
			deadline(1, "service", "2026-11-23"), deadline(3, "answer", "2026-11-25"),
		}
		write(t, db, func(tx store.Tx) error { return service.Deadlines{}.SetAll(tx, all) })
		want := []service.Deadline{all[2], all[0], all[1]}
		var got []service.Deadline
		for after := (service.Deadline{}); ; after = got[len(got)-1] {
			page := due(t, db, "2026-11-24", after, 1)
			if len(page) == 0 {
				break
			}
			got = append(got, page...)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestDeadlineMovesAndGoes(t *testing.T) {
	t.Parallel()
	first := deadline(1, "answer", "2026-11-23")
	moved := deadline(1, "answer", "2026-12-01")
	other := deadline(1, "service", "2026-11-23")
	for name, test := range map[string]struct {
		act  func(tx store.Tx) error
		want []service.Deadline
	}{
		"set again moves": {func(tx store.Tx) error { return service.Deadlines{}.Set(tx, moved) }, []service.Deadline{other, moved}},
		"cancel one": {func(tx store.Tx) error {
			return service.Deadlines{}.Cancel(tx, filing.PaymentOrder, 1, "answer")
		}, []service.Deadline{other}},
		"cancel all": {func(tx store.Tx) error { return service.Deadlines{}.CancelAll(tx, filing.PaymentOrder, 1) }, nil},
		"cancel all of several": {func(tx store.Tx) error {
			return service.Deadlines{}.CancelAll(tx, filing.PaymentOrder, 7, 1)
		}, nil},
		"cancel all of none": {func(tx store.Tx) error {
			return service.Deadlines{}.CancelAll(tx, filing.PaymentOrder)
		}, []service.Deadline{first, other}},
		"cancel of another service": {func(tx store.Tx) error {
			return service.Deadlines{}.CancelAll(tx, filing.Enforcement, 1)
		}, []service.Deadline{first, other}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, open func() *store.DB) {
				db := open()
				write(t, db, func(tx store.Tx) error { return service.Deadlines{}.SetAll(tx, []service.Deadline{first, other}) })
				write(t, db, test.act)
				if diff := cmp.Diff(test.want, due(t, db, "2026-12-31", service.Deadline{}, 10)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestDeadlineIsTakenOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		d := deadline(1, "answer", "2026-11-23")
		write(t, db, func(tx store.Tx) error { return service.Deadlines{}.Set(tx, d) })
		stale := d
		stale.Due++
		gone := deadline(9, "answer", "2026-11-23")
		for i, want := range []bool{false, true, false} {
			ask := []service.Deadline{stale, d, d}[i]
			var got []service.Deadline
			write(t, db, func(tx store.Tx) (err error) {
				got, err = service.Deadlines{}.Take(tx, []service.Deadline{ask, gone})
				return err
			})
			if (len(got) == 1 && got[0] == ask) != want || len(got) > 1 {
				t.Errorf("take %d gave %v", i, got)
			}
		}
	})
}

func TestNextDeadline(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		next := func() (day calendar.Day, ok bool) {
			err := db.Read(t.Context(), func(r store.Reader) (err error) {
				day, ok, err = service.Deadlines{}.Next(r)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return day, ok
		}
		if day, ok := next(); ok {
			t.Errorf("an empty table has a deadline on %s", day)
		}
		write(t, db, func(tx store.Tx) error {
			return service.Deadlines{}.SetAll(tx, []service.Deadline{deadline(1, "a", "2027-01-02"), deadline(2, "a", "2026-12-31")})
		})
		if day, ok := next(); !ok || day.String() != "2026-12-31" {
			t.Errorf("got %s, %t", day, ok)
		}
	})
}
