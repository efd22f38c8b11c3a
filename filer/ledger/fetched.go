package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"filtjanst/filing"
)

// Fetched is one file that came from the authority.
type Fetched struct {
	ID          int64
	Address     string // outbox it was fetched from
	Tx          string // SHS tx.id, or the name on e-transport
	Transaction filing.Transaction
	Path        string
	Digest      string
}

// Saved notes that a file was fetched and stands on disk. It is noted before
// the other side is told, so that a crash in between fetches nothing anew.
func (l *Ledger) Saved(ctx context.Context, f Fetched) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO fetched (address, tx, kind, path, digest, saved) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (address, tx) DO NOTHING`, f.Address, f.Tx, f.Transaction, f.Path, f.Digest, l.stamp())
	return err
}

// HasFetched tells whether the message was saved before.
func (l *Ledger) HasFetched(ctx context.Context, address, tx string) (bool, error) {
	var n int
	err := l.db.QueryRowContext(ctx, `SELECT count(*) FROM fetched WHERE address = $1 AND tx = $2`, address, tx).Scan(&n)
	return n > 0, err
}

// Acked notes that the other side was told that the message is here.
func (l *Ledger) Acked(ctx context.Context, address, tx string) error {
	_, err := l.db.ExecContext(ctx, `UPDATE fetched SET acked = 1 WHERE address = $1 AND tx = $2`, address, tx)
	return err
}

// Unacked returns the messages of an outbox that are saved but of which the
// other side was not told.
func (l *Ledger) Unacked(ctx context.Context, address string) ([]Fetched, error) {
	return l.fetched(ctx, `address = $1 AND acked = 0`, address)
}

// Unmatched returns the files that were saved but not taken into the book.
func (l *Ledger) Unmatched(ctx context.Context) ([]Fetched, error) {
	return l.fetched(ctx, `matched = 0`)
}

func (l *Ledger) fetched(ctx context.Context, where string, args ...any) ([]Fetched, error) {
	return collect(ctx, l.db, func(rows *sql.Rows) (f Fetched, err error) {
		return f, rows.Scan(&f.ID, &f.Address, &f.Tx, &f.Transaction, &f.Path, &f.Digest)
	}, `SELECT id, address, tx, kind, path, digest FROM fetched WHERE `+where+` ORDER BY id`, args...)
}

// partMark parts the id of a message from the number of one of its parts.
const partMark = "#"

// PartID is the id in the book of a part of a message after its first.
func PartID(tx string, part int) string { return fmt.Sprintf("%s%s%d", tx, partMark, part) }

// IsPart tells whether it is a part of a message after its first, which is
// not acknowledged by itself.
func (f Fetched) IsPart() bool { return strings.Contains(f.Tx, partMark) }
