package clock_test

import (
	"errors"
	"testing"
	"time"

	"filtjanst/authority/clock"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func TestWatch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		for i, step := range []struct {
			at   time.Time
			want error
		}{
			{monday, nil},
			{monday.Add(time.Hour), nil},
			{monday.Add(time.Hour - clock.Tolerance), nil},
			{monday.Add(time.Hour - clock.Tolerance - time.Second), clock.ErrBackwards},
			{monday, clock.ErrBackwards},
			{monday.Add(2 * time.Hour), nil},
		} {
			if err := clock.Watch(t.Context(), db, step.at); !errors.Is(err, step.want) {
				t.Errorf("step %d: got %v, want %v", i, err, step.want)
			}
		}
		if _, err := clock.Hold(t.Context(), db, monday); !errors.Is(err, clock.ErrKind) {
			t.Errorf("a world of the machine's clock was held: %v", err)
		}
	})
}

func TestHeldStandsWhereItWasLeft(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		c := hold(t, db, monday)
		if err := c.Move(t.Context(), monday.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := c.Move(t.Context(), monday); !errors.Is(err, clock.ErrBackwards) {
			t.Errorf("it was set back: %v", err)
		}
		again := hold(t, db, monday.Add(-time.Hour))
		if got := again.Now(); !got.Equal(monday.Add(time.Hour)) {
			t.Errorf("after a restart it shows %s", got)
		}
		if err := clock.Watch(t.Context(), db, monday); !errors.Is(err, clock.ErrKind) {
			t.Errorf("a held world took the machine's clock: %v", err)
		}
	})
}

func TestHeldIsMovedByOneAtATime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		one, other := hold(t, db, monday), hold(t, db, monday)
		if err := one.Move(t.Context(), monday.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := other.Move(t.Context(), monday.Add(time.Minute)); !errors.Is(err, clock.ErrMoved) {
			t.Errorf("got %v", err)
		}
		if got := other.Now(); !got.Equal(monday.Add(time.Hour)) {
			t.Errorf("the other shows %s", got)
		}
	})
}

func hold(t *testing.T, db *store.DB, begin time.Time) *clock.Held {
	t.Helper()
	c, err := clock.Hold(t.Context(), db, begin)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
