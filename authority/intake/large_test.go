package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/blob"
	"filtjanst/authority/blob/blobtest"
	"filtjanst/filing"
)

func TestLargeFileStandsInABlob(t *testing.T) {
	each(t, func(w *world) {
		content := file(filing.TextForm, code, 1, 200, 0)
		if len(content) <= 2*inlineLimit {
			t.Fatalf("the file has only %d bytes", len(content))
		}
		w.take(w.shs(), content, note(filing.TextForm, code, 1, 200, 0))
		r := w.receipts(owner)[0]
		sum := sha256.Sum256(content)
		if r.Outcome != yes || r.Documents != 200 || r.Digest != hex.EncodeToString(sum[:]) {
			t.Errorf("receipt %+v", r)
		}
		if keys := w.blobKeys(); len(keys) != 1 || !strings.HasPrefix(keys[0], r.TransactionID) {
			t.Errorf("blobs %v, want one named by transaction id %s", keys, r.TransactionID)
		}
		body, _, err := w.door.Open(t.Context(), w.firstFile().ID)
		w.must(err)
		defer body.Close()
		kept, err := io.ReadAll(body)
		w.must(err)
		if !bytes.Equal(kept, content) {
			t.Error("the bytes kept are not those sent")
		}
		w.checkWhole()
	})
}

// TestARepeatLeavesNoBlob: the bytes of a repeat are not kept twice.
func TestARepeatLeavesNoBlob(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	content := file(filing.TextForm, code, 1, 200, 0)
	for range 3 {
		w.take(upload(), content)
	}
	w.take(w.shs(), content)
	if keys := w.blobKeys(); len(keys) != 1 {
		t.Errorf("blobs %v, want one", keys)
	}
	w.checkWhole()
}

func TestSizeLimit(t *testing.T) {
	cases := map[string]struct{ limit, size int }{
		"inline, exactly": {20_000, 20_000}, "inline, one more": {20_000, 20_001},
		"at the head": {inlineLimit, inlineLimit}, "one more than the head": {inlineLimit, inlineLimit + 1},
		"blob, exactly": {300_000, 300_000}, "blob, one more": {300_000, 300_001}, "blob, much more": {300_000, 3_000_000},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			w.rooms.Sets = filing.Sets{limitedSet(t, strconv.Itoa(c.limit))}
			w.reopen()
			_, err := w.door.Take(t.Context(), upload(), func() func() (Part, error) {
				given := false
				return func() (Part, error) {
					if given {
						return Part{}, io.EOF
					}
					given = true
					return Part{Body: endless(c.size)}, nil
				}
			}())
			refusal, refused := errors.AsType[*Refusal](err)
			if want := c.size > c.limit; refused != want || refused && refusal.Kind != TooLarge {
				t.Fatalf("%d bytes under a limit of %d: %v", c.size, c.limit, err)
			}
			if refused {
				w.nothingKept()
			} else if w.count("intake_half WHERE size = $1", c.size) != 1 {
				t.Error("the file is not kept")
			}
		})
	}
}

// endless is a start record and then n bytes in all of something else.
func endless(n int) io.Reader {
	start, _, _ := bytes.Cut(file(filing.TextForm, code, 1, 1, 0), []byte("\n"))
	return io.MultiReader(bytes.NewReader(start), bytes.NewReader([]byte("\n")),
		io.LimitReader(filler{}, int64(n-len(start)-1)))
}

type filler struct{}

func (filler) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestBlobFailures: whatever the byte store does, no answer is given that does
// not stand, and the message can be sent again.
func TestBlobFailures(t *testing.T) {
	for name, when := range map[string]blobtest.When{"before": blobtest.Before, "after": blobtest.After} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			memory := blobtest.NewMemory(nil)
			w.rooms.Blobs = memory
			w.reopen()
			memory.FailPut(when)
			a := w.shs()
			contents := [][]byte{file(filing.TextForm, code, 1, 200, 0), note(filing.TextForm, code, 1, 200, 0)}
			if _, err := w.door.Take(t.Context(), a, parts(contents...)); err == nil {
				t.Fatal("the failure was passed over")
			}
			w.nothingKept()
			if diff := cmp.Diff(are(yes, yes), outcomes(w.take(a, contents...))); diff != "" {
				t.Errorf("sent again (-want +got):\n%s", diff)
			}
			w.checkWhole()
		})
	}
}

// shortStore keeps less than it was given, and says so only in its size.
type shortStore struct{ blob.Store }

func (s shortStore) Put(ctx context.Context, key string, r io.Reader) (blob.Written, error) {
	written, err := s.Store.Put(ctx, key, io.LimitReader(r, 100_000))
	return written, err
}

func TestABlobThatIsNotWholeIsNoBlob(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	w.rooms.Blobs = shortStore{w.rooms.Blobs}
	w.reopen()
	if _, err := w.door.Take(t.Context(), w.shs(), parts(file(filing.TextForm, code, 1, 200, 0))); err == nil {
		t.Fatal("half a file was taken")
	}
	w.nothingKept()
}
