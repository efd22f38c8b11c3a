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
	"filtjanst/money"
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
	reported, last, err := d.readReport(r.Report)
	if err != nil {
		return done, err
	}
	done.Reported = len(reported)
	book, err := d.bookCases(ctx)
	if err != nil {
		return done, err
	}
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

// ownAgainst holds the own list against the report, or the book. A row without case
// number is of all cases of its reference, of which the amount and state of one
// must agree; cases that have ended and are not in the own list are no
// difference.
func (done *Reconciled) ownAgainst(between string, own []claimlist.Own, reported []filing.CaseStatus, claimed bool) {
	if own == nil {
		return
	}
	at := byReference(reported)
	found := map[string]bool{}
	seen := map[string]int{}
	for _, o := range own {
		key := firstOf(o.CaseNumber, "/"+o.Reference)
		if first, again := seen[key]; again {
			done.add(Difference{Kind: Twice, Between: between, Reference: o.Reference, Case: o.CaseNumber, Row: o.Row, Ours: count(int64(first))})
			continue
		}
		seen[key] = o.Row
		cases := at[key]
		for _, s := range cases {
			found[s.CaseNumber] = true
		}
		if len(cases) == 0 {
			if !o.Ended() {
				done.add(Difference{Kind: Missing, Between: between, Reference: o.Reference, Case: o.CaseNumber, Row: o.Row, Ours: o.State})
			}
			continue
		}
		done.ownRow(between, o, cases, claimed)
	}
	for _, s := range reported {
		if !found[s.CaseNumber] && !ended(s.State) {
			done.add(Difference{Kind: Extra, Between: between, Service: s.Service, Reference: s.Reference, Case: s.CaseNumber, Theirs: s.State})
		}
	}
}

// byReference finds the cases of a report by number and by "/" and reference.
func byReference(reported []filing.CaseStatus) map[string][]filing.CaseStatus {
	at := make(map[string][]filing.CaseStatus, 2*len(reported))
	for _, s := range reported {
		at[s.CaseNumber] = append(at[s.CaseNumber], s)
		if s.Reference != "" {
			at["/"+s.Reference] = append(at["/"+s.Reference], s)
		}
	}
	return at
}

func (done *Reconciled) ownRow(between string, o claimlist.Own, cases []filing.CaseStatus, claimed bool) {
	amountOf := func(s filing.CaseStatus) money.Amount {
		if claimed {
			return s.Claimed
		}
		return s.Remaining
	}
	latest := latestOf(cases)
	x := Difference{Between: between, Service: latest.Service, Reference: firstOf(o.Reference, latest.Reference), Case: latest.CaseNumber, Row: o.Row}
	if o.Amount != nil && !slices.ContainsFunc(cases, func(s filing.CaseStatus) bool { return amountOf(s) == *o.Amount }) {
		x.Kind, x.Ours, x.Theirs = OtherAmount, o.Amount.String(), amountOf(latest).String()
		done.add(x)
	}
	if o.State != "" && !slices.ContainsFunc(cases, func(s filing.CaseStatus) bool { return sameState(o.State, s.State) }) {
		x.Kind, x.Ours, x.Theirs = OtherState, o.State, latest.State
		done.add(x)
	}
}

// latestOf is the case that an own row means most likely: one that goes on, of
// enforcement before the payment order that it came of.
func latestOf(cases []filing.CaseStatus) filing.CaseStatus {
	return slices.MaxFunc(cases, func(a, b filing.CaseStatus) int {
		rank := func(s filing.CaseStatus) int {
			n := 0
			if !ended(s.State) {
				n += 2
			}
			if s.Service == filing.Enforcement {
				n++
			}
			return n
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Since, b.Since))
	})
}

// sameState compares a filer's word for a state with the report's: the symbol,
// either of its words, or open and closed for all that go on and have ended.
func sameState(ours, theirs string) bool {
	w := StateWords(theirs)
	for _, name := range []string{theirs, w.Swedish, w.English} {
		if claimlist.SameWord(ours, name) {
			return true
		}
	}
	if claimlist.OpenWord(ours) {
		return !ended(theirs)
	}
	return claimlist.EndedWord(ours) && ended(theirs)
}

// bookAgainstReport holds what the book knows on the day of the report against
// it.
func (done *Reconciled) bookAgainstReport(book map[string]ledger.Case, reported []filing.CaseStatus, f filing.FileFacts) {
	const between = bookReport
	found := map[string]bool{}
	for _, s := range reported {
		if found[s.CaseNumber] {
			done.add(Difference{Kind: Twice, Between: between, Service: s.Service, Reference: s.Reference, Case: s.CaseNumber})
			continue
		}
		found[s.CaseNumber] = true
		c, known := book[s.CaseNumber]
		x := Difference{Between: between, Service: s.Service, Reference: firstOf(c.Reference, s.Reference), Case: s.CaseNumber, Ours: c.State, Theirs: s.State}
		switch {
		case !known:
			x.Kind = Extra
			done.add(x)
			continue
		case c.Since > f.PeriodTo: // the book is newer
			continue
		case c.State != s.State && c.Open == !ended(s.State) && !told(c.State):
			// the book has not been told of the steps between
		case c.State != s.State && !(c.State == stateWithdrawn && s.State == stateClosed):
			x.Kind = OtherState
			done.add(x)
		}
		done.amounts(x, c, s)
	}
	for number, c := range book {
		if !found[number] && c.Open && c.Registered <= f.PeriodTo && c.Service != filing.Restructuring {
			done.add(Difference{Kind: Missing, Between: between, Service: c.Service, Reference: c.Reference, Case: number, Ours: c.State})
		}
	}
}

// told tells whether a state is one of which answers tell without extensions:
// what happens between registration and verdict stands in bf.event alone.
func told(state string) bool {
	switch state {
	case stateRegistered, stateInProgress:
		return false
	}
	return true
}

func (done *Reconciled) amounts(x Difference, c ledger.Case, s filing.CaseStatus) {
	for _, pair := range []struct {
		name         string
		ours, theirs money.Amount
	}{
		{"reduced", c.Reduced, s.Reduced}, {"received", c.Received, s.Received}, {"paid_out", c.PaidOut, s.PaidOut},
	} {
		if pair.ours != pair.theirs {
			x.Kind, x.Ours, x.Theirs = OtherAmount, pair.name+" "+pair.ours.String(), pair.name+" "+pair.theirs.String()
			done.add(x)
		}
	}
}

// readReport reads a status report.
func (d *Desk) readReport(in io.Reader) ([]filing.CaseStatus, filing.FileFacts, error) {
	if in == nil {
		return nil, filing.FileFacts{}, nil
	}
	var all []filing.CaseStatus
	facts, err := filing.Read(in, d.Set, filing.XXStatusReport, func(s *filing.CaseStatus) error {
		all = append(all, *s)
		return nil
	})
	if err != nil {
		return nil, facts, problem("the status report cannot be read: %v", err)
	}
	if facts.PartyCode != d.Config.Code {
		return nil, facts, problem("the status report is of the code %s, not %s", facts.PartyCode, d.Config.Code)
	}
	return all, facts, nil
}
