package store_test

import (
	"errors"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

func TestOneRowChanged(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		errOther := errors.New("not one")
		for name, test := range map[string]struct {
			last    int64
			changed int64
			want    error
		}{
			"none": {0, 0, errOther},
			"one":  {1, 1, nil},
			"two":  {2, 2, errOther},
		} {
			err := db.Do(t.Context(), func(tx store.Tx) error {
				if err := errors.Join(insert(1, "a")(tx), insert(2, "b")(tx)); err != nil {
					return err
				}
				const touch = `UPDATE note SET text = text WHERE id <= $1`
				if n, err := store.Changed(tx.Exec(touch, test.last)); n != test.changed || err != nil {
					t.Errorf("%s: %d rows changed, %v", name, n, err)
				}
				if err := store.One(errOther)(tx.Exec(touch, test.last)); !errors.Is(err, test.want) {
					t.Errorf("%s: %v, want %v", name, err, test.want)
				}
				_, err := store.Changed(tx.Exec(`DELETE FROM note`))
				return err
			})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		err := db.Do(t.Context(), func(tx store.Tx) error {
			return store.One(errOther)(tx.Exec(`UPDATE nowhere SET text = ''`))
		})
		if err == nil || errors.Is(err, errOther) {
			t.Errorf("a failed statement: %v", err)
		}
	})
}
