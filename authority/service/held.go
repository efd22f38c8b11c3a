package service

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/filing"
)

// HeldDocument is a document of which what it says is held until the application
// it concerns is read in (R70): the file that brought it, and its number there.
type HeldDocument struct{ File, Number int64 }

// HeldParties are changes of party data that are held, as their files have them.
type HeldParties map[HeldDocument]*filing.PartyChange

// ErrHeldMeanwhile ends the read-in of documents for which more was held since it
// was prepared; it is tried again.
var ErrHeldMeanwhile = errors.New("service: more was held for the applications meanwhile")

// ReadHeldParties reads changes of party data from the files that brought them:
// no copy of a person's data is kept while they are held. It opens bytes and is
// not called within a transaction.
func ReadHeldParties(ctx context.Context, files Files, held []HeldDocument) (HeldParties, error) {
	numbers := map[int64][]int64{}
	for _, h := range held {
		numbers[h.File] = append(numbers[h.File], h.Number)
	}
	changes := HeldParties{}
	for file, of := range numbers {
		contents, err := files.Contents(ctx, file, of)
		if err != nil {
			return nil, fmt.Errorf("service: read what is held by file %d: %w", file, err)
		}
		for number, content := range contents {
			if c, ok := content.(*filing.PartyChange); ok {
				changes[HeldDocument{file, number}] = c
			}
		}
	}
	return changes, nil
}

// Of is the change that a document says, or ErrHeldMeanwhile.
func (h HeldParties) Of(d HeldDocument) (*filing.PartyChange, error) {
	if c := h[d]; c != nil {
		return c, nil
	}
	return nil, ErrHeldMeanwhile
}
