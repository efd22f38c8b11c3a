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

// Matched notes that what a fetched file says was taken into the book.
func (l *Ledger) Matched(ctx context.Context, address, tx string) error {
	_, err := l.db.ExecContext(ctx, `UPDATE fetched SET matched = 1 WHERE address = $1 AND tx = $2`, address, tx)
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
	rows, err := l.db.QueryContext(ctx, `SELECT address, tx, kind, path, digest FROM fetched WHERE `+where+` ORDER BY saved, tx`, args...)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	defer rows.Close()
	var list []Fetched
	for rows.Next() {
		var f Fetched
		if err := rows.Scan(&f.Address, &f.Tx, &f.Transaction, &f.Path, &f.Digest); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// Story is what the book knows of one own reference, oldest file first.
type Story struct {
	File     File     `json:"file"`
	Document Document `json:"document"`
}

// Stories returns every file in which the reference stands.
func (l *Ledger) Stories(ctx context.Context, reference string) ([]Story, error) {
	places, err := l.places(ctx, reference)
	if err != nil {
		return nil, err
	}
	stories := make([]Story, 0, len(places))
	for _, p := range places {
		s, err := l.story(ctx, p.file, p.position)
		if err != nil {
			return nil, err
		}
		stories = append(stories, s)
	}
	return stories, nil
}

// place is where a document stands.
type place struct{ file, position int64 }

func (l *Ledger) places(ctx context.Context, reference string) ([]place, error) {
	rows, err := l.db.QueryContext(ctx, `SELECT file_id, position FROM document WHERE reference = $1 ORDER BY file_id`, reference)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	defer rows.Close()
	var places []place
	for rows.Next() {
		var p place
		if err := rows.Scan(&p.file, &p.position); err != nil {
			return nil, err
		}
		places = append(places, p)
	}
	return places, rows.Err()
}

func (l *Ledger) story(ctx context.Context, file, position int64) (Story, error) {
	var s Story
	err := l.do(ctx, func(tx *sql.Tx) error {
		if err := one(ctx, tx, file, &s.File); err != nil {
			return err
		}
		d := &s.Document
		return tx.QueryRowContext(ctx, `SELECT position, reference, sum_ore, error_code, error_text, case_number, registered, fee_ore
			FROM document WHERE file_id = $1 AND position = $2`, file, position).
			Scan(&d.Position, &d.Reference, &d.Sum, &d.ErrorCode, &d.ErrorText, &d.CaseNumber, &d.Registered, &d.Fee)
	})
	return s, err
}

// partMark parts the id of a message from the number of one of its parts.
const partMark = "#"

// PartID is the id in the book of a part of a message after its first.
func PartID(tx string, part int) string { return fmt.Sprintf("%s%s%d", tx, partMark, part) }

// IsPart tells whether it is a part of a message after its first, which is
// not acknowledged by itself.
func (f Fetched) IsPart() bool { return strings.Contains(f.Tx, partMark) }

// Returned notes that a message which was sent could not be delivered, so that
// its file may be mended and sent again. A message the book does not know
// changes nothing.
func (l *Ledger) Returned(ctx context.Context, tx, reason string) error {
	_, err := l.db.ExecContext(ctx, `UPDATE file SET state = 'built', reason = $1 WHERE state IN ('sending', 'sent') AND (file_tx = $2 OR note_tx = $2)`, reason, tx)
	return err
}
