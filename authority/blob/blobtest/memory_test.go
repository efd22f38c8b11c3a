package blobtest_test

import (
	"errors"
	"strings"
	"testing"

	"filtjanst/authority/blob"
	"filtjanst/authority/blob/blobtest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	blobtest.Conform(t, func(*testing.T) blob.Store { return blobtest.NewMemory(nil) })
}

func TestMemoryFails(t *testing.T) {
	t.Parallel()
	tests := map[blobtest.When]struct{ kept, deleted bool }{
		blobtest.Before: {false, false},
		blobtest.After:  {true, true},
	}
	for when, want := range tests {
		m, ctx := blobtest.NewMemory(nil), t.Context()
		m.FailPut(when)
		if _, err := m.Put(ctx, "a", strings.NewReader("x")); !errors.Is(err, blobtest.ErrInjected) {
			t.Errorf("put: %v", err)
		}
		if _, err := m.Stat(ctx, "a"); (err == nil) != want.kept {
			t.Errorf("after a failed put: %v", err)
		}
		if _, err := m.Put(ctx, "b", strings.NewReader("x")); err != nil {
			t.Errorf("it failed twice: %v", err)
		}
		m.FailDelete(when)
		if err := m.Delete(ctx, "b"); !errors.Is(err, blobtest.ErrInjected) {
			t.Errorf("delete: %v", err)
		}
		if _, err := m.Stat(ctx, "b"); (err != nil) != want.deleted {
			t.Errorf("after a failed delete: %v", err)
		}
	}
}
