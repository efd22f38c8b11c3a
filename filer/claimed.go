package filer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// ClaimedBefore tells that a claim of an application stands in an earlier one
// that is open or decided.
type ClaimedBefore struct {
	Row       int         `json:"row,omitempty"`      // of the list
	Document  int         `json:"document,omitempty"` // of the file, from 1
	Reference string      `json:"reference"`
	Earlier   string      `json:"earlier_reference"`
	File      ledger.File `json:"earlier_file"`
	Case      string      `json:"case_number,omitempty"`
	State     string      `json:"state,omitempty"` // of that case
}

// claimedChunk is how many documents of a file are held against the book at a
// time.
const claimedChunk = 500

// ClaimedIn holds the claims of a file of applications against those that the
// book knows from other files; where it knows the file itself, from those before
// it. Other transactions claim nothing.
func (d *Desk) ClaimedIn(ctx context.Context, src io.Reader, set *filing.Set, f filing.Facts) ([]ClaimedBefore, error) {
	if f.Transaction != filing.BFApplication {
		return nil, nil
	}
	before, err := d.before(ctx, f)
	if err != nil {
		return nil, err
	}
	documents, err := filing.Documents(src, set, f.Transaction, f.Form)
	if err != nil {
		return nil, err
	}
	var all []ClaimedBefore
	for first, ended := 1, false; !ended; first += claimedChunk {
		var entries []ledger.Document
		if entries, ended, err = d.entries(documents); err != nil {
			return nil, fmt.Errorf("document %d: %w", first+len(entries), err)
		}
		found, err := d.earlier(ctx, entries, before)
		if err != nil {
			return nil, err
		}
		for i := range entries {
			if c, claimed := found[i]; claimed {
				c.Document = first + i
				all = append(all, c)
			}
		}
	}
	return all, nil
}

// before is the id of the file in the book, beyond all ids where it is not there.
func (d *Desk) before(ctx context.Context, f filing.Facts) (int64, error) {
	same, err := d.Book.Files(ctx, ledger.Filter{Code: f.PartyCode, Transaction: f.Transaction, Digest: f.Digest})
	if err != nil || len(same) == 0 {
		return math.MaxInt64, err
	}
	return same[0].ID, nil
}

// entries reads the next documents as the book would keep them.
func (d *Desk) entries(documents *filing.DocumentReader) (all []ledger.Document, ended bool, err error) {
	for len(all) < claimedChunk {
		c, err := documents.Next()
		if errors.Is(err, io.EOF) {
			return all, true, nil
		}
		if err != nil {
			return all, true, err
		}
		all = append(all, d.entry(c))
	}
	return all, false, nil
}

// claimedBefore holds the claims of a list against those of the files before the
// one that was built of it.
func (d *Desk) claimedBefore(ctx context.Context, b *batch, f ledger.File) ([]ClaimedBefore, error) {
	found, err := d.earlier(ctx, b.entries, f.ID)
	if err != nil {
		return nil, err
	}
	var all []ClaimedBefore
	for i, c := range found {
		c.Row = b.rows[i]
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b ClaimedBefore) int { return a.Row - b.Row })
	return all, nil
}

// earlier finds by the index of the entry what claims the same in a file before,
// once for each entry. A case that was withdrawn or dismissed may be filed again.
func (d *Desk) earlier(ctx context.Context, entries []ledger.Document, before int64) (map[int]ClaimedBefore, error) {
	at := map[ledger.Digest]int{}
	var claims []ledger.Digest
	for i, e := range entries {
		for _, c := range e.Claims {
			at[c] = i
			claims = append(claims, c)
		}
	}
	found, err := d.Book.Claimed(ctx, claims, before)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	cases, err := d.Book.CasesNumbered(ctx, numbersOf(found))
	if err != nil {
		return nil, err
	}
	all := map[int]ClaimedBefore{}
	for _, e := range found {
		i := at[e.Digest]
		c, known := cases[e.Document.CaseNumber]
		if _, told := all[i]; told || known && !c.Open && (c.State == stateDiscontinued || c.State == "dismissed") {
			continue
		}
		all[i] = ClaimedBefore{Reference: entries[i].Reference, Earlier: e.Document.Reference, File: e.File,
			Case: e.Document.CaseNumber, State: c.State}
	}
	return all, nil
}

func numbersOf(found []ledger.Earlier) []string {
	var all []string
	for _, e := range found {
		if e.Document.CaseNumber != "" {
			all = append(all, e.Document.CaseNumber)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
