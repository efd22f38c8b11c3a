// Package storetest runs a test over every database engine.
//
// SQLite always runs, in a temporary directory without fsync. PostgreSQL runs
// when FILTJANST_TEST_POSTGRES holds the connection string of a server whose
// user may create databases; scripts/postgres-for-tests starts such a server.
// FILTJANST_TEST_ISOLATION=SERIALIZABLE runs the suite at that level.
package storetest

import (
	"context"
	"testing"

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
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		open := opener(t, sqlite(t))
		fn(t, func() *store.DB {
			t.Helper()
			db := open()
			if err := schema.Up(context.Background(), db); err != nil {
				t.Fatal(err)
			}
			return db
		})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, opener(t, Migrated(t)))
	})
}

// EachEmpty is Each without the migrations.
func EachEmpty(t *testing.T, fn func(t *testing.T, open func() *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, opener(t, sqlite(t)))
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

func sqlite(t testing.TB) store.Config {
	return store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true}
}
