package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

const (
	// maxGroup and groupTime end the growth of a group; the commit follows.
	maxGroup  = 256
	groupTime = 10 * time.Millisecond
)

// writer owns SQLite's one writing connection. Its goroutine gathers what
// stands in the queue into one transaction, a savepoint a request, so that many
// callers share one fsync. Bulk work has a transaction of its own.
type writer struct {
	queue *queue
	pool  *sql.DB
	log   *slog.Logger
	tally tally
	ended chan struct{}

	session *session // the goroutine's; nil after it broke
}

func startWriter(s *session, pool *sql.DB, log *slog.Logger) *writer {
	w := &writer{queue: newQueue(), pool: pool, log: log, ended: make(chan struct{}), session: s}
	go w.serve()
	return w
}

// do queues fn and waits for its outcome. Once the writer has taken it, the
// outcome is waited for even if ctx ends: it may be in the commit.
func (w *writer) do(ctx context.Context, l lane, fn func(Tx) error) error {
	r := &request{ctx: ctx, fn: fn, lane: l, queued: time.Now(), done: make(chan error, 1)}
	if err := w.queue.add(r); err != nil {
		return err
	}
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
	}
	if r.taken.CompareAndSwap(false, true) {
		return ctx.Err()
	}
	return <-r.done
}

// close waits until all that was queued is done. It reports whether this call
// did it.
func (w *writer) close() bool {
	first := w.queue.close()
	<-w.ended
	return first
}

func (w *writer) serve() {
	for {
		r := w.queue.next()
		if r == nil {
			break
		}
		w.group(r)
	}
	if w.session != nil {
		w.session.forget()
		w.session.conn.Close()
	}
	close(w.ended)
}

// group is one transaction: first and whoever can join it.
func (w *writer) group(first *request) {
	start := time.Now()
	var members []*request
	// A closure may end this goroutine (a test's FailNow). The group is then
	// undone and another goroutine takes over.
	finished := false
	defer func() {
		if !finished {
			w.fail(members, errors.New("a closure ended its goroutine"))
			go w.serve()
		}
	}()
	err := w.begin()
	for r := first; r != nil; r = w.more(first, len(members), start) {
		if !r.taken.CompareAndSwap(false, true) {
			continue
		}
		members = append(members, r)
		if err == nil {
			err = w.run(r)
		}
		if err != nil {
			break
		}
	}
	if err == nil {
		err = w.session.do(context.Background(), "COMMIT")
	}
	finished = true
	if err != nil {
		w.fail(members, err)
		return
	}
	w.tally.group(len(members), time.Since(start))
	settle(members, nil)
}

// more finds the next member, or nil when the group should commit.
func (w *writer) more(first *request, n int, start time.Time) *request {
	if first.lane == laneLast || n >= maxGroup || time.Since(start) > groupTime {
		return nil
	}
	return w.queue.join(n)
}

// begin opens the transaction, on a new connection if the last one broke.
func (w *writer) begin() error {
	if w.session == nil {
		s, err := newSession(context.Background(), w.pool)
		if err != nil {
			return err
		}
		w.session = s
	}
	return w.session.do(context.Background(), "BEGIN IMMEDIATE")
}

// bounds are the statements around one request.
type bounds struct{ before, undo, after []string }

// boundsOf gives r its savepoint. Bulk work, which shares its transaction with
// nobody, has none: SQLite copies every page that it might have to restore, and
// goes through the copies at the end of every statement.
func boundsOf(r *request) bounds {
	if r.lane == laneLast {
		return bounds{undo: []string{"ROLLBACK", "BEGIN IMMEDIATE"}}
	}
	return bounds{[]string{"SAVEPOINT request"}, []string{"ROLLBACK TO request"}, []string{"RELEASE request"}}
}

// run lets r do its work, and undoes it if r fails. The error it returns is the
// group's; that of the closure is kept in r.
func (w *writer) run(r *request) error {
	start := time.Now()
	ctx := context.WithoutCancel(r.ctx)
	b := boundsOf(r)
	if err := w.session.do(ctx, b.before...); err != nil {
		return err
	}
	tx := &sqliteTx{statements{ctx: context.WithValue(ctx, inside{}, true), run: w.session, engine: SQLite}}
	r.err = tx.end(guarded[Tx](tx, r.fn))
	if r.err == nil {
		r.err = r.ctx.Err()
	}
	w.ran(r, start)
	if r.err != nil {
		if err := w.session.do(ctx, b.undo...); err != nil {
			return errors.Join(err, r.err)
		}
	}
	return w.session.do(ctx, b.after...)
}

func (w *writer) ran(r *request, start time.Time) {
	held := time.Since(start)
	w.tally.ran(start.Sub(r.queued), held, r.err != nil)
	if held > MaxHold {
		w.log.Warn("a write held the writer too long", "held", held, "limit", MaxHold)
	}
}

// fail undoes the group. The connection is replaced: after a failed commit its
// state is not to be trusted.
func (w *writer) fail(members []*request, cause error) {
	if w.session != nil {
		_ = w.session.do(context.Background(), "ROLLBACK")
		w.session.discard()
		w.session = nil
	}
	w.tally.failed(members)
	settle(members, fmt.Errorf("%w: %w", ErrCommit, cause))
}

// settle tells every member its own error, or else that of the group.
func settle(members []*request, group error) {
	for _, r := range members {
		if r.err != nil {
			r.done <- r.err
			continue
		}
		r.done <- group
	}
}
