package service

import (
	"context"
	"iter"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Files are the approved files as the door keeps them, for a service that must
// find one again.
type Files interface {
	// FileOf finds the approved file of a party code's series. Of a series that
	// has begun anew it is the latest with the number.
	FileOf(r store.Reader, codeID int64, tx filing.Transaction, sequence int64) (id int64, found bool, err error)
	// Waits tells whether the file is approved and not yet read in to its end.
	Waits(r store.Reader, id int64) (bool, error)
	// References streams the own references of the file in its order. It opens
	// the bytes and is not called within a transaction. An error ends it.
	References(ctx context.Context, id int64) iter.Seq2[Reference, error]
	// Contents reads documents of the file by their numbers. It opens the bytes
	// and is not called within a transaction.
	Contents(ctx context.Context, id int64, numbers []int64) (map[int64]filing.Content, error)
}

// Reference is the own reference of one document.
type Reference struct {
	Number    int64 // of the document, from 1
	Reference string
}

// Keeper keeps the bytes of approved files for as long as a service needs them.
type Keeper interface {
	// KeepUntil tells that all cases of the file are closed, and the last day on
	// which its bytes are kept (law.md §9). It is called in the transaction that
	// closes the last of them, and again if one is opened anew: the zero day
	// keeps them until further notice.
	KeepUntil(tx store.Tx, file int64, last calendar.Day) error
}
