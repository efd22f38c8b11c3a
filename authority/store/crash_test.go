package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"filtjanst/authority/store"
)

// envCrash makes the test binary the process that is killed: it writes to the
// database in that directory and prints each id once its write is acknowledged.
const envCrash = "FILTJANST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(envCrash); dir != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes pairs of rows, so that half a write could be told.
func writeUntilKilled(dir string) error {
	db, err := store.Open(context.Background(), store.Config{Engine: store.SQLite, Dir: dir})
	if err != nil {
		return err
	}
	err = db.Do(context.Background(), func(tx store.Tx) error {
		_, err := tx.Exec(`CREATE TABLE IF NOT EXISTS note (id BIGINT PRIMARY KEY, text TEXT UNIQUE)`)
		return err
	})
	if err != nil {
		return err
	}
	var last int64
	err = db.Read(context.Background(), func(r store.Reader) error {
		return r.QueryRow(`SELECT coalesce(max(id), 0) FROM note`).Scan(&last)
	})
	if err != nil {
		return err
	}
	var next atomic.Int64
	next.Store(last + 1)
	failed := make(chan error)
	for range 16 {
		go func() { failed <- acknowledge(db, &next) }()
	}
	return <-failed
}

func acknowledge(db *store.DB, next *atomic.Int64) error {
	for {
		id := next.Add(2)
		err := db.Do(context.Background(), func(tx store.Tx) error {
			if err := insert(id, strconv.FormatInt(id, 10))(tx); err != nil {
				return err
			}
			return insert(id+1, strconv.FormatInt(id+1, 10))(tx)
		})
		if err != nil {
			return err
		}
		fmt.Println(id) // one write call: a line is whole or absent
	}
}

func TestAKilledProcessLosesNothingItAcknowledged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	acknowledged := map[int64]bool{}
	for round := range 4 {
		for _, id := range runAndKill(t, dir, 100+40*round) {
			acknowledged[id] = true
		}
		checkKept(t, dir, acknowledged)
	}
	if len(acknowledged) < 400 {
		t.Errorf("only %d writes were acknowledged", len(acknowledged))
	}
}

// runAndKill kills the child, without warning, once it has acknowledged n
// writes, and returns all it acknowledged.
func runAndKill(t *testing.T, dir string, n int) (ids []int64) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), envCrash+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	var kill sync.Once
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		id, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if ids = append(ids, id); len(ids) >= n {
			kill.Do(func() { cmd.Process.Signal(syscall.SIGKILL) })
		}
	}
	cmd.Wait()
	return ids
}

func checkKept(t *testing.T, dir string, acknowledged map[int64]bool) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: dir, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	kept := map[int64]bool{}
	err = db.Read(t.Context(), func(r store.Reader) error {
		for rows, err := range store.Each(r.Query(`SELECT id FROM note`)) {
			if err != nil {
				return err
			}
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			kept[id] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id := range acknowledged {
		if !kept[id] || !kept[id+1] {
			t.Errorf("%d was acknowledged and is lost", id)
		}
	}
	if len(kept)%2 != 0 {
		t.Errorf("half a write is kept: %d rows", len(kept))
	}
}
