package store

import (
	"context"
	"fmt"
	"log/slog"
)

// Engine names the database engine behind a [DB].
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Isolation is the isolation of write transactions on PostgreSQL. SQLite is
// always serial.
type Isolation string

// The isolation levels; the empty value means ReadCommitted.
const (
	ReadCommitted Isolation = "READ COMMITTED"
	Serializable  Isolation = "SERIALIZABLE"
)

// Config says which database to open.
type Config struct {
	// Engine is SQLite or Postgres.
	Engine Engine
	// Dir is the data directory (SQLite only). It holds the database file and
	// the lock file, and is created with mode 0700 unless MustExist is set.
	Dir string
	// DSN is the connection string (PostgreSQL only).
	DSN string
	// MustExist refuses to create a database where there is none (SQLite only;
	// on PostgreSQL the schema row tells).
	MustExist bool
	// Connections bounds the reader connections on SQLite (default 8) and the
	// pool on PostgreSQL (default 32).
	Connections int
	// Isolation of write transactions on PostgreSQL.
	Isolation Isolation
	// NoSync gives up durability for speed. For tests only (SQLite only).
	NoSync bool
	// Logger hears of closures that held the writer too long; nil discards.
	Logger *slog.Logger
}

// Open opens the database named by cfg. The caller closes it.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	switch cfg.Engine {
	case SQLite:
		return openSQLite(ctx, cfg)
	case Postgres:
		return openPostgres(ctx, cfg)
	}
	return nil, fmt.Errorf("store: unknown engine %q: set it to %q or %q", cfg.Engine, SQLite, Postgres)
}

func orDefault(n, standard int) int {
	if n > 0 {
		return n
	}
	return standard
}
