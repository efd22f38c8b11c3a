package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrState tells that a file is not in the state that a step begins from.
var ErrState = errors.New("the file is not in the state that this step begins from")

// ErrHeld tells that a file must wait for the receipt of an earlier one (R75).
var ErrHeld = errors.New("the file is held until the receipt of the earlier file has come")

// step moves a file from one of the states and sets columns; set begins at
// parameter 2, the id being 1.
func step(ctx context.Context, tx *sql.Tx, id int64, from string, set string, args ...any) error {
	result, err := tx.ExecContext(ctx, `UPDATE file SET `+set+` WHERE id = $1 AND state IN (`+from+`)`, append([]any{id}, args...)...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	var state string
	if err := tx.QueryRowContext(ctx, `SELECT state FROM file WHERE id = $1`, id).Scan(&state); err != nil {
		return err
	}
	return fmt.Errorf("ledger: file %d is %s: %w", id, state, ErrState)
}

// Intend notes that a file is about to be sent, and under which ids; called
// again for a file that is being sent, it returns the ids of the first time.
// ErrHeld is returned while an earlier file of the series waits for its receipt.
func (l *Ledger) Intend(ctx context.Context, id int64, channel, fileTx, noteTx string) (File, error) {
	var f File
	err := l.do(ctx, func(tx *sql.Tx) error {
		if err := one(ctx, tx, id, &f); err != nil {
			return err
		}
		if f.State == Sending || f.State == Unclear {
			return nil
		}
		if err := held(ctx, tx, f); err != nil {
			return err
		}
		if err := step(ctx, tx, id, `'built'`, `state = 'sending', channel = $2, file_tx = $3, note_tx = $4`, channel, fileTx, noteTx); err != nil {
			return err
		}
		return one(ctx, tx, id, &f)
	})
	return f, err
}

func one(ctx context.Context, tx *sql.Tx, id int64, f *File) error {
	err := tx.QueryRowContext(ctx, `SELECT `+fileColumns+` FROM file WHERE id = $1`, id).Scan(f.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("ledger: there is no file %d", id)
	}
	return err
}

func held(ctx context.Context, tx *sql.Tx, f File) error {
	var last int64
	err := tx.QueryRowContext(ctx, `SELECT last_approved FROM series WHERE code = $1 AND kind = $2`, f.Code, f.Transaction).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if f.Sequence > last+1 {
		return fmt.Errorf("ledger: %s number %d, number %d is expected next: %w", f.Transaction, f.Sequence, last+1, ErrHeld)
	}
	return nil
}

// Delivered notes that the other side has the file.
func (l *Ledger) Delivered(ctx context.Context, id int64, transactionID string) error {
	return l.do(ctx, func(tx *sql.Tx) error {
		return step(ctx, tx, id, `'sending', 'unclear'`, `state = 'sent', transaction_id = $2, sent_at = $3`, transactionID, l.stamp())
	})
}

// NotDelivered notes that the other side refused the message, so that the
// file may be mended or sent again.
func (l *Ledger) NotDelivered(ctx context.Context, id int64, reason string) error {
	return l.do(ctx, func(tx *sql.Tx) error {
		return step(ctx, tx, id, `'sending', 'unclear'`, `state = 'built', reason = $2`, reason)
	})
}

// Doubt notes that nobody knows whether the other side has the file: on
// e-transport an unclear answer, after which nothing is sent blindly.
func (l *Ledger) Doubt(ctx context.Context, id int64, reason string) error {
	return l.do(ctx, func(tx *sql.Tx) error {
		return step(ctx, tx, id, `'sending'`, `state = 'unclear', reason = $2`, reason)
	})
}

// Discard gives up a file that was not sent or was rejected.
func (l *Ledger) Discard(ctx context.Context, id int64, reason string) error {
	return l.do(ctx, func(tx *sql.Tx) error {
		return step(ctx, tx, id, `'built', 'rejected'`, `state = 'discarded', reason = $2`, reason)
	})
}

// Renumbered notes that a file which was not sent was written anew under
// another number.
func (l *Ledger) Renumbered(ctx context.Context, id, sequence int64, path, digest, notePath, noteDigest string) error {
	return l.do(ctx, func(tx *sql.Tx) error {
		return step(ctx, tx, id, `'built'`, `sequence = $2, path = $3, digest = $4, note_path = $5, note_digest = $6`, sequence, path, digest, notePath, noteDigest)
	})
}
