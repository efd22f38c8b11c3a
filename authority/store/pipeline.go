package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// statement is one text with its arguments.
type statement struct {
	query string
	args  []any
}

// Later holds the statement back until the next one whose answer is needed, or
// the commit, and sends them together.
func (tx *pgTx) Later(query string, args ...any) error {
	if err := tx.ready(); err != nil {
		return err
	}
	tx.held = append(tx.held, statement{query, args})
	return nil
}

// send sends what was held back and last in one message, and reads the answers
// but that to last. The caller reads that and closes the batch.
func (tx *pgTx) send(ctx context.Context, last statement) (pgx.BatchResults, error) {
	var batch pgx.Batch
	before := len(tx.held)
	for _, s := range append(tx.held, last) {
		batch.Queue(s.query, s.args...)
	}
	tx.held, tx.begun = nil, true
	var answers pgx.BatchResults
	err := onPgx(tx.conn, func(c *pgx.Conn) error {
		answers = c.SendBatch(ctx, &batch)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for range before {
		if _, err := answers.Exec(); err != nil {
			answers.Close()
			return nil, err
		}
	}
	return answers, nil
}

// sendExec is send for a last statement that gives no rows.
func (tx *pgTx) sendExec(ctx context.Context, last statement) (tag pgconn.CommandTag, err error) {
	answers, err := tx.send(ctx, last)
	if err != nil {
		return tag, err
	}
	tag, err = answers.Exec()
	if ended := answers.Close(); err == nil {
		err = ended
	}
	return tag, err
}

// flush sends what was held back, before the connection is used in another way.
func (tx *pgTx) flush() error {
	n := len(tx.held) - 1
	if n < 0 {
		return nil
	}
	last := tx.held[n]
	tx.held = tx.held[:n]
	_, err := tx.sendExec(tx.ctx, last)
	return err
}

func (tx *pgTx) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	if len(tx.held) == 0 {
		return tx.conn.ExecContext(ctx, query, args...)
	}
	tag, err := tx.sendExec(ctx, statement{query, args})
	return affected(tag.RowsAffected()), err
}

func (tx *pgTx) query(ctx context.Context, query string, args []any) (cursor, error) {
	if len(tx.held) == 0 {
		rows, err := tx.conn.QueryContext(ctx, query, args...) //nolint:rowserrcheck // Rows.Err and Rows.Close look
		return rows, err
	}
	answers, err := tx.send(ctx, statement{query, args})
	if err != nil {
		return nil, err
	}
	rows, err := answers.Query()
	if err != nil {
		answers.Close()
		return nil, err
	}
	return &batchRows{Rows: rows, answers: answers}, nil
}

// affected is the result of a statement in a batch.
type affected int64

func (affected) LastInsertId() (int64, error) {
	return 0, errors.New("store: PostgreSQL tells no id of an inserted row")
}

func (n affected) RowsAffected() (int64, error) { return int64(n), nil }

// batchRows are the rows of the last query of a batch.
type batchRows struct {
	pgx.Rows
	answers pgx.BatchResults
	ended   error
}

// Close reads the rest of the batch, so that the connection is free.
func (r *batchRows) Close() error {
	r.Rows.Close()
	r.ended = r.answers.Close()
	return r.ended
}

func (r *batchRows) Err() error {
	if err := r.Rows.Err(); err != nil {
		return err
	}
	return r.ended
}

// commitHeld sends what was held back and the COMMIT in one message. What the
// server says before it answers the COMMIT is of a statement, and nothing is
// kept then. If it says nothing, the outcome is unknown.
func (tx *pgTx) commitHeld(ctx context.Context) (pgconn.CommandTag, error) {
	answers, err := tx.send(ctx, statement{query: commitText})
	if err == nil {
		tag, err := answers.Exec()
		if ended := answers.Close(); err == nil {
			err = ended
		}
		return tag, err
	}
	if _, refused := errors.AsType[*pgconn.PgError](err); refused {
		return pgconn.CommandTag{}, &undoneError{err}
	}
	return pgconn.CommandTag{}, fmt.Errorf("send the last statements: %w", err)
}

// undoneError is of a statement sent with the COMMIT that was not reached.
type undoneError struct{ error }

func (e *undoneError) Unwrap() error { return e.error }
