package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/store"
)

func TestOneProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := openDir(t, dir)
	_, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: dir})
	if err == nil || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
		t.Errorf("a second opening: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openDir(t, dir)
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	garbled := t.TempDir()
	if err := os.WriteFile(filepath.Join(garbled, "filtjanst.db"), []byte(strings.Repeat("no database", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]store.Config{
		"no engine":        {},
		"unknown engine":   {Engine: "oracle"},
		"no directory":     {Engine: store.SQLite},
		"must exist":       {Engine: store.SQLite, Dir: t.TempDir(), MustExist: true},
		"directory absent": {Engine: store.SQLite, Dir: filepath.Join(t.TempDir(), "x"), MustExist: true},
		"a file":           {Engine: store.SQLite, Dir: file},
		"no database":      {Engine: store.SQLite, Dir: garbled},
		"bad DSN":          {Engine: store.Postgres, DSN: "host='"},
		"no server":        {Engine: store.Postgres, DSN: "host=127.0.0.1 port=1 user=x sslmode=disable"},
	}
	for name, cfg := range tests {
		if db, err := store.Open(t.Context(), cfg); err == nil {
			db.Close()
			t.Errorf("%s: opened", name)
		}
	}
	if _, err := os.Stat(tests["directory absent"].Dir); err == nil {
		t.Error("the directory that should exist was made")
	}
}

func TestBackupWhileWriting(t *testing.T) {
	t.Parallel()
	db := openDir(t, t.TempDir())
	execute(t, db, createNote)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := int64(0); ; i++ {
			select {
			case <-stop:
				return
			default:
				if err := db.Do(context.Background(), insert(i, strconv.FormatInt(i, 10))); err != nil {
					t.Error(err)
				}
			}
		}
	})
	time.Sleep(20 * time.Millisecond)
	before := count(t, db)
	dir := t.TempDir()
	path := filepath.Join(dir, "filtjanst.db")
	err := db.Backup(t.Context(), path)
	close(stop)
	wg.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), path); err == nil {
		t.Error("a backup was written over another")
	}
	if n := count(t, openDir(t, dir)); n < before || n > count(t, db) {
		t.Errorf("the copy has %d rows of %d", n, before)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*.part")); names != nil {
		t.Errorf("left behind: %v", names)
	}
}
