package store_test

import (
	"context"
	"errors"
	"testing"

	"filtjanst/authority/store"
)

func TestIDsSetAside(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int64{-1: 1, 0: 1, 1: 1, 3: 3} {
		a, err := store.SetAside(t.Context(), n, func(context.Context, int) (int64, error) { return 40, nil })
		if err != nil {
			t.Fatal(err)
		}
		for run, a := range []store.Aside{a, a} {
			for i := range want {
				if id, err := a.Take(); id != 40+i || err != nil {
					t.Errorf("%d ids, run %d: got %d, %v, want %d", n, run, id, err, 40+i)
				}
			}
			if id, err := a.Take(); !errors.Is(err, store.ErrShort) {
				t.Errorf("%d ids, run %d: one more is %d, %v", n, run, id, err)
			}
		}
	}
}
