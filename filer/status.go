package filer

import (
	"context"
	"fmt"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// FileStatus is a file of the book and how many of its documents have a case
// number.
type FileStatus struct {
	ledger.File
	Matched int64 `json:"matched"`
}

// Status is the whole book of the filer's code.
type Status struct {
	Code  string       `json:"code"`
	Next  int64        `json:"next_sequence"`
	Files []FileStatus `json:"files"`
}

// Status tells how far every file has come.
func (d *Desk) Status(ctx context.Context) (Status, error) {
	s := Status{Code: d.Config.Code, Files: []FileStatus{}}
	var err error
	if s.Next, err = d.Book.NextNumber(ctx, d.Config.Code, filing.BFApplication); err != nil {
		return s, err
	}
	files, err := d.Book.Files(ctx, ledger.Filter{Code: d.Config.Code})
	if err != nil {
		return s, err
	}
	for _, f := range files {
		matched, err := d.Book.Matches(ctx, f.ID)
		if err != nil {
			return s, err
		}
		s.Files = append(s.Files, FileStatus{File: f, Matched: matched})
	}
	return s, nil
}

// Discard gives up the file with the number, which was rejected or not sent.
func (d *Desk) Discard(ctx context.Context, sequence int64, reason string) error {
	files, err := d.Book.Files(ctx, ledger.Filter{
		Code: d.Config.Code, Transaction: filing.BFApplication, Sequence: sequence, States: []ledger.State{ledger.Built, ledger.Rejected},
	})
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("the book has no file with number %d that is built or rejected", sequence)
	}
	return d.Book.Discard(ctx, files[len(files)-1].ID, reason)
}
