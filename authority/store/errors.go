package store

import (
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

var (
	// ErrNoRows is what a Row's Scan returns when the query found nothing.
	ErrNoRows = sql.ErrNoRows
	// ErrClosed is returned by writes after Close.
	ErrClosed = errors.New("store: the database is closed")
	// ErrCommit says that a commit failed and the work is not kept. On SQLite
	// it reaches every member of the group. A power cut right after a failed
	// fsync may still bring the work back, so a repeat must be safe.
	ErrCommit = errors.New("store: the commit failed, nothing was kept")
	// ErrOutcomeUnknown says that the connection was lost while PostgreSQL
	// committed: the work may be kept or not. Ask the database before
	// repeating.
	ErrOutcomeUnknown = errors.New("store: the connection was lost during the commit, its outcome is unknown")
	// ErrSpent is returned by statements after one of the same transaction has
	// failed, and by any use after the closure returned.
	ErrSpent = errors.New("store: the transaction is spent")
	// ErrRowsOpen is returned by a statement sent while the rows of an earlier
	// query are open: read them to the end or close them.
	ErrRowsOpen = errors.New("store: rows of an earlier query are still open")
)

// PanicError is the error of a call whose closure panicked.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("store: a closure panicked: %v", e.Value) }

// PostgreSQL error codes.
const (
	pgForeignKey    = "23503"
	pgUnique        = "23505"
	pgSerialization = "40001"
	pgCompletion    = "40003"
	pgDeadlock      = "40P01"
	pgUnresolved    = "08007"
)

// IsUnique tells whether err is a violation of a unique constraint or primary
// key, and of which: "table(column,column)" with the columns in the order of
// the index, the same on both engines. The constraint is empty when the engine
// does not say (an index over expressions).
func IsUnique(err error) (constraint string, ok bool) {
	if pg, found := errors.AsType[*pgconn.PgError](err); found && pg.Code == pgUnique {
		return pgConstraint(pg), true
	}
	if lite, found := errors.AsType[*sqlite.Error](err); found && isSQLiteUnique(lite.Code()) {
		return sqliteConstraint(lite.Error()), true
	}
	return "", false
}

func isSQLiteUnique(code int) bool {
	return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE ||
		code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY ||
		code == sqlite3.SQLITE_CONSTRAINT_ROWID
}

// IsForeignKey tells whether err is a violation of a foreign key.
func IsForeignKey(err error) bool {
	if pg, found := errors.AsType[*pgconn.PgError](err); found {
		return pg.Code == pgForeignKey
	}
	lite, found := errors.AsType[*sqlite.Error](err)
	return found && lite.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
}

// pgKey finds the columns in a detail such as "Key (a, b)=(1, 2) already
// exists.", whose words depend on the server's language.
var pgKey = regexp.MustCompile(`\(([a-z0-9_]+(?:, [a-z0-9_]+)*)\)=\(`)

func pgConstraint(e *pgconn.PgError) string {
	m := pgKey.FindStringSubmatch(e.Detail)
	if m == nil {
		return ""
	}
	return e.TableName + "(" + strings.ReplaceAll(m[1], ", ", ",") + ")"
}

// sqliteKey finds the columns in "UNIQUE constraint failed: t.a, t.b".
var sqliteKey = regexp.MustCompile(`constraint failed: ([a-z0-9_]+)\.([a-z0-9_]+)((?:, [a-z0-9_]+\.[a-z0-9_]+)*)`)

func sqliteConstraint(message string) string {
	m := sqliteKey.FindStringSubmatch(message)
	if m == nil {
		return ""
	}
	return m[1] + "(" + m[2] + strings.ReplaceAll(m[3], ", "+m[1]+".", ",") + ")"
}
