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

// server is the PostgreSQL the tests may make databases on.
type server struct {
	conf  *pgx.ConnConfig
	admin *sql.DB // one connection
}

func connect(t testing.TB) server {
	t.Helper()
	dsn := os.Getenv(EnvPostgres)
	if dsn == "" {
		t.Skip(EnvPostgres + " is not set; run under scripts/postgres-for-tests")
	}
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	s := server{conf, stdlib.OpenDB(*conf)}
	s.admin.SetMaxOpenConns(1)
	t.Cleanup(func() { s.admin.Close() })
	return s
}

// Postgres makes an empty database that lives as long as the test, or skips
// the test.
func Postgres(t testing.TB) store.Config {
	t.Helper()
	return connect(t).create(t, "template1")
}

// Migrated is Postgres with all migrations applied. It copies a template that
// the first test to need it makes, and that stays on the server.
func Migrated(t testing.TB) store.Config {
	t.Helper()
	s := connect(t)
	return s.create(t, s.template(t))
}

func (s server) create(t testing.TB, template string) store.Config {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	s.execute(t, "CREATE DATABASE "+name+" TEMPLATE "+template)
	t.Cleanup(func() { s.execute(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return s.config(name)
}

// templateLock is the advisory lock under which templates are made.
const templateLock = 4711

// template makes sure that there is a migrated database to copy, under a name
// that changes with the migrations.
func (s server) template(t testing.TB) string {
	t.Helper()
	digest, err := schema.Digest(store.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	name := "filtjanst_template_" + digest
	s.execute(t, fmt.Sprintf("SELECT pg_advisory_lock(%d)", templateLock))
	defer s.execute(t, fmt.Sprintf("SELECT pg_advisory_unlock(%d)", templateLock))
	var there bool
	if err := s.admin.QueryRow(`SELECT count(*) > 0 FROM pg_database WHERE datname = $1`, name).Scan(&there); err != nil {
		t.Fatal(err)
	}
	if there {
		return name
	}
	half := name + "_half"
	s.execute(t, "DROP DATABASE IF EXISTS "+half+" WITH (FORCE)")
	s.execute(t, "CREATE DATABASE "+half)
	migrate(t, s.config(half))
	s.execute(t, "ALTER DATABASE "+half+" RENAME TO "+name)
	return name
}

func migrate(t testing.TB, cfg store.Config) {
	t.Helper()
	db, err := store.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := schema.Up(context.Background(), db); err != nil {
		t.Fatal(err)
	}
}

func (s server) execute(t testing.TB, statement string) {
	t.Helper()
	if _, err := s.admin.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func (s server) config(database string) store.Config {
	mode := "disable"
	if s.conf.TLSConfig != nil {
		mode = "require"
	}
	return store.Config{
		Engine: store.Postgres,
		DSN: fmt.Sprintf("host='%s' port=%d user='%s' password='%s' dbname=%s sslmode=%s",
			s.conf.Host, s.conf.Port, s.conf.User, s.conf.Password, database, mode),
		Isolation:   store.Isolation(os.Getenv(EnvIsolation)),
		Connections: 10,
	}
}
