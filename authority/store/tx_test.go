package store_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

// The engines differ in what a transaction stands after an error and while rows
// are open; these tests hold them to the stricter of the two.

func TestAFailedStatementSpendsTheTransaction(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		err := db.Do(t.Context(), func(tx store.Tx) error {
			if err := insert(1, "a")(tx); err != nil {
				return err
			}
			if err := insert(2, "a")(tx); err == nil {
				t.Error("a second row with the same text")
			}
			if err := insert(3, "c")(tx); !errors.Is(err, store.ErrSpent) {
				t.Errorf("a statement after a failed one: %v", err)
			}
			return nil
		})
		if c, ok := store.IsUnique(err); !ok || c != "note(text)" || !errors.Is(err, store.ErrSpent) {
			t.Errorf("the failure passed over came back as %v", err)
		}
		if n := count(t, db); n != 0 {
			t.Errorf("%d rows kept", n)
		}
	})
}

func TestAFailureFoundWhileScanningSpendsTheTransaction(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		err := db.Do(t.Context(), func(tx store.Tx) error {
			var id int64
			for _, text := range []string{"a", "b"} {
				_ = tx.QueryRow(`INSERT INTO note (id, text) VALUES (1, $1) RETURNING id`, text).Scan(&id)
			}
			return nil
		})
		if c, ok := store.IsUnique(err); !ok || c != "note(id)" {
			t.Errorf("got %v", err)
		}
	})
}

func TestNoStatementWhileRowsAreOpen(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote, `INSERT INTO note VALUES (1, 'a'), (2, 'b')`)
		err := db.Do(t.Context(), func(tx store.Tx) error {
			rows, err := tx.Query(`SELECT id FROM note`)
			if err != nil {
				return err
			}
			for rows.Next() {
				if err := insert(3, "c")(tx); !errors.Is(err, store.ErrRowsOpen) {
					t.Errorf("a statement between rows: %v", err)
				}
			}
			if err := insert(3, "c")(tx); err != nil {
				return err
			}
			_, err = tx.Query(`SELECT id FROM note`) // left open on purpose
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if n := count(t, db); n != 3 {
			t.Errorf("%d rows, want 3", n)
		}
	})
}

func TestASpentTransactionDoesNothing(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		var kept store.Tx
		if err := db.Do(t.Context(), func(tx store.Tx) error { kept = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		if err := insert(1, "late")(kept); !errors.Is(err, store.ErrSpent) {
			t.Errorf("a statement after the end: %v", err)
		}
	})
}

func TestConstraintsHaveOneNameOnBothEngines(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		statement, unique string
		foreign           bool
	}{
		"primary key":   {`INSERT INTO child VALUES (1, 1, 'x', 'y')`, "child(id)", false},
		"two columns":   {`INSERT INTO child VALUES (2, 1, 'a', 'b')`, "child(name,kind)", false},
		"foreign key":   {`INSERT INTO child VALUES (3, 99, 'c', 'd')`, "", true},
		"parent in use": {`DELETE FROM parent`, "", true},
		"not null":      {`INSERT INTO child VALUES (4, 1, NULL, 'b')`, "", false},
	}
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db,
			`CREATE TABLE parent (id BIGINT PRIMARY KEY)`,
			`CREATE TABLE child (id BIGINT PRIMARY KEY, parent BIGINT NOT NULL REFERENCES parent (id), name TEXT NOT NULL, kind TEXT)`,
			`CREATE UNIQUE INDEX child_name ON child (name, kind)`,
			`INSERT INTO parent VALUES (1)`,
			`INSERT INTO child VALUES (1, 1, 'a', 'b')`)
		for name, tt := range tests {
			err := db.Do(t.Context(), func(tx store.Tx) error {
				_, err := tx.Exec(tt.statement)
				return err
			})
			unique, ok := store.IsUnique(err)
			if err == nil || unique != tt.unique || ok != (tt.unique != "") || store.IsForeignKey(err) != tt.foreign {
				t.Errorf("%s: unique %q %t, foreign %t: %v", name, unique, ok, store.IsForeignKey(err), err)
			}
		}
	})
}

func TestPanicsAndEndedGoroutines(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		err := db.Do(t.Context(), func(tx store.Tx) error {
			if err := insert(1, "a")(tx); err != nil {
				return err
			}
			panic("at the disco")
		})
		if p, ok := errors.AsType[*store.PanicError](err); !ok || p.Value != "at the disco" || len(p.Stack) == 0 {
			t.Errorf("the panic came back as %v", err)
		}
		err = db.Read(t.Context(), func(store.Reader) error { panic("in a read") })
		if p, ok := errors.AsType[*store.PanicError](err); !ok || p.Value != "in a read" {
			t.Errorf("the read's panic came back as %v", err)
		}
		ended := make(chan error, 1)
		go func() {
			err := errors.New("its goroutine ended")
			defer func() { ended <- err }()
			err = db.Do(t.Context(), func(tx store.Tx) error {
				if err := insert(1, "a")(tx); err != nil {
					return err
				}
				runtime.Goexit()
				return nil
			})
		}()
		if err := <-ended; err == nil {
			t.Error("a write that did not finish succeeded")
		}
		if err := db.Do(t.Context(), insert(1, "b")); err != nil {
			t.Errorf("the database does not go on: %v", err)
		}
		if n := count(t, db); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
	})
}

func TestANestedWriteIsRefused(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		err := db.Do(t.Context(), func(tx store.Tx) error {
			return db.Do(tx.Context(), func(store.Tx) error { return nil })
		})
		if !errors.Is(err, store.ErrNested) {
			t.Errorf("got %v", err)
		}
	})
}

func TestCancelling(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Do(ctx, func(tx store.Tx) error {
			err := insert(1, "a")(tx)
			cancel()
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled while it ran: %v", err)
		}
		ran := false
		err = db.Do(ctx, func(store.Tx) error { ran = true; return nil })
		if !errors.Is(err, context.Canceled) || ran {
			t.Errorf("cancelled before: ran %t, %v", ran, err)
		}
		if err := db.Read(ctx, func(store.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled read: %v", err)
		}
		if n := count(t, db); n != 0 {
			t.Errorf("%d rows kept", n)
		}
	})
}

// A counter read, then written, is the smallest rule over a guard row.
func TestTheGuardRowOrdersWriters(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, `CREATE TABLE guard (id BIGINT PRIMARY KEY, n BIGINT)`, `INSERT INTO guard VALUES (1, 0)`)
		step := func(tx store.Tx) error {
			var n int64
			if err := tx.LockRow(`SELECT n FROM guard WHERE id = $1`, 1).Scan(&n); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE guard SET n = $1 WHERE id = 1`, n+1)
			return err
		}
		const writers, each = 8, 10
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					if err := db.Do(t.Context(), step); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		var n int
		err := db.Read(t.Context(), func(r store.Reader) error {
			return r.QueryRow(`SELECT n FROM guard`).Scan(&n)
		})
		if err != nil || n != writers*each {
			t.Errorf("counted %d, want %d: %v", n, writers*each, err)
		}
	})
}

func TestAfterClose(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		for range 2 {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := db.Do(ctx, insert(1, "a")); !errors.Is(err, store.ErrClosed) {
			t.Errorf("a write: %v", err)
		}
		if err := db.Read(ctx, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrClosed) {
			t.Errorf("a read: %v", err)
		}
	})
}
