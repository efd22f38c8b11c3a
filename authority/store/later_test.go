package store_test

import (
	"errors"
	"iter"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

// later enters a note by a statement whose answer is not waited for.
func later(tx store.Tx, id int64, text string) error {
	return tx.Later(`INSERT INTO note (id, text) VALUES ($1, $2)`, id, text)
}

// oneNote is a row for CopyIn.
func oneNote(id int64, text string) iter.Seq[[]any] {
	return func(yield func([]any) bool) { yield([]any{id, text}) }
}

func TestLaterRunsInItsOrder(t *testing.T) {
	t.Parallel()
	after := map[string]func(store.Tx) (int64, error){
		"a query": func(tx store.Tx) (n int64, err error) {
			err = tx.QueryRow(`SELECT count(*) FROM note`).Scan(&n)
			return n, err
		},
		"a lock": func(tx store.Tx) (n int64, err error) {
			err = tx.LockRow(`SELECT id FROM note WHERE text = $1`, "b").Scan(&n)
			return n, err
		},
		"another statement": func(tx store.Tx) (int64, error) {
			res, err := tx.Exec(`UPDATE note SET text = text || 'x'`)
			if err != nil {
				return 0, err
			}
			return res.RowsAffected()
		},
		"a copy": func(tx store.Tx) (int64, error) {
			_, err := tx.CopyIn("note", []string{"id", "text"}, oneNote(3, "c"))
			return 2, err
		},
		"nothing": func(store.Tx) (int64, error) { return 2, nil },
	}
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		for name, then := range after {
			execute(t, db, `DELETE FROM note`)
			err := db.Do(t.Context(), func(tx store.Tx) error {
				err := errors.Join(later(tx, 1, "a"), later(tx, 2, "b"))
				if err != nil {
					return err
				}
				if n, err := then(tx); err != nil || n != 2 {
					t.Errorf("%s met %d: %v", name, n, err)
				}
				return nil
			})
			if n := count(t, db); err != nil || n < 2 {
				t.Errorf("%s: %d rows are kept: %v", name, n, err)
			}
		}
	})
}

func TestAFailureOfLaterUndoesTheTransaction(t *testing.T) {
	t.Parallel()
	then := map[string]func(store.Tx) error{
		"nothing": func(store.Tx) error { return nil },
		"a query": func(tx store.Tx) (err error) {
			var n int
			return tx.QueryRow(`SELECT count(*) FROM note`).Scan(&n)
		},
		"another statement": insert(4, "d"),
		"a copy": func(tx store.Tx) error {
			_, err := tx.CopyIn("note", []string{"id", "text"}, oneNote(4, "d"))
			return err
		},
		"one passed over": func(tx store.Tx) error {
			_ = insert(4, "d")(tx)
			return nil
		},
	}
	for _, first := range []bool{false, true} {
		storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
			db := open()
			execute(t, db, createNote)
			for name, next := range then {
				err := db.Do(t.Context(), func(tx store.Tx) error {
					if first {
						if err := insert(1, "a")(tx); err != nil {
							return err
						}
					}
					if err := errors.Join(later(tx, 2, "b"), later(tx, 3, "b")); err != nil {
						return err
					}
					return next(tx)
				})
				if c, ok := store.IsUnique(err); !ok || c != "note(text)" {
					t.Errorf("%s: the failure came back as %v", name, err)
				}
				if n := count(t, db); n != 0 {
					t.Errorf("%s: %d rows are kept", name, n)
				}
			}
		})
	}
}

func TestLaterAfterTheEnd(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		var kept store.Tx
		err := db.Do(t.Context(), func(tx store.Tx) error {
			kept = tx
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := later(kept, 1, "a"); !errors.Is(err, store.ErrSpent) {
			t.Errorf("a spent transaction took a statement: %v", err)
		}
	})
}

// What goes with the COMMIT in one message is of unknown outcome when the
// answer is lost, whether the server got it or not.
func TestALostConnectionWithHeldStatements(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		after bool
		rows  int
	}{{"before", false, 0}, {"after", true, 2}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			db, r := relayed(t)
			runs := 0
			work := func(word string) error {
				return db.Do(t.Context(), func(tx store.Tx) error {
					runs++
					if err := insert(1, "first")(tx); err != nil {
						return err
					}
					return later(tx, 2, word)
				})
			}
			if err := work("statements are prepared"); err != nil {
				t.Fatal(err)
			}
			execute(t, db, `DELETE FROM note`)
			r.cut.Store(&cut{word: []byte("held line"), after: tt.after})
			runs = 0
			if err := work("held line"); !errors.Is(err, store.ErrOutcomeUnknown) || runs != 1 {
				t.Errorf("ran %d times: %v", runs, err)
			}
			if n := count(t, db); n != tt.rows {
				t.Errorf("%d rows, want %d", n, tt.rows)
			}
		})
	}
}
