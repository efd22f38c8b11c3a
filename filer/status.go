package filer

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// Status is the whole book of the filer's code.
type Status struct {
	Code   string                       `json:"code"`
	Next   int64                        `json:"next_sequence"` // of applications for payment orders
	Series map[filing.Transaction]int64 `json:"series"`        // next number of each transaction that has been built
	Open   int64                        `json:"open_cases"`
	Files  []ledger.File                `json:"files"`
}

// Status tells how far every file has come.
func (d *Desk) Status(ctx context.Context) (Status, error) {
	s := Status{Code: d.Config.Code, Files: []ledger.File{}, Series: map[filing.Transaction]int64{}}
	files, err := d.Book.Files(ctx, ledger.Filter{Code: d.Config.Code})
	if err != nil {
		return s, err
	}
	s.Files = append(s.Files, files...)
	s.Series[filing.BFApplication] = 0
	for _, f := range files {
		s.Series[f.Transaction] = 0
	}
	for transaction := range s.Series {
		if s.Series[transaction], err = d.Book.NextNumber(ctx, d.Config.Code, transaction); err != nil {
			return s, err
		}
	}
	s.Next = s.Series[filing.BFApplication]
	s.Open, err = d.Book.OpenCases(ctx, d.Config.Code)
	return s, err
}

// ErrNoSuchFile tells that the book has no file of the transaction and number
// that could be given up.
var ErrNoSuchFile = errors.New("the book has no such file that is built or rejected")

// Discard gives up the file of a series with the number, which was rejected or
// not sent.
func (d *Desk) Discard(ctx context.Context, transaction filing.Transaction, sequence int64, reason string) error {
	files, err := d.Book.Files(ctx, ledger.Filter{
		Code: d.Config.Code, Transaction: transaction, Sequence: sequence, States: []ledger.State{ledger.Built, ledger.Rejected},
	})
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s number %d: %w", transaction, sequence, ErrNoSuchFile)
	}
	return d.Book.Discard(ctx, files[len(files)-1].ID, reason)
}
