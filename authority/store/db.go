package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// DB is an open database. All methods are safe for concurrent use.
type DB struct {
	engine  Engine
	backend backend

	mu  sync.Mutex
	ids map[string]*IDs
}

// backend is what the engines do differently.
type backend interface {
	do(ctx context.Context, lane lane, fn func(Tx) error) error
	read(ctx context.Context, fn func(Reader) error) error
	maintain(ctx context.Context, fn func(*sql.DB) error) error
	backup(ctx context.Context, path string) error
	stats() Stats
	close() error
}

// lane is the place of a write in the queue for SQLite's one writer.
type lane int

const (
	laneFirst lane = iota
	laneNormal
	laneLast
	lanes
)

// inside marks the context of a running closure, so that a nested write is
// refused instead of waiting for itself.
type inside struct{}

// ErrNested is returned by a write started from within the closure of another.
var ErrNested = errors.New("store: a write was started inside the closure of another; use the Tx at hand")

func newDB(engine Engine, b backend) *DB {
	return &DB{engine: engine, backend: b, ids: map[string]*IDs{}}
}

// Engine tells which engine is behind the database.
func (db *DB) Engine() Engine { return db.engine }

// Do runs fn in one write transaction and returns once it is durable.
//
// fn may run twice, must do no I/O of its own, read no clock and start no other
// write. An error from fn undoes its work and is returned as it is; a panic in
// fn is returned as a [*PanicError]. If ctx ends before fn was started, fn is
// not run; if it ends while fn runs, its work is undone.
//
// On SQLite many calls share one commit; if that fails, all of them get an
// error wrapping [ErrCommit]. On PostgreSQL serialization failures, deadlocks
// and connections lost before the commit are tried again a few times; a
// connection lost during the commit gives an error wrapping
// [ErrOutcomeUnknown].
func (db *DB) Do(ctx context.Context, fn func(Tx) error) error {
	return db.write(ctx, laneNormal, fn)
}

// DoFirst is Do for receipts: on SQLite it goes before all other writes.
func (db *DB) DoFirst(ctx context.Context, fn func(Tx) error) error {
	return db.write(ctx, laneFirst, fn)
}

// DoLast is Do for bulk work such as an evening's chunks: on SQLite it goes
// when nothing else waits, or has waited for 100 ms, and is committed alone.
func (db *DB) DoLast(ctx context.Context, fn func(Tx) error) error {
	return db.write(ctx, laneLast, fn)
}

// DoInChunks does bulk work as with DoLast, a chunk in each transaction, until
// less than a whole one is left, and returns how much was done. The function does
// one chunk and returns its size.
func (db *DB) DoInChunks(ctx context.Context, chunk int64, fn func(Tx) (int64, error)) (all int64, err error) {
	for n := chunk; n >= chunk; all += n {
		err := db.DoLast(ctx, func(tx Tx) (err error) {
			n, err = fn(tx)
			return err
		})
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

func (db *DB) write(ctx context.Context, l lane, fn func(Tx) error) error {
	if ctx.Value(inside{}) != nil {
		return ErrNested
	}
	return db.backend.do(ctx, l, fn)
}

// Read runs fn over one snapshot of the database. It takes no locks and on
// SQLite never stands behind the writer. fn may run twice.
func (db *DB) Read(ctx context.Context, fn func(Reader) error) error {
	return db.backend.read(ctx, fn)
}

// Maintain hands fn a plain connection pool of at most one connection beside
// the writer, for migrations and offline checks. It is no way around Do.
func (db *DB) Maintain(ctx context.Context, fn func(*sql.DB) error) error {
	return db.backend.maintain(ctx, fn)
}

// Backup writes a consistent copy of an SQLite database to path, which must
// not exist, while writes go on. The copy is durable when Backup returns.
func (db *DB) Backup(ctx context.Context, path string) error {
	return db.backend.backup(ctx, path)
}

// Stats tells how writes have fared since the database was opened.
func (db *DB) Stats() Stats { return db.backend.stats() }

// Close waits for writes already accepted and closes the database. Later calls
// of Do return [ErrClosed].
func (db *DB) Close() error { return db.backend.close() }
