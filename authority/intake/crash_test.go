package intake

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// crashDir tells the test binary to be the process that is killed.
const crashDir = "FILTJANST_TEST_CRASH"

// TestKilled kills a process that takes submissions, again and again, and looks
// after each time at what it left: what was answered stands, nothing stands
// half, and what was not answered can be sent again.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(crashDir); dir != "" {
		takeUntilKilled(t, dir)
		return
	}
	t.Parallel()
	dir := t.TempDir()
	restarted(t, dir, func(w *world) { w.do(w.people) })
	for range 6 {
		answered := killed(t, dir)
		restarted(t, dir, func(w *world) {
			for _, txid := range answered {
				if _, seen, err := w.door.Seen(t.Context(), owner, txid); err != nil || !seen {
					t.Errorf("%s was answered and is gone: %v", txid, err)
				}
			}
			w.checkWhole()
		})
	}
	restarted(t, dir, func(w *world) {
		n := w.expected()
		w.crashSubmission(n)
		if n < 5 || w.expected() != n+1 {
			t.Errorf("after the crashes %d is expected next, after one more %d", n, w.expected())
		}
	})
}

// killed runs the process for a while and returns the ids that it saw answered.
func killed(t *testing.T, dir string) (answered []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "answered "); ok {
			answered = append(answered, id)
		}
		if len(answered) == 1 { // it is under way
			time.AfterFunc(time.Duration(rand.IntN(300))*time.Millisecond, func() { cmd.Process.Kill() })
		}
	}
	if cmd.Wait() == nil {
		t.Fatal("the process ended by itself")
	}
	return answered
}

func takeUntilKilled(t *testing.T, dir string) {
	restarted(t, dir, func(w *world) {
		for n := w.expected(); n < 100_000; n++ {
			txid := w.crashSubmission(n)
			fmt.Println("answered " + txid)
		}
	})
}

// crashSubmission sends submission n in one message, every third one large,
// under ids that follow from n.
func (w *world) crashSubmission(n int64) string {
	w.Helper()
	documents := 1
	if n%3 == 0 {
		documents = 100
	}
	a := Arrival{Sender: owner, Channel: SHS, TxID: "crash-" + strconv.FormatInt(n, 10), Transaction: filing.BFApplication, Confirm: true}
	answer := w.take(a, file(filing.TextForm, code, n, documents, 0), note(filing.TextForm, code, n, documents, 0))
	if got := outcomes(answer); got[0] != yes {
		w.Fatalf("submission %d is %s: %v", n, got[0], w.replies())
	}
	return a.TxID
}

// restarted opens the data of dir as a new process does.
func restarted(t *testing.T, dir string, fn func(w *world)) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := schema.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenDir(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	fn(worldOver(t, db, blobs))
}
