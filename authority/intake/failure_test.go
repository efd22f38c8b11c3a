package intake

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// TestFailureBeforeTheCommit breaks the transaction after every number of its
// statements. Nothing is kept, and the same message can be sent again.
func TestFailureBeforeTheCommit(t *testing.T) {
	each(t, func(w *world) {
		a := w.shs()
		a.Confirm = true
		contents := [][]byte{file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0)}
		for n := 0; ; n++ {
			v := w.received(a, contents...)
			err := w.db.Do(t.Context(), func(tx store.Tx) error { return v.settlement(&failing{Tx: tx, left: n}).message() })
			if err == nil {
				if n < 10 {
					t.Errorf("the transaction had %d statements only", n)
				}
				break
			}
			if !errors.Is(err, errCable) {
				t.Fatalf("statement %d: %v", n, err)
			}
			w.nothingKept()
		}
		if answer := w.take(a, contents...); !answer.Duplicate {
			t.Error("the message that was kept in the end is not known")
		}
		w.checkWhole()
	})
}

// failing fails the statement after so many.
type failing struct {
	store.Tx
	left int
}

func (f *failing) spent() bool {
	f.left--
	return f.left < 0
}

func (f *failing) Exec(query string, args ...any) (sql.Result, error) {
	if f.spent() {
		return nil, errCable
	}
	return f.Tx.Exec(query, args...)
}

func (f *failing) Later(query string, args ...any) error {
	if f.spent() {
		return errCable
	}
	return f.Tx.Later(query, args...)
}

func (f *failing) CopyIn(table string, columns []string, rows iter.Seq[[]any]) (int64, error) {
	if f.spent() {
		return 0, errCable
	}
	return f.Tx.CopyIn(table, columns, rows)
}

// received is a message that has been kept and checked but not settled.
func (w *world) received(a Arrival, contents ...[]byte) *visit {
	w.Helper()
	v, err := w.door.admit(w.Context(), a)
	w.must(err)
	w.must(v.receive(w.Context(), parts(contents...)))
	return v
}

// TestUnknownOutcome: the connection was lost during the commit.
func TestUnknownOutcome(t *testing.T) {
	each(t, func(w *world) {
		lost := fmt.Errorf("commit: %w", store.ErrOutcomeUnknown)
		cancelled, cancel := context.WithCancel(t.Context())
		v := w.received(w.shs(), file(filing.TextForm, code, 1, 1, 0))
		if answer, err := v.failed(t.Context(), lost); err == nil {
			t.Errorf("not kept, but answered %+v", answer)
		}
		w.nothingKept()
		want, err := v.commit(t.Context())
		w.must(err)
		cancel() // the client is gone as well
		got, err := v.failed(cancelled, lost)
		w.must(err)
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
	})
}

// TestAClientThatLeaves: a message whose client is gone before the commit is
// not taken.
func TestAClientThatLeaves(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	given := false
	_, err := w.door.Take(ctx, w.shs(), func() (Part, error) {
		if given {
			cancel()
			return Part{}, io.EOF
		}
		given = true
		p, _ := parts(file(filing.TextForm, code, 1, 200, 0))()
		return p, nil
	})
	if err == nil {
		t.Fatal("taken")
	}
	if n := w.count("intake_message"); n != 0 {
		t.Errorf("%d messages are kept", n)
	}
}

// dry is a source of randomness that runs out.
type dry struct{ left int }

func (d *dry) Read(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errCable
	}
	return rand.Read(p)
}

func TestRandomnessRunsOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	a, contents := w.shs(), [][]byte{file(filing.TextForm, code, 1, 200, 0), note(filing.TextForm, code, 1, 200, 0)}
	for n := 0; ; n += 16 {
		w.rooms.Random = &dry{n}
		w.reopen()
		if _, err := w.door.Take(t.Context(), a, parts(contents...)); err == nil {
			break
		}
		w.nothingKept()
	}
	w.checkWhole()
}

// TestSweepKnowsItsBlobs: only blobs without a row are strange to the room.
func TestSweepKnowsItsBlobs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	w.take(w.shs(), file(filing.TextForm, code, 1, 200, 0))
	kept := w.blobKeys()[0]
	w.received(w.shs(), file(filing.TextForm, code, 2, 200, 0)) // and then the machine stops
	for _, key := range w.blobKeys() {
		w.read(func(r store.Reader) error {
			has, err := w.door.HasBlob(r, key)
			if has != (key == kept) {
				t.Errorf("blob %s: known %v", key, has)
			}
			return err
		})
	}
}
