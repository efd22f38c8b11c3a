package store_test

import (
	"errors"
	"sync"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

// seen notes ids and tells of one handed out twice.
type seen struct {
	mu  sync.Mutex
	ids map[int64]bool
}

func (s *seen) add(t *testing.T, first int64, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := first; id < first+int64(n); id++ {
		if id < 1 || s.ids[id] {
			t.Errorf("id %d was handed out twice or is not positive", id)
		}
		s.ids[id] = true
	}
}

func TestIDsAreUniqueAcrossReplicasAndRestarts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		all := &seen{ids: map[int64]bool{}}
		for range 3 {
			db := open()
			replicas := []*store.DB{db}
			if db.Engine() == store.Postgres {
				replicas = append(replicas, open())
			}
			var wg sync.WaitGroup
			for _, db := range replicas {
				for g := range 4 {
					wg.Go(func() { takeIDs(t, db, all, g) })
				}
			}
			wg.Wait()
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// takeIDs takes ids before and within transactions, some of them undone.
func takeIDs(t *testing.T, db *store.DB, all *seen, g int) {
	ids := db.IDs("case")
	undone := errors.New("undone")
	for i := range 40 {
		n := 1 + (i*g*37)%400
		first, err := ids.Next(t.Context(), n)
		if err != nil {
			t.Error(err)
			return
		}
		all.add(t, first, n)
		err = db.Do(t.Context(), func(tx store.Tx) (err error) {
			if first, err = ids.Within(tx, n); err == nil && i%5 == 0 {
				return undone
			}
			return err
		})
		switch {
		case err == nil:
			all.add(t, first, n)
		case !errors.Is(err, undone):
			t.Error(err)
		}
	}
}

func TestIDsOfNone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		if _, err := open().IDs("case").Next(t.Context(), 0); err == nil {
			t.Error("no error for no ids")
		}
	})
}
