package filer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// DoRequest says what is to be done to the cases of a list.
type DoRequest struct {
	Act     Act
	Only    filing.Transaction // leave out what another transaction would carry out; "" = every one
	From    io.Reader
	JSON    bool
	Mapping string      // path; "" = the usual one
	Form    filing.Form // "" = the configuration's
	Out     string      // directory; "" = the configuration's
	Preview bool        // tell what would be written, and write nothing
	Yes     bool        // also above the limits
}

// Done is what became of a list of acts.
type Done struct {
	Groups  []Group          `json:"groups"`
	LeftOut []LeftOut        `json:"left_out"`
	Report  claimlist.Report `json:"report"`
	Limit   *LimitError      `json:"limit,omitempty"` // that was passed
	Files   []ledger.File    `json:"files"`
	Preview bool             `json:"preview,omitempty"`
}

// Group is the documents of one transaction.
type Group struct {
	Transaction filing.Transaction `json:"transaction"`
	Documents   []Planned          `json:"documents"`
}

// Planned is one document of a group.
type Planned struct {
	Row int `json:"row"`
	ledger.Document
}

// LeftOut is a row that was not carried out, and why.
type LeftOut struct {
	Row       int    `json:"row"`
	Reference string `json:"reference,omitempty"`
	Case      string `json:"case_number,omitempty"`
	Code      string `json:"code"`
	Swedish   string `json:"sv"`
	English   string `json:"en"`
}

// LimitError tells that a list would end or lower more cases than the
// configuration lets pass without a word more. Nothing has been written.
type LimitError struct {
	Documents int64 `json:"documents"`
	Open      int64 `json:"open_cases"`
	Most      int64 `json:"most"` // by the limit that was passed
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("the list would withdraw or lower %d cases of %d open; without a word more at most %d are built", e.Documents, e.Open, e.Most)
}

// Do builds files that carry out an act on the cases of a list, each by the
// transaction that the state of its case asks for. The result is there also
// when the error is ErrNothing or a *LimitError.
func (d *Desk) Do(ctx context.Context, r DoRequest) (Done, error) {
	r.Form = filing.Form(firstOf(string(r.Form), string(d.Config.Form)))
	o, err := d.listOptions(claimlist.Acts, r.Mapping, "", r.Form)
	if err != nil {
		return Done{}, err
	}
	list, err := claimlist.ReadActs(r.From, r.JSON, o)
	if err != nil {
		return Done{}, err
	}
	done := Done{Groups: []Group{}, LeftOut: []LeftOut{}, Files: []ledger.File{}, Report: list.Report, Preview: r.Preview}
	plan, err := d.plan(ctx, r, list.Acts, &done)
	if err != nil {
		return done, err
	}
	for _, b := range plan {
		d.dropUnwritable(b, r.Form)
	}
	if done.Limit, err = d.limit(ctx, plan); err != nil {
		return done, err
	}
	if r.Preview {
		err = d.rehearse(ctx, plan, r.Form)
	}
	done.group(plan)
	if err != nil {
		return done, err
	}
	switch {
	case len(done.Groups) == 0:
		return done, ErrNothing
	case r.Preview:
		return done, nil
	case done.Limit != nil && !r.Yes:
		return done, done.Limit
	}
	return done, d.carryOut(ctx, r, plan, &done)
}

func (done *Done) group(plan []*batch) {
	for _, b := range plan {
		if len(b.documents) == 0 {
			continue
		}
		g := Group{Transaction: b.transaction}
		for i, e := range b.placed() {
			g.Documents = append(g.Documents, Planned{Row: b.rows[i], Document: e})
		}
		done.Groups = append(done.Groups, g)
	}
	slices.SortFunc(done.LeftOut, func(a, b LeftOut) int { return a.Row - b.Row })
}

// limit tells whether the plan withdraws or lowers more than the configuration
// lets pass.
func (d *Desk) limit(ctx context.Context, plan []*batch) (*LimitError, error) {
	e := &LimitError{}
	for _, b := range plan {
		for _, entry := range b.entries {
			if entry.Act != ledger.ChangeOfParty && entry.Act != ledger.Defer {
				e.Documents++
			}
		}
	}
	var err error
	if e.Open, err = d.Book.OpenCases(ctx, d.Config.Code); err != nil {
		return nil, err
	}
	limits := d.Config.Limits
	if limits.Acts > 0 && e.Documents > limits.Acts {
		e.Most = limits.Acts
		return e, nil
	}
	if share := max(e.Open*limits.Share/100, limits.From); limits.Share > 0 && e.Documents > share {
		e.Most = share
		return e, nil
	}
	return nil, nil
}

// rehearse lets the check leave out what it would refuse.
func (d *Desk) rehearse(ctx context.Context, plan []*batch, form filing.Form) error {
	for _, b := range plan {
		draft, err := os.CreateTemp("", "filtjanst-preview-*")
		if err != nil {
			return err
		}
		facts, err := d.facts(ctx, b, 0)
		if err == nil {
			_, _, err = d.settle(draft, b, form, facts)
		}
		if errors.Is(err, ErrNothing) {
			err = nil
		}
		if err = errors.Join(err, draft.Close(), os.Remove(draft.Name())); err != nil {
			return err
		}
	}
	return nil
}

// carryOut writes the files. One that is written stands in the book, so that
// the list can be built again after a fault: what is on its way is left out.
func (d *Desk) carryOut(ctx context.Context, r DoRequest, plan []*batch, done *Done) error {
	out, err := filepath.Abs(firstOf(r.Out, d.Config.Outgoing))
	if err != nil {
		return err
	}
	for _, b := range plan {
		built, err := d.numbered(ctx, b, BuildRequest{Transaction: b.transaction, Form: r.Form, Out: out})
		if errors.Is(err, ErrNothing) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", b.transaction, err)
		}
		done.Files = append(done.Files, built.File)
	}
	done.Groups = done.Groups[:0]
	done.group(plan)
	if len(done.Files) == 0 {
		return ErrNothing
	}
	return nil
}
