package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"filtjanst/filing"
	"filtjanst/money"
)

// State is how far a file has come; see the package comment.
type State string

// The states.
const (
	Built     State = "built"
	Sending   State = "sending"
	Unclear   State = "unclear"
	Sent      State = "sent"
	Approved  State = "approved"
	Rejected  State = "rejected"
	Confirmed State = "confirmed"
	Discarded State = "discarded"
)

// File is one file of the book with its cover note.
type File struct {
	ID            int64              `json:"id"`
	Code          string             `json:"code"`
	Transaction   filing.Transaction `json:"transaction"`
	Sequence      int64              `json:"sequence"`
	State         State              `json:"state"`
	Form          filing.Form        `json:"form"`
	Path          string             `json:"path"`
	Digest        string             `json:"digest"`
	NotePath      string             `json:"cover_note,omitempty"`
	NoteDigest    string             `json:"cover_note_digest,omitempty"`
	Documents     int64              `json:"documents"`
	Sum           money.Amount       `json:"sum_ore"`
	Channel       string             `json:"channel,omitempty"`
	FileTx        string             `json:"-"` // tx.id under which the file goes, or file and note together
	NoteTx        string             `json:"-"` // tx.id of the note, when it goes alone
	TransactionID string             `json:"transaction_id,omitempty"`
	Outcome       filing.Outcome     `json:"outcome,omitempty"`
	ReadIn        string             `json:"read_in,omitempty"`
	ReceiptPath   string             `json:"receipt,omitempty"`
	AnswerPath    string             `json:"confirmation,omitempty"`
	Reason        string             `json:"reason,omitempty"`
	BuiltAt       string             `json:"built_at"`
	SentAt        string             `json:"sent_at,omitempty"`
	ReceiptAt     string             `json:"receipt_at,omitempty"`
	ConfirmedAt   string             `json:"confirmed_at,omitempty"`
	Matched       int64              `json:"matched"` // documents with a case number
}

const fileColumns = `id, code, kind, sequence, state, form, path, digest, note_path, note_digest, documents, sum_ore,
	channel, file_tx, note_tx, transaction_id, outcome, read_in, receipt_path, answer_path, reason,
	built_at, sent_at, receipt_at, confirmed_at, matched`

// fileColumnsOfF are the same columns in a join.
const fileColumnsOfF = `f.id, f.code, f.kind, f.sequence, f.state, f.form, f.path, f.digest, f.note_path, f.note_digest, f.documents, f.sum_ore,
	f.channel, f.file_tx, f.note_tx, f.transaction_id, f.outcome, f.read_in, f.receipt_path, f.answer_path, f.reason,
	f.built_at, f.sent_at, f.receipt_at, f.confirmed_at, f.matched`

func (f *File) fields() []any {
	return []any{&f.ID, &f.Code, &f.Transaction, &f.Sequence, &f.State, &f.Form, &f.Path, &f.Digest, &f.NotePath, &f.NoteDigest, &f.Documents, &f.Sum,
		&f.Channel, &f.FileTx, &f.NoteTx, &f.TransactionID, &f.Outcome, &f.ReadIn, &f.ReceiptPath, &f.AnswerPath, &f.Reason,
		&f.BuiltAt, &f.SentAt, &f.ReceiptAt, &f.ConfirmedAt, &f.Matched}
}

// openStates are those of files that occupy their number.
const openStates = `('built', 'sending', 'unclear', 'sent')`

// ErrNumberTaken tells that another file of the series has the number.
var ErrNumberTaken = errors.New("another file of the series that is not answered yet has the number")

// NextNumber returns the number that the next file of the series gets: the
// first one after the last approved that no open file has (R37).
func (l *Ledger) NextNumber(ctx context.Context, code string, kind filing.Transaction) (int64, error) {
	next, err := l.ExpectedNumber(ctx, code, kind)
	if err != nil {
		return 0, err
	}
	rows, err := l.db.QueryContext(ctx, `SELECT sequence FROM file WHERE code = $1 AND kind = $2 AND state IN `+openStates+` ORDER BY sequence`, code, kind)
	if err != nil {
		return 0, fmt.Errorf("ledger: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var taken int64
		if err := rows.Scan(&taken); err != nil {
			return 0, err
		}
		if taken == next {
			next++
		}
	}
	return next, rows.Err()
}

// ExpectedNumber returns the last approved number of the series + 1 (R37).
func (l *Ledger) ExpectedNumber(ctx context.Context, code string, kind filing.Transaction) (int64, error) {
	var last int64
	err := l.db.QueryRowContext(ctx, `SELECT last_approved FROM series WHERE code = $1 AND kind = $2`, code, kind).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("ledger: %w", err)
	}
	return last + 1, nil
}

// Add enters a file that was built, with its documents and what they claim, and
// returns it as it stands in the book. ErrNumberTaken is returned where an open
// file of the series has the number.
func (l *Ledger) Add(ctx context.Context, f File, documents []Document) (File, error) {
	f.State, f.BuiltAt = Built, l.stamp()
	err := l.do(ctx, func(tx *sql.Tx) error {
		var taken int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM file WHERE code = $1 AND kind = $2 AND sequence = $3 AND state IN `+openStates, f.Code, f.Transaction, f.Sequence).Scan(&taken)
		if err != nil {
			return err
		}
		if taken > 0 {
			return fmt.Errorf("ledger: %s %s number %d: %w", f.Code, f.Transaction, f.Sequence, ErrNumberTaken)
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO file (code, kind, sequence, state, form, path, digest, note_path, note_digest, documents, sum_ore, built_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			f.Code, f.Transaction, f.Sequence, f.State, f.Form, f.Path, f.Digest, f.NotePath, f.NoteDigest, f.Documents, f.Sum, f.BuiltAt)
		if err != nil {
			return err
		}
		if f.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return addDocuments(ctx, tx, f.ID, documents)
	})
	return f, err
}

// Filter chooses files; a zero field chooses all.
type Filter struct {
	Code        string
	Transaction filing.Transaction
	Sequence    int64
	States      []State
	Digest      string // of the file or of its cover note

	Transmission string // tx.id under which the file or its note is on its way
}

// Files returns the files that the filter chooses, in the order of their
// series and numbers, oldest first.
func (l *Ledger) Files(ctx context.Context, filter Filter) ([]File, error) {
	return filesOf(ctx, l.db, filter)
}

func filesOf(ctx context.Context, q querier, filter Filter) ([]File, error) {
	where, args := filter.where()
	return collect(ctx, q, func(rows *sql.Rows) (f File, err error) {
		return f, rows.Scan(f.fields()...)
	}, `SELECT `+fileColumns+` FROM file`+where+` ORDER BY code, kind, sequence, id`, args...)
}

func (f Filter) where() (string, []any) {
	var parts []string
	var args []any
	add := func(condition string, value any) {
		args = append(args, value)
		parts = append(parts, strings.ReplaceAll(condition, "?", fmt.Sprintf("$%d", len(args))))
	}
	if f.Code != "" {
		add("code = ?", f.Code)
	}
	if f.Transaction != "" {
		add("kind = ?", f.Transaction)
	}
	if f.Sequence != 0 {
		add("sequence = ?", f.Sequence)
	}
	if f.Digest != "" {
		add("(digest = ? OR note_digest = ?)", f.Digest)
	}
	if f.Transmission != "" {
		add("state IN ('sending', 'sent') AND (file_tx = ? OR note_tx = ?)", f.Transmission)
	}
	if len(f.States) > 0 {
		marks := make([]string, len(f.States))
		for i, s := range f.States {
			args = append(args, s)
			marks[i] = fmt.Sprintf("$%d", len(args))
		}
		parts = append(parts, "state IN ("+strings.Join(marks, ", ")+")")
	}
	if len(parts) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(parts, " AND "), args
}

// Repeat tells that own references of a file stand in an earlier one too.
type Repeat struct {
	References int64 `json:"references"`
	Sequence   int64 `json:"sequence"` // of the latest such file
}

// Repeats looks for the own references of a file in other files of the same
// party code, but for those that were rejected or discarded and applications
// that were refused: claims that might be filed twice.
func (l *Ledger) Repeats(ctx context.Context, f File) (Repeat, error) {
	var r Repeat
	err := l.db.QueryRowContext(ctx, `SELECT count(DISTINCT mine.reference), COALESCE(max(file.sequence), 0) FROM document mine
		JOIN document other ON other.reference = mine.reference AND other.file_id <> mine.file_id AND other.error_code = ''
		JOIN file ON file.id = other.file_id
		WHERE mine.file_id = $1 AND file.code = $2 AND file.kind = $3 AND file.state NOT IN ('rejected', 'discarded')`,
		f.ID, f.Code, f.Transaction).Scan(&r.References, &r.Sequence)
	if err != nil {
		return r, fmt.Errorf("ledger: %w", err)
	}
	return r, nil
}
