package filer

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// ReconcileRequest names what is held against each other. What is nil is left
// out of it.
type ReconcileRequest struct {
	Own      io.Reader   // the filer's own list: reference, amount, state
	JSON     bool        // it is JSON
	Mapping  string      // path; "" = the usual columns
	Report   io.Reader   // a status report (xx.status_report)
	Invoices []io.Reader // JSON, CSV or UBL
	Claimed  bool        // the amounts of the own list are as claimed, not what remains
}

// Mismatch is what differs.
type Mismatch string

// The mismatches.
const (
	Missing     Mismatch = "missing" // in the own list or the book, but not with the authority
	Extra       Mismatch = "extra"   // with the authority only
	OtherAmount Mismatch = "amount"
	OtherState  Mismatch = "state"
	Twice       Mismatch = "twice" // the same fee, or the same row, more than once
)

// Difference is one thing that differs. Ours and Theirs are amounts or states.
type Difference struct {
	Kind      Mismatch       `json:"kind"`
	Between   string         `json:"between"` // what is held against what
	Service   filing.Service `json:"service,omitempty"`
	Reference string         `json:"reference"`
	Case      string         `json:"case_number"`
	Ours      string         `json:"ours"`
	Theirs    string         `json:"theirs"`
	Row       int            `json:"row,omitempty"`      // of the own list or the invoice
	Document  string         `json:"document,omitempty"` // the invoice
	Swedish   string         `json:"sv"`
	English   string         `json:"en"`
}

// Reconciled is what the reconciliation found.
type Reconciled struct {
	Own         int              `json:"own_rows"`
	Reported    int              `json:"reported_cases"`
	Book        int              `json:"book_cases"`
	Lines       int              `json:"invoice_lines"`
	Differences []Difference     `json:"differences"`
	Report      claimlist.Report `json:"report"` // on the own list
}

// ErrNothingToHold tells that there is nothing to hold against anything.
var ErrNothingToHold = errors.New("give a status report, an own list or invoices")

// Reconcile holds the authority's status report and invoices against the
// filer's own list and the book. It changes nothing.
func (d *Desk) Reconcile(ctx context.Context, r ReconcileRequest) (Reconciled, error) {
	done := Reconciled{Differences: []Difference{}}
	if r.Own == nil && r.Report == nil && len(r.Invoices) == 0 {
		return done, ErrNothingToHold
	}
	own, err := d.readOwn(r, &done)
	if err != nil {
		return done, err
	}
	book, err := d.bookCases(ctx)
	if err != nil {
		return done, err
	}
	reported, last, err := d.readReport(r.Report, book)
	if err != nil {
		return done, err
	}
	done.Reported = len(reported)
	done.Book = len(book)
	switch {
	case r.Report != nil:
		done.ownAgainst(ownReport, own, reported, r.Claimed)
		done.bookAgainstReport(book, reported, last)
	case r.Own != nil:
		done.ownAgainst(ownBook, own, statusesOf(book), r.Claimed)
	}
	for _, in := range r.Invoices {
		if err := done.invoice(in, book, own); err != nil {
			return done, err
		}
	}
	slices.SortStableFunc(done.Differences, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Between, b.Between), cmp.Compare(a.Reference, b.Reference), cmp.Compare(a.Case, b.Case))
	})
	return done, nil
}

func (d *Desk) readOwn(r ReconcileRequest, done *Reconciled) ([]claimlist.Own, error) {
	if r.Own == nil {
		return nil, nil
	}
	o, err := d.listOptions(claimlist.Owns, r.Mapping, "", d.Config.Form)
	if err != nil {
		return nil, err
	}
	list, err := claimlist.ReadOwn(r.Own, r.JSON, o)
	if err != nil {
		return nil, err
	}
	done.Own, done.Report = len(list.Rows), list.Report
	return list.Rows, nil
}

func (d *Desk) bookCases(ctx context.Context) (map[string]ledger.Case, error) {
	all := map[string]ledger.Case{}
	err := d.Book.EachCase(ctx, d.Config.Code, func(c ledger.Case) error {
		all[c.Number] = c
		return nil
	})
	return all, err
}

// statusesOf lets the book stand in for a status report.
func statusesOf(book map[string]ledger.Case) []filing.CaseStatus {
	all := make([]filing.CaseStatus, 0, len(book))
	for _, c := range book {
		s := filing.CaseStatus{Service: c.Service, Reference: c.Reference, CaseNumber: c.Number, State: c.State, Since: c.Since, Claimed: c.Claimed,
			Remaining: c.Claimed - c.Reduced}
		if c.Remaining != nil {
			s.Remaining = *c.Remaining
		}
		all = append(all, s)
	}
	return all
}

func (done *Reconciled) add(x Difference) {
	w, special := differenceWords()[x.Between+" "+string(x.Kind)]
	if !special {
		w = differenceWords()[string(x.Kind)]
	}
	x.Swedish, x.English = w.Swedish, w.English
	done.Differences = append(done.Differences, x)
}

// differenceWords are the words of each kind, by what is compared where they
// differ.
func differenceWords() map[string]Words {
	return map[string]Words{
		string(Missing):                     {"saknas hos myndigheten", "missing with the authority"},
		string(Extra):                       {"finns bara hos myndigheten", "with the authority only"},
		string(OtherAmount):                 {"annat belopp", "other amount"},
		string(OtherState):                  {"annat läge", "other state"},
		string(Twice):                       {"förekommer flera gånger", "stands more than once"},
		ownBook + " " + string(Missing):     {"saknas i boken", "missing in the book"},
		ownBook + " " + string(Extra):       {"finns bara i boken", "in the book only"},
		ownReport + " " + string(Extra):     {"saknas i den egna listan", "missing in the own list"},
		bookReport + " " + string(Extra):    {"saknas i boken", "missing in the book"},
		invoiceBook + " " + string(Missing): {"saknas på fakturan", "missing on the invoice"},
		invoiceBook + " " + string(Extra):   {"boken känner inte målet", "the book does not know the case"},
		invoiceOnly + " " + string(Missing): {"antalet rader stämmer inte", "the number of lines does not fit"},
	}
}

// What is held against what.
const (
	ownReport   = "own-report"
	ownBook     = "own-book"
	bookReport  = "book-report"
	invoiceBook = "invoice-book"
	invoiceOnly = "invoice"
)

// readReport reads a status report, one line a case.
func (d *Desk) readReport(in io.Reader, book map[string]ledger.Case) ([]filing.CaseStatus, filing.FileFacts, error) {
	if in == nil {
		return nil, filing.FileFacts{}, nil
	}
	var all []filing.CaseStatus
	var held statusLines
	add := func(lines []filing.CaseStatus) {
		if len(lines) > 0 {
			all = append(all, asOneCase(lines, book[lines[0].CaseNumber].Claimed))
		}
	}
	facts, err := filing.Read(in, d.Set, filing.XXStatusReport, func(s *filing.CaseStatus) error {
		add(held.next(s))
		return nil
	})
	add(held.held)
	if err != nil {
		return nil, facts, problem("the status report (xx.status_report) cannot be read: %v", err)
	}
	if facts.PartyCode != d.Config.Code {
		return nil, facts, problem("the status report is of the code %s, not %s", facts.PartyCode, d.Config.Code)
	}
	return all, facts, nil
}
