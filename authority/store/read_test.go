package store_test

import (
	"testing"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

func TestAReadIsOneSnapshotAndWaitsForNoWriter(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote, `INSERT INTO note VALUES (1, 'a')`)
		err := db.Read(t.Context(), func(r store.Reader) error {
			if _, writes := r.(store.Tx); writes {
				t.Error("a snapshot can be taken for a transaction that writes")
			}
			var before, after int
			if err := r.QueryRow(`SELECT count(*) FROM note`).Scan(&before); err != nil {
				return err
			}
			if err := db.Do(t.Context(), insert(2, "b")); err != nil {
				return err
			}
			if err := r.QueryRow(`SELECT count(*) FROM note`).Scan(&after); err != nil {
				return err
			}
			if before != 1 || after != 1 {
				t.Errorf("%d rows, then %d", before, after)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		err = db.Do(t.Context(), func(tx store.Tx) error {
			if err := insert(3, "c")(tx); err != nil {
				return err
			}
			if n := count(t, db); n != 2 {
				t.Errorf("%d rows seen beside an open write, want 2", n)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestAReadCannotWrite(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		err := db.Read(t.Context(), func(r store.Reader) error {
			var id int64
			return r.QueryRow(`INSERT INTO note (id) VALUES (1) RETURNING id`).Scan(&id)
		})
		if err == nil || count(t, db) != 0 {
			t.Errorf("a read wrote: %v", err)
		}
	})
}
