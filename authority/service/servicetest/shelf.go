// Package servicetest has what the tests of services share: the files of the
// door, without a door. It must not know any service.
package servicetest

import (
	"context"
	"iter"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Shelf is files as the door keeps them, by id: each waits to be read in.
type Shelf map[int64][]service.Document

var _ service.Files = Shelf{}

// FileOf finds none: nothing is looked for by its number.
func (Shelf) FileOf(store.Reader, int64, filing.Transaction, int64) (int64, bool, error) {
	return 0, false, nil
}

// Waits says yes of every file.
func (Shelf) Waits(store.Reader, int64) (bool, error) { return true, nil }

// References streams the own references of a file.
func (s Shelf) References(_ context.Context, id int64) iter.Seq2[service.Reference, error] {
	return func(yield func(service.Reference, error) bool) {
		for _, d := range s[id] {
			if !yield(service.Reference{Number: d.Number, Reference: d.Content.OwnReference()}, nil) {
				return
			}
		}
	}
}

// Contents gives documents of a file.
func (s Shelf) Contents(_ context.Context, id int64, numbers []int64) (map[int64]filing.Content, error) {
	found := map[int64]filing.Content{}
	for _, n := range numbers {
		found[n] = s[id][n-1].Content
	}
	return found, nil
}
