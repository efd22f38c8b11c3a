package evening_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"filtjanst/authority/evening"
	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

var errStop = errors.New("stopped by the test")

// stops fails the acts whose turn is in at, counted over all runs, and tells
// how many failed.
func (s *shelf) stops(at map[int]bool) *int {
	turn, failed := 0, new(int)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = func(string, int64, int64) error {
		turn++
		if !at[turn] {
			return nil
		}
		*failed++
		return errStop
	}
	return failed
}

// Random files, random stops: whenever a run is broken off, at a chunk, at the
// opening of a file or at its end, the next goes on, and in the end every
// document is one case and one line. A confirmation written again has the same
// bytes.
func TestRandomStops(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		h := newHouse(t, open(), t.TempDir())
		h.must(h.found())
		var all []file
		rapid.Check(t, func(rt *rapid.T) {
			sizes := rapid.SliceOfN(rapid.IntRange(1, 90), 1, 3).Draw(rt, "sizes")
			stops := rapid.SliceOfN(rapid.IntRange(1, 12), 0, 6).Draw(rt, "stops")
			var files []file
			for _, n := range sizes {
				f := made(h, int64(len(all)+len(files)+1), n, monday)
				f.Refused = rapid.SliceOfNDistinct(rapid.Int64Range(1, int64(n)), 0, n-1, rapid.ID).Draw(rt, "refused")
				slices.Sort(f.Refused)
				files = append(files, f)
			}
			h.put(files...)
			all = append(all, files...)
			h.runStopped(rt, stops)
			for _, f := range files {
				h.checkOne(f, h.confirmationOf(f))
			}
		})
		h.checkWhole(all...)
	})
}

// runStopped runs evenings until one is not stopped.
func (h *house) runStopped(rt *rapid.T, stops []int) {
	at := map[int]bool{}
	for _, s := range stops {
		at[s] = true
	}
	failed := h.shelf.stops(at)
	for range 20 {
		before := *failed
		_, err := h.evening(func(c *evening.Config) { c.Chunk = 25 }).Run(h.Context(), h.clock.Now())
		if err == nil && *failed == before {
			return
		}
		if (err == nil) != (*failed == before) || err != nil && !errors.Is(err, errStop) {
			rt.Fatalf("%d stops in the run, error %v", *failed-before, err)
		}
	}
	rt.Fatal("the runs do not end")
}

// The same files give the same bytes, whether or not their reading is broken
// off on the way.
func TestStopsDoNotShowInTheConfirmation(t *testing.T) {
	each(t, func(h *house) {
		straight := newHouse(h, freshSQLite(h, h.TempDir()), h.TempDir())
		h.must(straight.found())
		files := []file{made(h, 1, 330, monday), made(h, 2, 1, monday), made(h, 3, 150, monday)}
		straight.put(files...)
		straight.run(straight.evening())
		h.put(files...)
		h.shelf.stops(map[int]bool{2: true, 5: true, 6: true})
		for range 5 {
			h.evening().Run(h.Context(), h.clock.Now()) // stopped; the last must succeed
		}
		h.checkWhole(files...)
		want := straight.confirmations()
		for sequence, c := range h.confirmations() {
			if string(c.content) != string(want[sequence].content) {
				h.Errorf("file %d: confirmations differ:\n%.300s\n%.300s", sequence, c.content, want[sequence].content)
			}
		}
	})
}

func freshSQLite(t testing.TB, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), store.Config{Engine: store.SQLite, Dir: dir, NoSync: true})
	if err == nil {
		t.Cleanup(func() { db.Close() })
		err = schema.Up(context.Background(), db)
	}
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// crashFiles are on the shelf of the process that is killed.
func crashFiles(t testing.TB) []file {
	return []file{made(t, 1, 700, monday), made(t, 2, 40, monday), made(t, 3, 450, monday)}
}

const envCrash = "FILTJANST_TEST_EVENING_DIR"

// TestKilled kills a process that reads files in, with SIGKILL, at one chunk
// after another, and starts the next over what is left.
func TestKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := newHouse(t, freshSQLite(t, dir+"/db"), dir+"/blobs")
	h.must(h.found())
	h.put(crashFiles(t)...)
	h.must(h.db.Close())
	for chunks := 1; chunks < 60; chunks++ {
		if killAfter(t, dir, 1+chunks%4) {
			break
		}
	}
	h = newHouse(t, freshSQLite(t, dir+"/db"), dir+"/blobs")
	h.shelf.hold(crashFiles(t)...)
	h.checkWhole(crashFiles(t)...)
}

// killAfter runs a child until it has told of so many chunks, and kills it. It
// reports true when the child came to its end first.
func killAfter(t *testing.T, dir string, chunks int) (ended bool) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChildOfKilled$", "-test.v")
	child.Env = append(os.Environ(), envCrash+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		switch {
		case strings.HasPrefix(lines.Text(), "chunk"):
			if chunks--; chunks == 0 {
				child.Process.Kill()
			}
		case lines.Text() == "ended":
			ended = true
		}
	}
	err = child.Wait()
	if ended && err != nil && chunks > 0 { // else the kill came as it was leaving
		t.Fatalf("the child failed: %v", err)
	}
	return ended
}

// TestChildOfKilled is the process that is killed.
func TestChildOfKilled(t *testing.T) {
	dir := os.Getenv(envCrash)
	if dir == "" {
		t.Skip("it is run by TestKilled")
	}
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: dir + "/db", MustExist: true, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	h := newHouse(t, db, dir+"/blobs")
	h.shelf.hold(crashFiles(t)...)
	e := h.evening(func(c *evening.Config) {
		c.Lease = 100 * time.Millisecond
		c.Progress = func(p evening.Progress) { fmt.Println("chunk", p.File, p.Done) }
	})
	for {
		s, err := e.Run(t.Context(), h.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		if s.Busy == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond) // the lease of the one that was killed
	}
	fmt.Println("ended")
}

// Two replicas, one of which is stopped in the middle, leave the same whole.
func TestReplicaTakesOver(t *testing.T) {
	each(t, func(h *house) {
		files := map[int64]file{}
		for id := range int64(6) {
			files[id+1] = made(h, id+1, 300, monday)
		}
		for f := range maps.Values(files) {
			h.put(f)
		}
		ctx, stop := context.WithCancel(h.Context())
		first := h.evening(func(c *evening.Config) {
			c.Progress = func(p evening.Progress) {
				if p.File == 3 {
					stop()
				}
			}
		})
		if _, err := first.Run(ctx, h.clock.Now()); !errors.Is(err, context.Canceled) {
			h.Errorf("the stopped one: %v", err)
		}
		h.run(h.evening(func(c *evening.Config) { c.Workers = 3 }))
		var all []file
		for f := range maps.Values(files) {
			all = append(all, f)
		}
		h.checkWhole(all...)
	})
}
