package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Ledger is an open book. It is safe for use by many goroutines.
type Ledger struct {
	db  *sql.DB
	now func() time.Time
}

// Open opens the book at the path, and begins a new one where there is none.
// A book of an earlier edition is brought up to date; one of a later is
// ErrNewer.
// now tells the time that is noted at each step.
func Open(ctx context.Context, path string, now func() time.Time) (*Ledger, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=cache_size(-65536)&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	db.SetMaxOpenConns(1)
	l := &Ledger{db: db, now: now}
	if err := l.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("ledger %s cannot be opened: %w", path, err), db.Close())
	}
	return l, nil
}

// Close closes the book.
func (l *Ledger) Close() error { return l.db.Close() }

// do runs f in one transaction.
func (l *Ledger) do(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (l *Ledger) stamp() string { return l.now().UTC().Format(time.RFC3339) }
