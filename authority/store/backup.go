package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrNoBackup is returned by Backup on PostgreSQL.
var ErrNoBackup = errors.New("store: PostgreSQL is backed up with its own tools (pg_dump, pg_basebackup)")

// backup copies the database to path under a temporary name and gives it its
// own name once it is durable.
func (s *sqliteDB) backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("store: backup to %s: it exists; choose another name", path)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) { // of a backup that was broken off
		return fmt.Errorf("store: backup: %w", err)
	}
	err := s.vacuumInto(ctx, part)
	if err == nil {
		err = publish(part, path)
	}
	if err != nil {
		os.Remove(part)
		return fmt.Errorf("store: backup to %s: %w", path, err)
	}
	return nil
}

func (s *sqliteDB) vacuumInto(ctx context.Context, path string) error {
	return s.maintain(ctx, func(pool *sql.DB) error {
		_, err := pool.ExecContext(ctx, "VACUUM INTO $1", path)
		return err
	})
}

// publish makes part durable and renames it.
func publish(part, path string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
