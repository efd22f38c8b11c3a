package intake

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"testing"
	"time"

	"filtjanst/filing"
)

// TestRealSizeLimit takes exactly 2 GiB in constant memory and refuses a byte
// more. It needs the disk space and half a minute: FILTJANST_TEST_LARGE=1.
func TestRealSizeLimit(t *testing.T) {
	if os.Getenv("FILTJANST_TEST_LARGE") == "" {
		t.Skip("FILTJANST_TEST_LARGE is not set")
	}
	w := newWorld(t, openSQLite(t))
	const limit = 2 << 30
	for _, size := range []int64{limit, limit + 1} {
		peak := watchHeap(t)
		_, err := w.door.Take(t.Context(), upload(), onePart(manyApplications(size)))
		if refusal, refused := errors.AsType[*Refusal](err); refused != (size > limit) || refused && refusal.Kind != TooLarge {
			t.Errorf("%d bytes: %v", size, err)
		}
		if got := peak(); got > 64<<20 {
			t.Errorf("%d bytes took %d MiB of memory", size, got>>20)
		}
	}
	if n := len(w.blobKeys()); n != 1 {
		t.Errorf("%d blobs, want 1", n)
	}
}

// manyApplications is a file of real records, repeated to the size.
func manyApplications(size int64) io.Reader {
	content := file(filing.TextForm, code, 1, 100, 0)
	start, rest, _ := bytes.Cut(content, []byte("\n"))
	documents := rest[:bytes.LastIndexByte(rest[:len(rest)-1], '\n')+1]
	return io.LimitReader(io.MultiReader(bytes.NewReader(start), bytes.NewReader([]byte("\n")), &cycle{data: documents}), size)
}

type cycle struct {
	data []byte
	at   int
}

func (c *cycle) Read(p []byte) (int, error) {
	n := copy(p, c.data[c.at:])
	c.at = (c.at + n) % len(c.data)
	return n, nil
}

func onePart(body io.Reader) func() (Part, error) {
	given := false
	return func() (Part, error) {
		if given {
			return Part{}, io.EOF
		}
		given = true
		return Part{Body: body}, nil
	}
}

// watchHeap samples the memory in use until the returned function is called.
func watchHeap(t *testing.T) func() uint64 {
	t.Helper()
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(50 * time.Millisecond):
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapInuse-min(now.HeapInuse, before.HeapInuse))
			}
		}
	}()
	return func() uint64 { close(done); return <-peak }
}
