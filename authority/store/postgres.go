package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgresDB is a pool of connections; every call is its own transaction.
type postgresDB struct {
	pool  *sql.DB
	begin string
	tally tally

	closed atomic.Bool
}

// idleInTransaction frees the guard rows of a replica that hangs.
const idleInTransaction = "60s"

func openPostgres(ctx context.Context, cfg Config) (*DB, error) {
	conf, err := pgx.ParseConfig(cfg.DSN)
	if err != nil {
		return nil, fmt.Errorf("store: the PostgreSQL connection string: %w", err)
	}
	for name, value := range map[string]string{
		"timezone":                            "UTC",
		"application_name":                    "filtjanst",
		"idle_in_transaction_session_timeout": idleInTransaction,
	} {
		if _, given := conf.RuntimeParams[name]; !given {
			conf.RuntimeParams[name] = value
		}
	}
	level := cfg.Isolation
	if level == "" {
		level = ReadCommitted
	}
	pool := stdlib.OpenDB(*conf)
	n := orDefault(cfg.Connections, 32)
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("store: reach PostgreSQL: %w", err)
	}
	return newDB(Postgres, &postgresDB{pool: pool, begin: "BEGIN ISOLATION LEVEL " + string(level)}), nil
}

func (p *postgresDB) do(ctx context.Context, _ lane, fn func(Tx) error) error {
	return p.retrying(ctx, func() error { return p.once(ctx, p.begin, fn) })
}

// read is one snapshot over all queries of fn, as on SQLite.
func (p *postgresDB) read(ctx context.Context, fn func(Reader) error) error {
	const begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	return p.retrying(ctx, func() error {
		return p.once(ctx, begin, func(tx Tx) error { return fn(snapshot{tx}) })
	})
}

// snapshot is a transaction that can only read, so that nobody takes it for a Tx.
type snapshot struct{ Reader }

func (p *postgresDB) maintain(_ context.Context, fn func(*sql.DB) error) error { return fn(p.pool) }

func (p *postgresDB) backup(context.Context, string) error { return ErrNoBackup }

func (p *postgresDB) stats() Stats { return p.tally.stats() }

// close waits for the statements that run.
func (p *postgresDB) close() error {
	p.closed.Store(true)
	return p.pool.Close()
}
