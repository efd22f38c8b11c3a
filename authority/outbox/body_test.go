package outbox_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/blob"
	"filtjanst/authority/outbox"
)

func TestStage(t *testing.T) {
	each(t, func(b *bench) {
		for _, size := range []int{0, 1, outbox.InlineLimit, outbox.InlineLimit + 1, 5 * outbox.InlineLimit} {
			want := make([]byte, size)
			rand.Read(want)
			m := b.message(size)
			var err error
			m.Body, err = b.box.Stage(b.Context(), fmt.Sprintf("key-%d", size), func(w io.Writer) error {
				_, err := io.Copy(w, bytes.NewReader(want))
				return err
			})
			b.must(err)
			if inline := m.Body.Key == ""; inline != (size <= outbox.InlineLimit) {
				b.Errorf("%d bytes: inline = %v", size, inline)
			}
			if diff := cmp.Diff(outbox.Inline(want).Digest, m.Body.Digest); diff != "" || m.Body.Size != int64(size) {
				b.Errorf("%d bytes: size %d, digest %s", size, m.Body.Size, diff)
			}
			b.put(m)
			_, body, err := b.box.Open(b.Context(), filer, m.TxID)
			b.must(err)
			if got := content(b.T, body); got != string(want) {
				b.Errorf("%d bytes came out as %d others", size, len(got))
			}
		}
	})
}

func TestStageThatFails(t *testing.T) {
	each(t, func(b *bench) {
		broken := errors.New("broken")
		for _, size := range []int{1, 3 * outbox.InlineLimit} {
			_, err := b.box.Stage(b.Context(), "key", func(w io.Writer) error {
				if _, err := w.Write(make([]byte, size)); err != nil {
					return err
				}
				return broken
			})
			if !errors.Is(err, broken) {
				b.Errorf("%d bytes: %v", size, err)
			}
			if _, err := b.blobs.Stat(b.Context(), "key"); !errors.Is(err, blob.ErrNotFound) {
				b.Errorf("%d bytes: a broken body was kept: %v", size, err)
			}
		}
		ended, cancel := context.WithCancel(b.Context())
		cancel()
		_, err := b.box.Stage(ended, "key2", func(w io.Writer) error {
			_, err := w.Write(make([]byte, 1<<20))
			return err
		})
		if !errors.Is(err, context.Canceled) {
			b.Errorf("staging after the end: %v", err)
		}
	})
}
