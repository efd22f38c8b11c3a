// Package storetest runs a test over every database engine.
//
// SQLite always runs, in a temporary directory without fsync. PostgreSQL runs
// when FILTJANST_TEST_POSTGRES holds the connection string of a server whose
// user may create databases; scripts/postgres-for-tests starts such a server.
// FILTJANST_TEST_ISOLATION=SERIALIZABLE runs the suite at that level.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"filtjanst/authority/schema"
	"filtjanst/authority/store"
)

// Environment variables of the suite.
const (
	EnvPostgres  = "FILTJANST_TEST_POSTGRES"
	EnvIsolation = "FILTJANST_TEST_ISOLATION"
)

// Each runs fn as a parallel subtest an engine. Each subtest has a database of
// its own; open opens it, migrated, and closes it at the end. On SQLite a
// second open needs the first closed (a restart); on PostgreSQL two may be open
// at once (replicas).
func Each(t *testing.T, fn func(t *testing.T, open func() *store.DB)) {
	t.Helper()
	EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		fn(t, func() *store.DB {
			t.Helper()
			db := open()
			if err := schema.Up(context.Background(), db); err != nil {
				t.Fatal(err)
			}
			return db
		})
	})
}

// EachEmpty is Each without the migrations.
func EachEmpty(t *testing.T, fn func(t *testing.T, open func() *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, opener(t, store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true}))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, opener(t, Postgres(t)))
	})
}

func opener(t testing.TB, cfg store.Config) func() *store.DB {
	return func() *store.DB {
		t.Helper()
		db, err := store.Open(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		return db
	}
}

// Postgres makes a database that lives as long as the test, or skips the test.
func Postgres(t testing.TB) store.Config {
	t.Helper()
	server := os.Getenv(EnvPostgres)
	if server == "" {
		t.Skip(EnvPostgres + " is not set; run under scripts/postgres-for-tests")
	}
	conf, err := pgx.ParseConfig(server)
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	admin := stdlib.OpenDB(*conf)
	admin.SetMaxOpenConns(1)
	execute(t, admin, "CREATE DATABASE "+name)
	t.Cleanup(func() {
		execute(t, admin, "DROP DATABASE "+name+" WITH (FORCE)")
		admin.Close()
	})
	return store.Config{
		Engine:      store.Postgres,
		DSN:         dsn(conf, name),
		Isolation:   store.Isolation(os.Getenv(EnvIsolation)),
		Connections: 10,
	}
}

func execute(t testing.TB, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func dsn(c *pgx.ConnConfig, database string) string {
	mode := "disable"
	if c.TLSConfig != nil {
		mode = "require"
	}
	return fmt.Sprintf("host='%s' port=%d user='%s' password='%s' dbname=%s sslmode=%s",
		c.Host, c.Port, c.User, c.Password, database, mode)
}
