package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"filtjanst/authority"
)

const postgresVariable = "FILTJANST_TEST_POSTGRES"

// engine makes empty databases.
type engine struct {
	name string
	// database makes one; drop takes it away.
	database func(ctx context.Context) (c authority.DatabaseConfig, drop func() error, err error)
}

func embedded() engine {
	return engine{"sqlite", func(context.Context) (authority.DatabaseConfig, func() error, error) {
		return authority.DatabaseConfig{Engine: "sqlite"}, func() error { return nil }, nil
	}}
}

// server makes databases on a PostgreSQL, over its administrative connection.
func server(dsn string) engine {
	return engine{"postgres", func(ctx context.Context) (authority.DatabaseConfig, func() error, error) {
		name := "bench_" + strings.ToLower(rand.Text())
		if err := execute(ctx, dsn, "CREATE DATABASE "+name); err != nil {
			return authority.DatabaseConfig{}, nil, err
		}
		drop := func() error { return execute(context.WithoutCancel(ctx), dsn, "DROP DATABASE "+name+" WITH (FORCE)") }
		return authority.DatabaseConfig{Engine: "postgres", DSN: dsn + " dbname=" + name}, drop, nil
	}}
}

func execute(ctx context.Context, dsn, statement string) error {
	c, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, statement)
	return errors.Join(err, c.Close(ctx))
}

func chooseEngines(name string) ([]engine, error) {
	dsn := os.Getenv(postgresVariable)
	switch {
	case name == "sqlite", name == "" && dsn == "":
		return []engine{embedded()}, nil
	case name != "" && name != "postgres":
		return nil, fmt.Errorf("-engine %q is neither sqlite nor postgres", name)
	case dsn == "":
		return nil, errors.New(postgresVariable + " is not set: run under scripts/postgres-for-tests --durable")
	case strings.Contains(dsn, "://"):
		return nil, errors.New(postgresVariable + " must be given as key=value words")
	case name == "postgres":
		return []engine{server(dsn)}, nil
	}
	return []engine{embedded(), server(dsn)}, nil
}
