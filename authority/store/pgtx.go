package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// commitTime bounds the wait for PostgreSQL's answer to COMMIT; it goes on
// although the caller's context has ended.
const commitTime = 30 * time.Second

// pgTx is a write transaction on PostgreSQL.
type pgTx struct {
	statements
	conn  *sql.Conn
	held  []statement // not sent yet, BEGIN first
	begun bool        // something was sent
}

// once runs fn in one transaction.
func (p *postgresDB) once(ctx context.Context, begin string, fn func(Tx) error) error {
	conn, err := p.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: reach PostgreSQL: %w", err)
	}
	defer conn.Close()
	start := time.Now()
	tx := &pgTx{statements: statements{engine: Postgres, ctx: context.WithValue(ctx, inside{}, true)}, conn: conn}
	tx.run, tx.held = tx, []statement{{query: begin}}
	settled := false
	defer func() {
		if !settled { // fn failed, or ended its goroutine
			tx.undo(ctx)
		}
	}()
	err = tx.end(guarded[Tx](tx, fn))
	p.tally.ran(0, time.Since(start), err != nil)
	if err != nil {
		return err
	}
	settled = true
	if err := tx.commit(ctx); err != nil {
		p.tally.failedCommit()
		return err
	}
	p.tally.group(1, time.Since(start))
	return nil
}

func (tx *pgTx) undo(ctx context.Context) {
	if tx.begun {
		rollback(ctx, tx.conn)
	}
}

func rollback(ctx context.Context, conn *sql.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := control(ctx, conn, "ROLLBACK"); err != nil {
		_ = conn.Raw(func(any) error { return errBroken })
	}
}

const commitText = "COMMIT"

// commit tells apart: kept, not kept (ErrCommit, or the error of a statement
// held back), and not known.
func (tx *pgTx) commit(ctx context.Context) error {
	if len(tx.held) == 1 && !tx.begun {
		return ctx.Err() // nothing was asked for
	}
	err := ctx.Err()
	if err == nil && !tx.begun {
		err = tx.flush() // a connection lost while it was idle is no unknown outcome
	}
	if err != nil {
		tx.undo(ctx)
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	if closed(tx.conn) {
		return fmt.Errorf("%w: %w", ErrCommit, errBroken) // nothing was sent
	}
	tag, err := tx.sendCommit(ctx)
	if undone, ok := errors.AsType[*undoneError](err); ok {
		tx.undo(ctx)
		return undone.error
	}
	switch {
	case err == nil && tag.String() == commitText:
		return nil
	case err == nil:
		return fmt.Errorf("%w: PostgreSQL answered %s", ErrCommit, tag)
	case refusedCommit(err):
		return fmt.Errorf("%w: %w", ErrCommit, err)
	}
	return fmt.Errorf("%w: %w", ErrOutcomeUnknown, err)
}

func (tx *pgTx) sendCommit(ctx context.Context) (pgconn.CommandTag, error) {
	if len(tx.held) == 0 {
		return control(ctx, tx.conn, commitText)
	}
	return tx.commitHeld(ctx)
}

// closed tells whether the driver has already given the connection up.
func closed(conn *sql.Conn) (yes bool) {
	err := onPgx(conn, func(c *pgx.Conn) error { yes = c.IsClosed(); return nil })
	return yes || err != nil
}

// control sends BEGIN, COMMIT or ROLLBACK as one message, unprepared: what
// fails has been sent, or not, as a whole.
func control(ctx context.Context, conn *sql.Conn, statement string) (tag pgconn.CommandTag, err error) {
	err = onPgx(conn, func(c *pgx.Conn) error {
		results, err := c.PgConn().Exec(ctx, statement).ReadAll()
		if err == nil && len(results) == 1 {
			tag = results[0].CommandTag
		}
		return err
	})
	return tag, err
}

// onPgx runs fn on the connection below database/sql.
func onPgx(conn *sql.Conn, fn func(*pgx.Conn) error) error {
	return conn.Raw(func(c any) error { return fn(c.(*stdlib.Conn).Conn()) })
}

func (tx *pgTx) LockRow(query string, args ...any) *Row {
	return tx.QueryRow(query+" FOR UPDATE", args...)
}

func (tx *pgTx) LockRows(query string, args ...any) (*Rows, error) {
	return tx.Query(query+" FOR UPDATE", args...)
}

// CopyIn runs COPY within the transaction. A few rows are inserted later.
func (tx *pgTx) CopyIn(table string, columns []string, rows iter.Seq[[]any]) (int64, error) {
	if err := tx.ready(); err != nil {
		return 0, err
	}
	next, stop := iter.Pull(rows)
	defer stop()
	first, err := few(next, len(columns))
	if err != nil {
		return 0, tx.fail(fmt.Errorf("store: copy into %s: %w", table, err))
	}
	n := len(first) / len(columns)
	switch {
	case n == 0:
		return 0, nil
	case n <= fewRows:
		return int64(n), tx.Later(numberedInsert(table, columns, n), first...)
	}
	if err := tx.flush(); err != nil {
		return 0, tx.fail(fmt.Errorf("store: before the copy into %s: %w", table, err))
	}
	return tx.copyFrom(table, columns, first, next)
}

// few takes up to one row more than a few, their values one after another.
func few(next func() ([]any, bool), width int) (values []any, err error) {
	for range fewRows + 1 {
		row, ok := next()
		if !ok {
			break
		}
		if len(row) != width {
			return nil, wrongWidth(row, width)
		}
		values = append(values, row...)
	}
	return values, nil
}

func wrongWidth(row []any, width int) error {
	return fmt.Errorf("a row has %d values for %d columns", len(row), width)
}

// numberedInsert is insertText with the binds that PostgreSQL wants.
func numberedInsert(table string, columns []string, rows int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "INSERT INTO %s (%s) VALUES ", table, strings.Join(columns, ", "))
	for i := range rows * len(columns) {
		switch {
		case i == 0:
			text.WriteByte('(')
		case i%len(columns) == 0:
			text.WriteString("),(")
		default:
			text.WriteByte(',')
		}
		text.WriteString("$" + strconv.Itoa(i+1))
	}
	return text.String() + ")"
}

// copyFrom runs COPY for the first rows and those that follow.
func (tx *pgTx) copyFrom(table string, columns []string, first []any, next func() ([]any, bool)) (int64, error) {
	width := len(columns)
	source := pgx.CopyFromFunc(func() ([]any, error) {
		if len(first) > 0 {
			row := first[:width]
			first = first[width:]
			return row, nil
		}
		row, ok := next()
		if ok && len(row) != width {
			return nil, wrongWidth(row, width)
		}
		return row, nil
	})
	var n int64
	err := onPgx(tx.conn, func(c *pgx.Conn) (err error) {
		n, err = c.CopyFrom(tx.ctx, pgx.Identifier{table}, columns, source)
		return err
	})
	if err != nil {
		return n, tx.fail(fmt.Errorf("store: copy into %s: %w", table, err))
	}
	return n, nil
}

// refusedCommit tells whether the server itself said that the transaction is not
// kept. That the driver finds its error safe to retry proves nothing here: it
// says so of a connection that broke while it waited for the answer.
func refusedCommit(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok || pg.Code == pgCompletion || pg.Code == pgUnresolved {
		return false
	}
	return pg.SeverityUnlocalized == "ERROR" // FATAL may come after the commit
}
