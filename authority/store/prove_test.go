package store_test

import (
	"errors"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

func TestProve(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		for want := int64(1); want < 3; want++ {
			if err := db.Prove(t.Context()); err != nil {
				t.Fatal(err)
			}
			err := db.Read(t.Context(), func(r store.Reader) error {
				var number int64
				err := r.QueryRow(`SELECT number FROM store_proof`).Scan(&number)
				if number != want {
					t.Errorf("proof %d, want %d", number, want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		db.Close()
		if err := db.Prove(t.Context()); !errors.Is(err, store.ErrClosed) {
			t.Errorf("proved by a closed database: %v", err)
		}
	})
}
