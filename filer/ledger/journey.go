package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
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

// Receipt is what the book needs of a receipt.
type Receipt struct {
	filing.Receipt
	Path string // where it was saved
}

// answered are the states in which a receipt may come: also one that came
// before the answer to sending was seen.
const answered = `'built', 'sending', 'unclear', 'sent'`

// Answer notes the receipt of a file. An approved one moves the series on;
// the number of a rejected one is free again. The same receipt again changes
// nothing.
func (l *Ledger) Answer(ctx context.Context, id int64, r Receipt) error {
	return l.do(ctx, func(tx *sql.Tx) error {
		var f File
		if err := one(ctx, tx, id, &f); err != nil {
			return err
		}
		if f.ReceiptPath != "" {
			return nil
		}
		state := Rejected
		if r.Outcome == filing.Approved || r.Outcome == filing.ApprovedInPart {
			state = Approved
		}
		err := step(ctx, tx, id, answered, `state = $2, outcome = $3, read_in = $4, receipt_path = $5, receipt_at = $6, transaction_id = $7`,
			state, r.Outcome, r.ReadIn.String(), r.Path, l.stamp(), r.TransactionID)
		if err != nil {
			return err
		}
		if err := noteErrors(ctx, tx, id, r.Errors); err != nil {
			return err
		}
		return moveSeries(ctx, tx, f, state, r.Expected)
	})
}

// moveSeries takes the number of an approved file as the last approved. A
// rejection tells the number that is expected, which the authority knows best.
func moveSeries(ctx context.Context, tx *sql.Tx, f File, state State, expected int64) error {
	last := f.Sequence
	if state == Rejected {
		if expected <= 0 {
			return nil
		}
		last = expected - 1
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO series (code, kind, last_approved) VALUES ($1, $2, $3)
		ON CONFLICT (code, kind) DO UPDATE SET last_approved = excluded.last_approved`, f.Code, f.Transaction, last)
	return err
}

func noteErrors(ctx context.Context, tx *sql.Tx, file int64, errs []filing.Error) error {
	for _, e := range errs {
		if e.Document == 0 {
			continue
		}
		_, err := tx.ExecContext(ctx, `UPDATE document SET error_code = $1, error_text = $2 WHERE file_id = $3 AND position = $4 AND error_code = ''`,
			e.Code, e.Swedish, file, e.Document)
		if err != nil {
			return err
		}
	}
	return nil
}

// Case is one line of a confirmation.
type Case struct {
	Reference  string
	CaseNumber string
	Registered calendar.Day
	Fee        money.Amount
}

// Match is how a confirmation fits the file that it answers.
type Match struct {
	Matched int64    `json:"matched"`
	Unknown []string `json:"unknown"` // references that the file does not have
	Missing []string `json:"missing"` // references of the file that were not confirmed
}

// Confirm notes the cases of a confirmation on the own references of a file.
func (l *Ledger) Confirm(ctx context.Context, id int64, path string, cases []Case) (Match, error) {
	var m Match
	err := l.do(ctx, func(tx *sql.Tx) error {
		m = Match{}
		update, err := tx.PrepareContext(ctx, `UPDATE document SET case_number = $1, registered = $2, fee_ore = $3 WHERE file_id = $4 AND reference = $5`)
		if err != nil {
			return err
		}
		defer update.Close()
		for _, c := range cases {
			result, err := update.ExecContext(ctx, c.CaseNumber, c.Registered.String(), c.Fee, id, c.Reference)
			if err != nil {
				return err
			}
			if n, err := result.RowsAffected(); err != nil {
				return err
			} else if n == 0 {
				m.Unknown = append(m.Unknown, c.Reference)
				continue
			}
			m.Matched++
		}
		if m.Missing, err = unconfirmed(ctx, tx, id); err != nil {
			return err
		}
		return step(ctx, tx, id, `'approved', 'confirmed'`, `state = 'confirmed', answer_path = $2, confirmed_at = $3`, path, l.stamp())
	})
	return m, err
}

func unconfirmed(ctx context.Context, tx *sql.Tx, file int64) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT reference FROM document WHERE file_id = $1 AND case_number = '' ORDER BY position`, file)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var missing []string
	for rows.Next() {
		var reference string
		if err := rows.Scan(&reference); err != nil {
			return nil, err
		}
		missing = append(missing, reference)
	}
	return missing, rows.Err()
}
