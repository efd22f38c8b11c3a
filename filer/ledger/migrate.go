package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strconv"
)

//go:embed schema/*.sql
var schema embed.FS

// version is what this program makes of a book: the number of the last file
// under schema. A book says its own in user_version; 0 is one begun before
// versions were kept, or nothing yet.
const version = 2

// ErrNewer tells that a book was written by a later edition of the program.
var ErrNewer = errors.New("the book was written by a later edition of filtjanst: use that one, or a later")

// migrate brings the book to this program's version, a step a transaction.
func (l *Ledger) migrate(ctx context.Context) error {
	for {
		at, err := l.version(ctx)
		switch {
		case err != nil:
			return err
		case at == version:
			return nil
		case at > version:
			return fmt.Errorf("version %d: %w", at, ErrNewer)
		}
		if err := l.step(ctx, at+1); err != nil {
			return fmt.Errorf("bringing it to version %d: %w", at+1, err)
		}
	}
}

func (l *Ledger) version(ctx context.Context) (at int, err error) {
	err = l.db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&at)
	return at, err
}

// step takes one step, unless another process took it meanwhile.
func (l *Ledger) step(ctx context.Context, to int) error {
	text, err := schema.ReadFile("schema/" + strconv.Itoa(to) + ".sql")
	if err != nil {
		return err
	}
	return l.do(ctx, func(tx *sql.Tx) error {
		var at int
		if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&at); err != nil || at >= to {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `PRAGMA user_version = `+strconv.Itoa(to))
		return err
	})
}
