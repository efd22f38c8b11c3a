package ledger

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
)

// bulkRows is how many rows one INSERT carries.
const bulkRows = 64

// bulk inserts rows many at a time.
type bulk struct {
	ctx     context.Context
	tx      *sql.Tx
	head    string // INSERT INTO … (…)
	tail    string // ON CONFLICT …
	columns int
	full    *sql.Stmt // of bulkRows rows
	single  *sql.Stmt
	args    []any
}

func newBulk(ctx context.Context, tx *sql.Tx, head, tail string, columns int) *bulk {
	return &bulk{ctx: ctx, tx: tx, head: head, tail: tail, columns: columns, args: make([]any, 0, bulkRows*columns)}
}

// add adds one row.
func (b *bulk) add(row ...any) error {
	b.args = append(b.args, row...)
	if len(b.args) < bulkRows*b.columns {
		return nil
	}
	if b.full == nil {
		var err error
		if b.full, err = b.tx.PrepareContext(b.ctx, b.statement(bulkRows)); err != nil {
			return err
		}
	}
	_, err := b.full.ExecContext(b.ctx, b.args...)
	b.args = b.args[:0]
	return err
}

// flush writes the rows that are left. The bulk can be used on.
func (b *bulk) flush() error {
	if len(b.args) == 0 {
		return nil
	}
	if b.single == nil {
		var err error
		if b.single, err = b.tx.PrepareContext(b.ctx, b.statement(1)); err != nil {
			return err
		}
	}
	for row := range slices.Chunk(b.args, b.columns) {
		if _, err := b.single.ExecContext(b.ctx, row...); err != nil {
			return err
		}
	}
	b.args = b.args[:0]
	return nil
}

func (b *bulk) statement(rows int) string {
	// Marks without number: names of many marks are looked up one by one.
	row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
	return b.head + row + strings.Repeat(", "+row, rows-1) + b.tail
}

// places is ($1, $2, …), numbered after the given one.
func places(n, after int) string {
	marks := make([]string, n)
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(after+i+1)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}
