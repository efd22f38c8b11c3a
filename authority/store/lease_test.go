package store_test

import (
	"errors"
	"testing"
	"time"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

func TestLease(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db, ctx := open(), t.Context()
		first, err := db.AcquireLease(ctx, "evening", "a", time.Hour)
		if err != nil || first.Fence != 1 {
			t.Fatalf("first: %+v, %v", first, err)
		}
		if left := time.Until(first.Expires); left < 59*time.Minute || left > time.Hour+time.Second {
			t.Errorf("runs out in %v", left)
		}
		for _, holder := range []string{"b", "a"} {
			if _, err := db.AcquireLease(ctx, "evening", holder, time.Hour); !errors.Is(err, store.ErrLeaseHeld) {
				t.Errorf("%s took a held lease: %v", holder, err)
			}
		}
		if first, err = db.RenewLease(ctx, first, time.Microsecond); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Millisecond)
		second, err := db.AcquireLease(ctx, "evening", "b", time.Hour)
		if err != nil || second.Fence != 2 {
			t.Fatalf("after expiry: %+v, %v", second, err)
		}
		if _, err := db.RenewLease(ctx, first, time.Hour); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("renewed a lost lease: %v", err)
		}
		if err := db.Do(ctx, first.Confirm); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("confirmed a lost lease: %v", err)
		}
		if err := db.ReleaseLease(ctx, first); err != nil {
			t.Error(err)
		}
		if err := db.Do(ctx, second.Confirm); err != nil {
			t.Errorf("an earlier holder's release took the lease: %v", err)
		}
		if err := db.ReleaseLease(ctx, second); err != nil {
			t.Error(err)
		}
		if err := db.Do(ctx, second.Confirm); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("confirmed a released lease: %v", err)
		}
		if third, err := db.AcquireLease(ctx, "evening", "a", time.Hour); err != nil || third.Fence != 3 {
			t.Errorf("after release: %+v, %v", third, err)
		}
	})
}

func TestLeaseHasOneHolder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		const n = 8
		errs := make(chan error, n)
		for i := range n {
			go func() {
				_, err := db.AcquireLease(t.Context(), "x", string(rune('a'+i)), time.Hour)
				errs <- err
			}()
		}
		won := 0
		for range n {
			switch err := <-errs; {
			case err == nil:
				won++
			case !errors.Is(err, store.ErrLeaseHeld):
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d holders", won)
		}
	})
}

// TestFreeLeases: where the database is embedded, what a process that died has
// left is free at once; the one who died keeps nothing.
func TestFreeLeases(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db, ctx := open(), t.Context()
		left, err := db.AcquireLease(ctx, "evening", "dead", time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.FreeLeases(ctx); err != nil {
			t.Fatal(err)
		}
		next, err := db.AcquireLease(ctx, "evening", "alive", time.Hour)
		if db.Engine() != store.SQLite {
			if !errors.Is(err, store.ErrLeaseHeld) {
				t.Errorf("a replica's lease was taken: %v", err)
			}
			return
		}
		if err != nil || next.Fence != left.Fence+1 {
			t.Errorf("taken over: %+v, %v", next, err)
		}
		if err := db.Do(ctx, left.Confirm); !errors.Is(err, store.ErrLeaseLost) {
			t.Errorf("the dead confirm: %v", err)
		}
	})
}
