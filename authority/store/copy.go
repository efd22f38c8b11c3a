package store

import (
	"fmt"
	"iter"
	"strings"
	"sync"
)

// sqliteTx is a write transaction on SQLite: a savepoint within a group, or one
// of its own for bulk work.
type sqliteTx struct{ statements }

// LockRow needs no lock: there is one writer.
func (tx *sqliteTx) LockRow(query string, args ...any) *Row { return tx.QueryRow(query, args...) }

// LockRows needs no locks either.
func (tx *sqliteTx) LockRows(query string, args ...any) (*Rows, error) {
	return tx.Query(query, args...)
}

// Later does not wait: there is no round trip to save.
func (tx *sqliteTx) Later(query string, args ...any) error {
	_, err := tx.Exec(query, args...)
	return err
}

// copyBinds is how many values one multi-row insert binds; above it the gain
// is gone and the statement only grows.
const copyBinds = 1024

// CopyIn fills statements of many rows; what is left over goes row by row.
func (tx *sqliteTx) CopyIn(table string, columns []string, rows iter.Seq[[]any]) (int64, error) {
	batch := max(1, copyBinds/max(1, len(columns)))
	many := sync.OnceValue(func() string { return insertText(table, columns, batch) })
	full := batch * len(columns)
	var args []any
	var n int64
	for row := range rows {
		if len(row) != len(columns) {
			return n, tx.fail(fmt.Errorf("store: copy into %s: row %d has %d values for %d columns", table, n+1, len(row), len(columns)))
		}
		args = append(args, row...)
		n++
		if len(args) < full {
			continue
		}
		if _, err := tx.Exec(many(), args...); err != nil {
			return n, fmt.Errorf("store: copy into %s: %w", table, err)
		}
		args = args[:0]
	}
	return n, tx.rest(table, columns, args)
}

// rest inserts what fills no whole statement: in one if it is a few rows, else
// row by row, so that few texts are prepared.
func (tx *sqliteTx) rest(table string, columns []string, args []any) error {
	at := len(columns)
	if len(args) <= fewRows*at {
		at = len(args)
	}
	for len(args) > 0 {
		if _, err := tx.Exec(insertText(table, columns, at/len(columns)), args[:at]...); err != nil {
			return fmt.Errorf("store: copy into %s: %w", table, err)
		}
		args = args[at:]
	}
	return nil
}

// fewRows is how many rows go as one plain insert of just as many.
const fewRows = 8

// insertText is INSERT INTO t (a, b) VALUES (?,?),(?,?) … The binds have no
// names: SQLite looks a name up by walking through all of them, which for a
// thousand took twice as long as the insert itself.
func insertText(table string, columns []string, rows int) string {
	row := "(" + strings.Repeat("?,", len(columns)-1) + "?)"
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES %s%s", table, strings.Join(columns, ", "), row, strings.Repeat(","+row, rows-1))
}
