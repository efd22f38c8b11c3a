package filing

import (
	"errors"
	"fmt"
	"io"
	"time"

	"filtjanst/layout"
	"filtjanst/money"
)

// ApplicationReader reads the applications of a file one by one, in memory
// bounded by the largest. It is made for files that Check approves, wholly or in
// part; of a document with faults it gives the first as an *Error, and reading
// can go on.
type ApplicationReader struct {
	run    *run
	reader *layout.Reader
	doc    *layout.Tree
	today  time.Time
}

// Documents returns a reader of the applications in a file of the transaction,
// which is BFApplication. today settles the century of identity numbers of ten
// digits; it is today's date unless At is called.
func Documents(src io.Reader, set *Set, tx Transaction, f Form) (*ApplicationReader, error) {
	if tx != BFApplication {
		return nil, fmt.Errorf("filing: %s holds no applications for payment orders", tx)
	}
	p, err := set.profileFor(tx, f)
	if err != nil {
		return nil, err
	}
	r := &run{set: set, codes: readCodes(), transaction: tx, form: f, errors: newCollector(), warnings: newCollector()}
	r.use(p)
	r.reader = p.layout.NewReader(src, f, layout.Options{MaxFaults: 1})
	r.file = r.reader.File()
	return &ApplicationReader{run: r, reader: r.reader, doc: layout.NewTree(p.layout.Vocabulary(), layout.DocumentGroup)}, nil
}

// At sets the day on which the file was checked, from which the century of ten
// digits follows, and returns the reader.
func (r *ApplicationReader) At(day time.Time) *ApplicationReader {
	r.today = day
	return r
}

// Next returns the next application, or io.EOF after the last. A fault of
// document or file is an *Error. An application whose identity numbers do not
// pass is returned without them, together with an error.
func (r *ApplicationReader) Next() (*Application, error) {
	if err := r.next(); err != nil {
		return nil, err
	}
	today := r.today
	if today.IsZero() {
		today = r.started()
	}
	a, err := ApplicationFromTree(r.doc, today)
	if err != nil {
		return a, fmt.Errorf("filing: application %d: %w", r.run.documents, err)
	}
	return a, nil
}

// started is the date of the file, or the epoch's if it states none.
func (r *ApplicationReader) started() time.Time {
	if day := dayOf(r.run.file, r.run.file.Top(), r.run.keys.created); !day.IsZero() {
		return day.Time()
	}
	return epoch.Time()
}

func (r *ApplicationReader) next() error {
	err := r.reader.Next(r.doc)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, layout.ErrUnreadable) {
		return fmt.Errorf("filing: read file: %w", err)
	}
	r.run.doc = nil
	if err == nil {
		r.run.documents++
		r.run.doc = r.doc
	}
	if fault := r.run.firstFault(r.reader.Faults()); fault != nil {
		return fault
	}
	return err
}

// firstFault turns what the reader found into one error.
func (r *run) firstFault(faults []layout.Fault) error {
	if len(faults) == 0 {
		return nil
	}
	found := newCollector()
	r.errors = found
	r.layoutFault(&faults[0])
	if all := found.errors(); len(all) > 0 {
		return &all[0]
	}
	return nil
}

// Tree returns the application last read as a tree, valid until the next call
// of Next.
func (r *ApplicationReader) Tree() *layout.Tree { return r.doc }

// File returns the facts the file states of itself; totals that stand at its
// end are there once Next has returned io.EOF.
func (r *ApplicationReader) File() FileFacts {
	t, k := r.run.file, applicationKeys()
	top := t.Top()
	return FileFacts{
		PartyCode: t.Text(top, k.partyCode), Sequence: t.Num(top, k.sequence), Created: dayOf(t, top, k.created),
		Software: t.Text(top, k.software), Notice: Notice(t.Symbol(top, k.fileNotice)),
		Documents: t.Num(top, k.documents), Sum: money.Amount(t.Num(top, k.sum)),
	}
}

// Position tells where the last application began.
func (r *ApplicationReader) Position() Position {
	o := r.doc.AtNode(r.doc.Top())
	return Position{Document: r.run.documents, Record: o.Record, Line: o.Line, Offset: o.Offset}
}

// profileFor returns the profile of a transaction that is described in the form.
func (s *Set) profileFor(tx Transaction, f Form) (*profile, error) {
	p, ok := s.profiles[tx]
	if !ok || !p.layout.Has(f) {
		return nil, fmt.Errorf("filing: profile set %q does not describe %s in the form %q", s.manifest.Name, tx, f)
	}
	return p, nil
}
