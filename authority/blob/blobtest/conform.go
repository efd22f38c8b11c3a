// Package blobtest checks that a blob.Store keeps its promises, and offers one
// in memory that fails when told to.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/blob"
)

// Conform runs the checks every store must pass. open gives an empty one.
func Conform(t *testing.T, open func(t *testing.T) blob.Store) {
	t.Helper()
	for name, check := range map[string]func(*testing.T, blob.Store){
		"round trip":             roundTrip,
		"seek":                   seek,
		"created once":           createdOnce,
		"one of many wins":       oneWins,
		"broken reader":          brokenReader,
		"cancelled":              cancelled,
		"absent":                 absent,
		"bad keys":               badKeys,
		"list and delete":        listAndDelete,
		"stop listing":           stopListing,
		"large, beyond one part": large,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, open(t))
		})
	}
}

func put(t *testing.T, s blob.Store, key, content string) blob.Written {
	t.Helper()
	w, err := s.Put(t.Context(), key, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func get(t *testing.T, s blob.Store, key string) string {
	t.Helper()
	o, err := s.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	content, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	if o.Size() != int64(len(content)) {
		t.Errorf("%s: size %d, but %d bytes read", key, o.Size(), len(content))
	}
	return string(content)
}

func roundTrip(t *testing.T, s blob.Store) {
	for _, content := range []string{"", "a", strings.Repeat("0123456789", 20_000)} {
		key := "k" + strings.Repeat("x", len(content)%7)
		want := blob.Written{Size: int64(len(content)), SHA256: sha256.Sum256([]byte(content))}
		if diff := cmp.Diff(want, put(t, s, key, content)); diff != "" {
			t.Errorf("put %d bytes (-want +got):\n%s", len(content), diff)
		}
		if got := get(t, s, key); got != content {
			t.Errorf("%d bytes came back as %d", len(content), len(got))
		}
		info, err := s.Stat(t.Context(), key)
		if err != nil || info.Key != key || info.Size != int64(len(content)) || info.Modified.IsZero() {
			t.Errorf("stat: %+v, %v", info, err)
		}
		if err := s.Delete(t.Context(), key); err != nil {
			t.Error(err)
		}
	}
}

func seek(t *testing.T, s blob.Store) {
	put(t, s, "key", "0123456789")
	o, err := s.Open(t.Context(), "key")
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, err := o.Seek(7, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(o); string(rest) != "789" || err != nil {
		t.Errorf("from 7: %q, %v", rest, err)
	}
	if _, err := o.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(o); string(all) != "0123456789" || err != nil {
		t.Errorf("from 0: %q, %v", all, err)
	}
}

func createdOnce(t *testing.T, s blob.Store) {
	put(t, s, "key", "first")
	if _, err := s.Put(t.Context(), "key", strings.NewReader("second")); !errors.Is(err, blob.ErrExists) {
		t.Errorf("second put: %v, want ErrExists", err)
	}
	if got := get(t, s, "key"); got != "first" {
		t.Errorf("holds %q", got)
	}
}

func oneWins(t *testing.T, s blob.Store) {
	const n = 8
	errs := make(chan error, n)
	for i := range n {
		go func() {
			_, err := s.Put(context.Background(), "key", strings.NewReader(strings.Repeat("x", 1000+i)))
			errs <- err
		}()
	}
	won := 0
	for range n {
		switch err := <-errs; {
		case err == nil:
			won++
		case !errors.Is(err, blob.ErrExists):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d puts of one key succeeded", won)
	}
}

func brokenReader(t *testing.T, s blob.Store) {
	for _, broken := range []error{errors.New("the line broke"), io.ErrUnexpectedEOF} {
		for _, sent := range []int{0, 100_000, 9 << 20} {
			r := io.MultiReader(strings.NewReader(strings.Repeat("x", sent)), iotest.ErrReader(broken))
			if _, err := s.Put(t.Context(), "key", r); !errors.Is(err, broken) {
				t.Errorf("after %d bytes: %v", sent, err)
			}
		}
	}
	empty(t, s)
	put(t, s, "key", "again")
}

func cancelled(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(ctx, "key", strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	empty(t, s)
}

func absent(t *testing.T, s blob.Store) {
	if _, err := s.Open(t.Context(), "key"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("open: %v", err)
	}
	if _, err := s.Stat(t.Context(), "key"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("stat: %v", err)
	}
	if err := s.Delete(t.Context(), "key"); err != nil {
		t.Errorf("delete: %v", err)
	}
}

func badKeys(t *testing.T, s blob.Store) {
	for _, key := range []string{"", ".", "..", "a/b", `a\b`, "../x", "a b", "å", "a\x00", "a\n", strings.Repeat("x", 129)} {
		_, put := s.Put(t.Context(), key, strings.NewReader("x"))
		_, open := s.Open(t.Context(), key)
		_, stat := s.Stat(t.Context(), key)
		for _, err := range []error{put, open, stat, s.Delete(t.Context(), key)} {
			if !errors.Is(err, blob.ErrKey) {
				t.Errorf("%q: %v", key, err)
			}
		}
	}
	empty(t, s)
}

// keys lists all keys, sorted.
func keys(t *testing.T, s blob.Store) []string {
	t.Helper()
	var all []string
	for info, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, info.Key)
	}
	slices.Sort(all)
	return all
}

func empty(t *testing.T, s blob.Store) {
	t.Helper()
	if all := keys(t, s); len(all) != 0 {
		t.Errorf("left behind: %v", all)
	}
}

func listAndDelete(t *testing.T, s blob.Store) {
	var want []string
	for i := range 30 {
		key := strings.Repeat("k", i+1)
		put(t, s, key, key)
		want = append(want, key)
	}
	if diff := cmp.Diff(want, keys(t, s)); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	for info, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Delete(t.Context(), info.Key); err != nil {
			t.Fatal(err)
		}
	}
	empty(t, s)
}

func stopListing(t *testing.T, s blob.Store) {
	put(t, s, "a", "")
	put(t, s, "b", "")
	for _, err := range s.List(t.Context()) {
		if err != nil {
			t.Error(err)
		}
		break
	}
}

func large(t *testing.T, s blob.Store) {
	content := bytes.Repeat([]byte("0123456789abcdef"), (17<<20)/16)
	w, err := s.Put(t.Context(), "key", iotest.HalfReader(bytes.NewReader(content)))
	if err != nil {
		t.Fatal(err)
	}
	if w.SHA256 != sha256.Sum256(content) {
		t.Error("digest differs")
	}
	if _, err := s.Put(t.Context(), "key", bytes.NewReader(content)); !errors.Is(err, blob.ErrExists) {
		t.Errorf("second put: %v, want ErrExists", err)
	}
	if got := get(t, s, "key"); got != string(content) {
		t.Error("content differs")
	}
}
