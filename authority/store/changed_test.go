package store_test

import (
	"errors"
	"fmt"
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

// TestInChunks: a chunk a transaction until less than a whole one is left; what
// was done before one fails stays done.
func TestInChunks(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		errThird := errors.New("the third chunk fails")
		for rows, want := range map[int64]struct{ done, chunks int64 }{0: {0, 1}, 1: {1, 1}, 2: {2, 2}, 3: {3, 2}, 5: {4, 3}} {
			for id := range rows {
				if err := db.Do(t.Context(), insert(id+1, fmt.Sprint(id))); err != nil {
					t.Fatal(err)
				}
			}
			var chunks int64
			done, err := db.DoInChunks(t.Context(), 2, func(tx store.Tx) (int64, error) {
				if chunks++; chunks == 3 {
					return 0, errThird
				}
				return store.Changed(tx.Exec(`DELETE FROM note WHERE id IN (SELECT id FROM note ORDER BY id LIMIT 2)`))
			})
			if done != want.done || chunks != want.chunks || errors.Is(err, errThird) != (chunks == 3) {
				t.Errorf("%d rows: %d done in %d chunks, %v, wants %+v", rows, done, chunks, err, want)
			}
			execute(t, db, `DELETE FROM note`)
		}
	})
}
