package filing

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"filtjanst/layout"
)

// DocumentReader reads the documents of a file one by one, in memory bounded
// by the largest. It is made for files that Check approves, wholly or in part,
// and for files of the authority; of a document with faults it gives the first
// as an *Error, and reading can go on.
type DocumentReader struct {
	kind   *kind
	run    *run
	reader *layout.Reader
	doc    *layout.Tree
	today  time.Time
}

// Documents returns a reader of the documents in a file of the transaction.
// The century of identity numbers of ten digits is settled by the date of the
// file unless At is called.
func Documents(src io.Reader, set *Set, tx Transaction, f Form) (*DocumentReader, error) {
	k, err := contentKind(tx)
	if err != nil {
		return nil, err
	}
	r, err := newReading(src, set, tx, f)
	if err != nil {
		return nil, err
	}
	return &DocumentReader{kind: k, run: r, reader: r.reader, doc: layout.NewTree(k.vocabulary, layout.DocumentGroup)}, nil
}

// newReading reads a file without judging it.
func newReading(src io.Reader, set *Set, tx Transaction, f Form) (*run, error) {
	p, err := set.profileFor(tx, f)
	if err != nil {
		return nil, err
	}
	r := &run{set: set, codes: readCodes(), transaction: tx, form: f, errors: newCollector(), warnings: newCollector()}
	r.use(p)
	r.reader = p.layout.NewReader(src, f, layout.Options{MaxFaults: 1})
	r.file = r.reader.File()
	return r, nil
}

// Read reads a file of the transaction in either form, gives each document to
// the function, whose error ends the reading, and returns what the file says of
// itself. C is the content of the transaction, or Content for any. A fault of
// the file is a *Error.
func Read[C Content](src io.Reader, set *Set, tx Transaction, each func(C) error) (FileFacts, error) {
	in, form, err := detect(src, tx)
	if err != nil {
		return FileFacts{}, err
	}
	documents, err := Documents(in, set, tx, form)
	if err != nil {
		return FileFacts{}, err
	}
	for {
		c, err := documents.Next()
		if errors.Is(err, io.EOF) {
			return documents.File(), nil
		}
		if err != nil {
			return documents.File(), err
		}
		typed, ok := c.(C)
		if !ok {
			return FileFacts{}, fmt.Errorf("filing: documents of %s are %T", tx, c)
		}
		if err := each(typed); err != nil {
			return documents.File(), err
		}
	}
}

func detect(src io.Reader, tx Transaction) (*bufio.Reader, Form, error) {
	in := bufio.NewReaderSize(src, headBytes)
	head, err := in.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", fmt.Errorf("filing: read %s: %w", tx, err)
	}
	return in, layout.Detect(head), nil
}

// At sets the day on which the file was checked, from which the century of ten
// digits follows, and returns the reader.
func (r *DocumentReader) At(day time.Time) *DocumentReader {
	r.today = day
	return r
}

// Next returns the next document, or io.EOF after the last. A fault of
// document or file is an *Error. A document whose identity numbers do not pass
// is returned without them, together with an error.
func (r *DocumentReader) Next() (Content, error) {
	if err := r.next(); err != nil {
		return nil, err
	}
	in := treeReader{t: r.doc, today: r.today}
	if in.today.IsZero() {
		in.today = r.started()
	}
	c := r.kind.content.take(&in)
	if err := errors.Join(in.errs...); err != nil {
		return c, fmt.Errorf("filing: document %d of %s: %w", r.run.documents, r.run.transaction, err)
	}
	return c, nil
}

// started is the date of the file, or the epoch's if it states none.
func (r *DocumentReader) started() time.Time {
	if r.run.keys.created == layout.None {
		return lastDay.Time()
	}
	if day := dayOf(r.run.file, r.run.file.Top(), r.run.keys.created); !day.IsZero() {
		return day.Time()
	}
	return epoch.Time()
}

func (r *DocumentReader) next() error {
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

// Tree returns the document last read as a tree, valid until the next call of
// Next.
func (r *DocumentReader) Tree() *layout.Tree { return r.doc }

// File returns the facts the file states of itself; totals that stand at its
// end are there once Next has returned io.EOF.
func (r *DocumentReader) File() FileFacts {
	var f FileFacts
	r.kind.facts.take(&treeReader{t: r.run.file}, r.run.file.Top(), &f)
	return f
}

// Position tells where the document last read begins.
func (r *DocumentReader) Position() Position {
	o := r.doc.AtNode(r.doc.Top())
	return Position(o)
}

// profileFor returns the profile of a transaction that is described in the form.
func (s *Set) profileFor(tx Transaction, f Form) (*profile, error) {
	p, ok := s.profiles[tx]
	if !ok || !p.layout.Has(f) {
		return nil, fmt.Errorf("filing: profile set %q does not describe %s in the form %q", s.manifest.Name, tx, f)
	}
	return p, nil
}
