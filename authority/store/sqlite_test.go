package store_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"filtjanst/authority/store"
)

func openDir(t testing.TB, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), store.Config{Engine: store.SQLite, Dir: dir, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// queued runs a test on a clock that stands still while anything moves: a group
// holds what was queued before it, and nothing grows old, on a slow machine too.
// [synctest.Wait] returns when all that was begun stands in the queue.
func queued(t *testing.T, test func(*testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

// hold occupies the writer until the returned function is called, so that what
// is written meanwhile stands in the queue.
func hold(t *testing.T, db *store.DB) (release func()) {
	t.Helper()
	running, let := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := db.DoLast(context.Background(), func(store.Tx) error {
			close(running)
			<-let
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-running
	return func() { close(let); wg.Wait() }
}

func TestGroupSharesACommitButNotErrors(t *testing.T) {
	queued(t, func(t *testing.T) {
		db := openDir(t, t.TempDir())
		execute(t, db, createNote)
		before := db.Stats()
		release := hold(t, db)
		const n = 60
		errs := make([]error, n)
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() { errs[i] = db.Do(t.Context(), insert(int64(i/2), strconv.Itoa(i))) })
		}
		time.Sleep(20 * time.Millisecond)
		release()
		wg.Wait()
		failed := 0
		for _, err := range errs {
			if c, ok := store.IsUnique(err); ok && c == "note(id)" {
				failed++
			} else if err != nil {
				t.Error(err)
			}
		}
		if failed != n/2 || count(t, db) != n/2 {
			t.Errorf("%d failed and %d were kept of %d", failed, count(t, db), n)
		}
		after := db.Stats()
		if groups := after.Groups - before.Groups; groups > n/4 {
			t.Errorf("%d commits for %d writes", groups, n)
		}
		if after.LargestGroup < 2 || after.LongestWait == 0 || after.LongestHold < 20*time.Millisecond || after.Failed != n/2 {
			t.Errorf("stats: %+v", after)
		}
	})
}

func TestLanes(t *testing.T) {
	queued(t, func(t *testing.T) {
		db := openDir(t, t.TempDir())
		release := hold(t, db)
		var mu sync.Mutex
		var order []string
		var wg sync.WaitGroup
		add := func(do func(context.Context, func(store.Tx) error) error, name string) {
			wg.Go(func() {
				err := do(t.Context(), func(store.Tx) error {
					mu.Lock()
					defer mu.Unlock()
					order = append(order, name)
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		add(db.DoLast, "last")
		add(db.Do, "normal")
		add(db.DoFirst, "first")
		release()
		wg.Wait()
		if got := strings.Join(order, " "); got != "first normal last" {
			t.Errorf("order: %s", got)
		}
	})
}

func TestBulkWorkIsNotStarved(t *testing.T) {
	t.Parallel()
	db := openDir(t, t.TempDir())
	stop := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(stop)
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					db.DoFirst(context.Background(), func(store.Tx) error { return nil })
				}
			}
		})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for range 3 {
		if err := db.DoLast(ctx, func(store.Tx) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAbandonedInTheQueueIsNotRun(t *testing.T) {
	queued(t, func(t *testing.T) {
		db := openDir(t, t.TempDir())
		release := hold(t, db)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		ran := false
		if err := db.Do(ctx, func(store.Tx) error { ran = true; return nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		release()
		if err := db.Close(); err != nil || ran {
			t.Errorf("ran %t, %v", ran, err)
		}
	})
}

func TestCloseServesWhatIsQueued(t *testing.T) {
	queued(t, func(t *testing.T) {
		dir := t.TempDir()
		db := openDir(t, dir)
		execute(t, db, createNote)
		release := hold(t, db)
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				if err := db.Do(context.Background(), insert(int64(i), strconv.Itoa(i))); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		wg.Go(func() { db.Close() })
		synctest.Wait()
		release()
		wg.Wait()
		if n := count(t, openDir(t, dir)); n != 20 {
			t.Errorf("%d of 20 are kept", n)
		}
	})
}

// A statement that rolls the whole transaction back behind the writer's back
// takes the group with it, and the writer goes on.
func TestABrokenGroupFailsWhole(t *testing.T) {
	queued(t, func(t *testing.T) {
		db := openDir(t, t.TempDir())
		execute(t, db, createNote)
		release := hold(t, db)
		errs := make([]error, 3)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = db.Do(context.Background(), func(tx store.Tx) error {
					if i < 2 {
						return insert(int64(i), strconv.Itoa(i))(tx)
					}
					_, err := tx.Exec(`ROLLBACK`)
					return err
				})
			})
			synctest.Wait()
		}
		release()
		wg.Wait()
		for i, err := range errs {
			if !errors.Is(err, store.ErrCommit) {
				t.Errorf("member %d: %v", i, err)
			}
		}
		if n := count(t, db); n != 0 {
			t.Errorf("%d rows are kept", n)
		}
		if err := db.Do(t.Context(), insert(9, "after")); err != nil {
			t.Error(err)
		}
	})
}

// Bulk work has no savepoint to go back to: what fails is undone with its
// transaction, and the writer goes on.
func TestBulkWorkThatFailsIsUndone(t *testing.T) {
	t.Parallel()
	errFailed := errors.New("failed")
	for name, test := range map[string]struct {
		end  func(tx store.Tx) error
		want func(error) bool
	}{
		"error":       {func(store.Tx) error { return errFailed }, func(err error) bool { return errors.Is(err, errFailed) }},
		"statement":   {insert(1, "again"), func(err error) bool { _, unique := store.IsUnique(err); return unique }},
		"panic":       {func(store.Tx) error { panic("x") }, func(err error) bool { _, ok := errors.AsType[*store.PanicError](err); return ok }},
		"rolled back": {func(tx store.Tx) error { _, err := tx.Exec(`ROLLBACK`); return err }, func(err error) bool { return errors.Is(err, store.ErrCommit) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := openDir(t, t.TempDir())
			execute(t, db, createNote)
			err := db.DoLast(t.Context(), func(tx store.Tx) error {
				if err := insert(1, "bulk")(tx); err != nil {
					return err
				}
				return test.end(tx)
			})
			if !test.want(err) || count(t, db) != 0 {
				t.Errorf("%v, %d rows are kept", err, count(t, db))
			}
			if err := db.DoLast(t.Context(), insert(1, "after")); err != nil || count(t, db) != 1 {
				t.Errorf("the next: %v, %d rows are kept", err, count(t, db))
			}
		})
	}
}
