// Package schema holds the one ordered sequence of migrations and runs it.
//
// A file migrations/NNNNN_room.sql is written once for both engines and
// rendered for each: {{id}} is an int64 primary key, {{text}} a TEXT ordered by
// bytes, {{bytes}} a byte string, and {{keyed}} after the closing parenthesis
// of a table stores it under a primary key that is not an {{id}}; whoever looks
// for a row then reads all of those met on the way, so they must be small. A
// table's name begins with its room and only that room names it in SQL; a test
// checks.
//
// Two comment lines may tell how versions of the program and of the schema get
// along during an upgrade:
//
//	-- filtjanst: readable_from=N   after it, programs that know less than N must not run
//	-- filtjanst: late              this program runs also before it is applied
//
// The package knows the names of tables only through its files.
package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"filtjanst/authority/store"
)

// gooseTable is where goose keeps what has been applied.
const gooseTable = "schema_applied"

// Up applies all migrations not yet applied and writes the schema row. Several
// replicas may call it at once.
func Up(ctx context.Context, db *store.DB) error {
	return up(ctx, db, embedded)
}

func up(ctx context.Context, db *store.DB, source fs.FS) error {
	files, err := load(source, db.Engine())
	if err != nil {
		return err
	}
	dir, err := files.render(source)
	if err != nil {
		return err
	}
	err = db.Maintain(ctx, func(pool *sql.DB) error {
		p, err := provider(pool, db.Engine(), dir)
		if err != nil {
			return err
		}
		_, err = p.Up(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("schema: migrate: %w", err)
	}
	return writeState(ctx, db, files.state())
}

func provider(pool *sql.DB, engine store.Engine, dir fs.FS) (*goose.Provider, error) {
	options := []goose.ProviderOption{
		goose.WithTableName(gooseTable),
		goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()),
	}
	dialect := goose.DialectSQLite3
	if engine == store.Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, pool, dir, options...)
}

// State is the schema row.
type State struct {
	// Version is the number of the last migration applied.
	Version int64
	// ReadableFrom is the least version a program must know to work on it.
	ReadableFrom int64
}

// writeState never lowers the row: an older program may migrate after a newer.
func writeState(ctx context.Context, db *store.DB, s State) error {
	err := db.Do(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`INSERT INTO schema_state (id, version, readable_from) VALUES (1, $1, $2)
			ON CONFLICT (id) DO UPDATE SET version = excluded.version, readable_from = excluded.readable_from
			WHERE schema_state.version < excluded.version`, s.Version, s.ReadableFrom)
		return err
	})
	if err != nil {
		return fmt.Errorf("schema: write the schema row: %w", err)
	}
	return nil
}

// ErrNotMigrated is wrapped by Check's error when the database is too old for
// this program, ErrTooNew when this program is too old for the database.
var (
	ErrNotMigrated = errors.New("the database is older than this program needs; run filtjanst migrate")
	ErrTooNew      = errors.New("the database is newer than this program can read; install a newer filtjanst")
)

// Check tells whether this program may work on the database. It changes
// nothing.
func Check(ctx context.Context, db *store.DB) error {
	return check(ctx, db, embedded)
}

func check(ctx context.Context, db *store.DB, source fs.FS) error {
	files, err := load(source, db.Engine())
	if err != nil {
		return err
	}
	state, err := Current(ctx, db)
	if err != nil {
		return err
	}
	if need := files.need(); state.Version < need {
		return fmt.Errorf("schema: version %d found, %d needed: %w", state.Version, need, ErrNotMigrated)
	}
	if known := files.state().Version; known < state.ReadableFrom {
		return fmt.Errorf("schema: version %d known, readable from %d: %w", known, state.ReadableFrom, ErrTooNew)
	}
	return nil
}

// Current reads the schema row; an empty database is version 0.
func Current(ctx context.Context, db *store.DB) (State, error) {
	var s State
	err := db.Read(ctx, func(r store.Reader) error {
		there, err := hasState(r)
		if err != nil || !there {
			return err
		}
		err = r.QueryRow(`SELECT version, readable_from FROM schema_state WHERE id = 1`).Scan(&s.Version, &s.ReadableFrom)
		if errors.Is(err, store.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return State{}, fmt.Errorf("schema: read the schema row: %w", err)
	}
	return s, nil
}

// hasState asks the engine's catalogue, since a failed statement would spend
// the transaction.
func hasState(r store.Reader) (there bool, err error) {
	query := `SELECT count(*) > 0 FROM sqlite_master WHERE type = 'table' AND name = 'schema_state'`
	if r.Engine() == store.Postgres {
		query = `SELECT to_regclass('schema_state') IS NOT NULL`
	}
	err = r.QueryRow(query).Scan(&there)
	return there, err
}

// Migration is one file of the sequence.
type Migration struct {
	Version int64
	Name    string
	Applied bool
}

// Status lists the migrations this program knows, in order.
func Status(ctx context.Context, db *store.DB) ([]Migration, error) {
	files, err := load(embedded, db.Engine())
	if err != nil {
		return nil, err
	}
	state, err := Current(ctx, db)
	if err != nil {
		return nil, err
	}
	list := make([]Migration, len(files))
	for i, f := range files {
		list[i] = Migration{Version: f.version, Name: f.name, Applied: f.version <= state.Version}
	}
	return list, nil
}
