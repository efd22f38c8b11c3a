package store_test

import (
	"context"
	"errors"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

const createNote = `CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT UNIQUE)`

// execute runs statements in one write.
func execute(t *testing.T, db *store.DB, statements ...string) {
	t.Helper()
	err := db.Do(t.Context(), func(tx store.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func insert(id int64, text string) func(store.Tx) error {
	return func(tx store.Tx) error {
		_, err := tx.Exec(`INSERT INTO note (id, text) VALUES ($1, $2)`, id, text)
		return err
	}
}

func count(t *testing.T, db *store.DB) (n int) {
	t.Helper()
	err := db.Read(context.Background(), func(r store.Reader) error {
		return r.QueryRow(`SELECT count(*) FROM note`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDoKeepsWhatSucceededAndUndoesWhatFailed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		refused := errors.New("refused")
		if err := db.Do(t.Context(), insert(1, "kept")); err != nil {
			t.Fatal(err)
		}
		err := db.Do(t.Context(), func(tx store.Tx) error {
			if err := insert(2, "undone")(tx); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Errorf("the closure's own error came back as %v", err)
		}
		if n := count(t, db); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
	})
}
