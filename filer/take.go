package filer

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/layout"
	"filtjanst/shs"
)

// taker takes the files of one transaction into the book. Lower ranks first:
// receipts before confirmations, verdicts before the cases that enforce them,
// accounts before the end, and reports on all of it last.
type taker struct {
	rank int
	take func(*taking) error
}

func takers() map[filing.Transaction]taker {
	all := map[filing.Transaction]taker{
		"":                           {0, (*taking).unknown},
		managementKind:               {0, (*taking).management},
		filing.BFConfirmation:        {2, (*taking).confirmation},
		filing.BFEvent:               {3, (*taking).caseEvents},
		filing.BFVerdict:             {4, (*taking).verdicts},
		filing.VEConfirmation:        {5, (*taking).enforcement},
		filing.VEEarningsAttachment:  {6, (*taking).earnings},
		filing.VEInterimAccount:      {6, (*taking).reports},
		filing.VENewFee:              {6, (*taking).newFees},
		filing.VEFinalAccount:        {7, (*taking).finalAccounts},
		filing.SCOpening:             {3, (*taking).openings},
		filing.SCConfirmation:        {4, (*taking).claimReports},
		filing.DEAnswer:              {3, (*taking).extracts},
		filing.PEAnswer:              {3, (*taking).extracts},
		filing.CEExtract:             {3, (*taking).delivery},
		filing.CEPaymentOrderExtract: {3, (*taking).delivery},
		filing.CEDebtBalanceExtract:  {3, (*taking).delivery},
		filing.XXStatusReport:        {8, (*taking).statuses},
	}
	for _, info := range filing.Catalogue() {
		if info.Role == filing.RoleReceipt {
			all[info.Transaction] = taker{1, (*taking).receipt}
		}
	}
	return all
}

// taking is one file on its way into the book.
type taking struct {
	*ledger.Taking
	desk    *Desk
	from    ledger.Fetched
	content io.Reader
	r       *Received
}

// Tell keeps an event, and counts it.
func (t *taking) Tell(e ledger.Event) error {
	if e.PartyCode == "" {
		e.PartyCode = t.desk.Config.Code
	}
	t.r.Events++
	return t.Taking.Tell(e)
}

// take takes one saved file into the book: all that it says, or, of a file that
// cannot be used, that it cannot. It is looked at once.
func (d *Desk) take(ctx context.Context, f ledger.Fetched, take func(*taking) error) (Received, bool, error) {
	if take == nil {
		take = (*taking).unknown
	}
	var r Received
	taken, err := d.Book.Take(ctx, f, func(book *ledger.Taking) error {
		r = Received{Path: f.Path, Transaction: f.Transaction}
		content, err := os.Open(f.Path)
		if err != nil {
			return problem("the file that was saved cannot be opened: %v", err)
		}
		defer content.Close()
		return take(&taking{Taking: book, desk: d, from: f, content: content, r: &r})
	})
	var why *problemError
	if !errors.As(err, &why) {
		return r, taken, err
	}
	r.Problem, r.Events = why.text, 0
	taken, err = d.Book.Take(ctx, f, func(book *ledger.Taking) error {
		t := &taking{Taking: book, desk: d, from: f, r: &r}
		return t.Tell(ledger.Event{Kind: ledger.EventUnusable, Day: d.today(), Sequence: r.Sequence, Swedish: why.text, English: why.text})
	})
	return r, taken, err
}

// problemError is a file that cannot be taken into the book: it is told, and
// the others go on.
type problemError struct{ text string }

func (e *problemError) Error() string { return e.text }

func problem(format string, args ...any) error { return &problemError{fmt.Sprintf(format, args...)} }

// lines gives every document of the file with what the file says of itself at
// its start, and returns what it says in all.
func lines[C filing.Content](t *taking, do func(filing.FileFacts, C) error) (filing.FileFacts, error) {
	in := bufio.NewReaderSize(t.content, headSize)
	head, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return filing.FileFacts{}, err
	}
	documents, err := filing.Documents(in, t.desk.Set, t.from.Transaction, layout.Detect(head))
	if err != nil {
		return filing.FileFacts{}, problem("the file cannot be read: %v", err)
	}
	var start filing.FileFacts
	for {
		c, err := documents.Next()
		if errors.Is(err, io.EOF) {
			facts := documents.File()
			t.r.Sequence = facts.Sequence
			return facts, nil
		}
		if err != nil {
			return start, problem("the file cannot be read: %v", err)
		}
		if t.r.Cases++; t.r.Cases == 1 {
			start = documents.File()
			t.r.Sequence = start.Sequence
		}
		line, ok := c.(C)
		if !ok {
			return start, fmt.Errorf("filer: documents of %s are %T", t.from.Transaction, c)
		}
		if err := do(start, line); err != nil {
			return start, err
		}
	}
}

// managementKind marks a saved confirm or error message of SHS.
const managementKind filing.Transaction = "shs.management"

func (t *taking) unknown() error {
	return problem("not a file of any transaction that the profiles know; it is kept as it came")
}

// management reads a confirm or error message. An error says that a message did
// not get through: its file may be mended and sent again.
func (t *taking) management() error {
	m, err := shs.ReadManagement(t.content)
	if err != nil {
		return problem("the message from the node cannot be read: %v", err)
	}
	if m.Failure == nil {
		return nil
	}
	reason := strings.TrimSpace(string(m.Failure.Code) + " " + m.Failure.Info)
	t.r.Problem = "the node could not deliver a message: " + reason
	files, err := t.Files(ledger.Filter{Transmission: m.CorrID})
	if err != nil {
		return err
	}
	for _, f := range files {
		e := ledger.Event{Kind: ledger.EventReturned, Code: string(m.Failure.Code), Day: t.desk.today(), Transaction: f.Transaction,
			PartyCode: f.Code, Sequence: f.Sequence, Details: map[string]string{"reason": reason}}
		if err := t.Tell(e); err != nil {
			return err
		}
	}
	return t.Returned(m.CorrID, reason)
}
