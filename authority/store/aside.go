package store

import (
	"context"
	"errors"
)

// ErrShort says that more ids were needed than were set aside.
var ErrShort = errors.New("store: more ids are needed than were set aside")

// Aside is ids in a row that were set aside before a transaction. It is copied
// for each run of the transaction, so that both give the same rows.
type Aside struct{ next, end int64 }

// SetAside takes n ids, at least one, from what gives the first of some in a
// row, as [IDs.Next] does.
func SetAside(ctx context.Context, n int, next func(context.Context, int) (int64, error)) (Aside, error) {
	n = max(1, n)
	first, err := next(ctx, n)
	return Aside{first, first + int64(n)}, err
}

// Take gives one of the ids, or ErrShort.
func (a *Aside) Take() (int64, error) {
	if a.next >= a.end {
		return 0, ErrShort
	}
	a.next++
	return a.next - 1, nil
}
