package filing

import (
	"fmt"
	"io"

	"filtjanst/layout"
	"filtjanst/money"
)

// fileWriter is what the writers of all transactions share. The description
// decides whether totals stand at the beginning or at the end, so they are
// given at the beginning and compared at the end.
type fileWriter struct {
	w         *layout.Writer
	doc       *layout.Tree
	stated    int64
	statedSum money.Amount
	written   int64
	sum       money.Amount
}

func (s *Set) newWriter(w io.Writer, tx Transaction, f Form, fill func(*treeWriter)) (*fileWriter, error) {
	p, err := s.profileFor(tx, f)
	if err != nil {
		return nil, err
	}
	v := p.layout.Vocabulary()
	file := &treeWriter{t: layout.NewTree(v, layout.FileGroup)}
	fill(file)
	if file.err != nil {
		return nil, file.err
	}
	out, err := p.layout.NewWriter(w, f, file.t)
	if err != nil {
		return nil, fmt.Errorf("filing: write %s: %w", tx, err)
	}
	return &fileWriter{w: out, doc: layout.NewTree(v, layout.DocumentGroup)}, nil
}

func (w *fileWriter) write(sum money.Amount, put func(*layout.Tree) error) error {
	total, err := w.sum.Add(sum)
	if err != nil {
		return fmt.Errorf("filing: sum of the file: %w", err)
	}
	w.doc.Reset(layout.DocumentGroup)
	if err := put(w.doc); err != nil {
		return err
	}
	if err := w.w.Write(w.doc); err != nil {
		return fmt.Errorf("filing: document %d: %w", w.written+1, err)
	}
	w.written++
	w.sum = total
	return nil
}

func (w *fileWriter) close() error {
	if w.written != w.stated || w.sum != w.statedSum {
		return fmt.Errorf("filing: the start of the file states %d documents and %v kr, but %d documents and %v kr were written",
			w.stated, w.statedSum, w.written, w.sum)
	}
	return w.w.Close()
}

// ApplicationWriter writes a file of applications.
type ApplicationWriter struct{ file *fileWriter }

// NewApplicationWriter writes the start of a file of applications. Number and
// sum in the facts must be those of the applications that follow; Close
// refuses otherwise.
func NewApplicationWriter(w io.Writer, set *Set, f Form, facts FileFacts) (*ApplicationWriter, error) {
	file, err := set.newWriter(w, BFApplication, f, func(t *treeWriter) { t.applicationFile(facts) })
	if err != nil {
		return nil, err
	}
	file.stated, file.statedSum = facts.Documents, facts.Sum
	return &ApplicationWriter{file}, nil
}

func (w *treeWriter) applicationFile(f FileFacts) {
	k, top := applicationKeys(), w.t.Top()
	w.transaction(BFApplication)
	w.text(top, k.partyCode, f.PartyCode)
	w.t.SetNum(top, k.sequence, f.Sequence)
	setDay(w.t, top, k.created, f.Created)
	w.text(top, k.software, f.Software)
	w.symbol(top, k.fileNotice, string(f.Notice))
	w.t.SetNum(top, k.documents, f.Documents)
	w.t.SetNum(top, k.sum, int64(f.Sum))
}

func (w *treeWriter) transaction(tx Transaction) {
	w.symbol(w.t.Top(), w.t.Vocabulary().MustKey("file.transaction"), string(tx))
}

// Write appends one application. One that the form cannot carry, such as a
// character that is not permitted, is refused with a *layout.ValueError and
// leaves nothing in the file.
func (w *ApplicationWriter) Write(a *Application) error {
	return w.file.write(a.Total, func(t *layout.Tree) error { return putApplication(t, a) })
}

// Close writes the end of the file. It does not close the underlying writer.
func (w *ApplicationWriter) Close() error { return w.file.close() }
