package intake

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"filtjanst/authority/blob"
)

func randomBytes(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// TestRelay: every reader gets every byte, whatever the sizes and paces, and
// one that goes back to the start gets them again.
func TestRelay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		content := randomBytes(rapid.IntRange(0, 12*chunkSize).Draw(t, "size"))
		looked := rapid.IntRange(0, len(content)).Draw(t, "looked at before going back")
		r := newRelay()
		var all sync.WaitGroup
		var plain, again []byte
		stored := make(chan struct{})
		all.Go(func() {
			plain, _ = io.ReadAll(r.feeds[0])
			close(stored)
		})
		all.Go(func() {
			src := &rereadable{feed: r.feeds[1], open: func() (blob.Object, error) {
				<-stored
				return object{bytes.NewReader(plain)}, nil
			}}
			io.CopyN(io.Discard, src, int64(looked))
			if _, err := src.Seek(0, io.SeekStart); err != nil {
				t.Errorf("seek: %v", err)
			}
			again, _ = io.ReadAll(src)
			src.drain()
		})
		size, err := r.pump(bytes.NewReader(content))
		all.Wait()
		if err != nil || size != int64(len(content)) {
			t.Errorf("%d bytes, %v; want %d", size, err, len(content))
		}
		if !bytes.Equal(plain, content) || !bytes.Equal(again, content) {
			t.Errorf("readers got %d and %d bytes of %d", len(plain), len(again), len(content))
		}
	})
}

type object struct{ *bytes.Reader }

func (object) Close() error { return nil }

func TestRelayTellsEveryReaderOfAFailure(t *testing.T) {
	t.Parallel()
	for _, failure := range []error{errCable, io.ErrUnexpectedEOF} {
		r := newRelay()
		errs := make(chan error, 2)
		for _, f := range r.feeds {
			go func() {
				_, err := io.Copy(io.Discard, f)
				errs <- err
			}()
		}
		_, err := r.pump(io.MultiReader(bytes.NewReader(randomBytes(3*chunkSize)), iotest.ErrReader(failure)))
		for _, got := range []error{err, <-errs, <-errs} {
			if !errors.Is(got, failure) {
				t.Errorf("%v, want %v", got, failure)
			}
		}
	}
}

// TestRelayEndsWhenAReaderGivesUp: an upload without end does not go on.
func TestRelayEndsWhenAReaderGivesUp(t *testing.T) {
	t.Parallel()
	r := newRelay()
	go r.feeds[0].drain()
	go func() {
		io.CopyN(io.Discard, r.feeds[1], 3*chunkSize)
		r.giveUp()
		r.feeds[1].drain()
	}()
	if _, err := r.pump(filler{}); !errors.Is(err, errStopped) {
		t.Errorf("error %v, want %v", err, errStopped)
	}
}
