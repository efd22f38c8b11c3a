package filing

import (
	"fmt"
	"io"

	"filtjanst/layout"
	"filtjanst/money"
)

// Writer writes one file of any transaction whose files hold documents.
type Writer struct {
	tx      Transaction
	kind    *kind
	w       *layout.Writer
	doc     *layout.Tree
	facts   FileFacts
	written int64
	sum     money.Amount
}

// NewWriter writes the start of a file. Whether totals stand at the beginning
// or at the end is for the description to say, so they are given in the facts;
// number and sum must be those of the documents that follow, and Close refuses
// otherwise.
func NewWriter(w io.Writer, set *Set, tx Transaction, f Form, facts FileFacts) (*Writer, error) {
	k, err := contentKind(tx)
	if err != nil {
		return nil, err
	}
	out, err := set.begin(w, tx, f, func(t *treeWriter, top layout.Node) { k.facts.put(t, top, &facts) })
	if err != nil {
		return nil, err
	}
	return &Writer{tx: tx, kind: k, w: out, facts: facts, doc: layout.NewTree(k.vocabulary, layout.DocumentGroup)}, nil
}

// begin writes what a file says of itself.
func (s *Set) begin(w io.Writer, tx Transaction, f Form, fill func(*treeWriter, layout.Node)) (*layout.Writer, error) {
	p, err := s.profileFor(tx, f)
	if err != nil {
		return nil, err
	}
	t := layout.NewTree(p.layout.Vocabulary(), layout.FileGroup)
	out := &treeWriter{t: t}
	if fill(out, t.Top()); out.err != nil {
		return nil, out.err
	}
	start := p.layout.NewWriter
	if info, _ := Info(tx); info.Direction == Out {
		start = p.layout.NewFittingWriter
	}
	begun, err := start(w, f, t)
	if err != nil {
		return nil, fmt.Errorf("filing: write %s: %w", tx, err)
	}
	return begun, nil
}

// Write appends one document. One that the form cannot carry, such as a
// character that is not permitted, is refused with a *layout.ValueError and
// leaves nothing in the file. What the authority sends is not stopped by a name,
// an address, a remark or an own reference: those are fitted to the form.
func (w *Writer) Write(c Content) error {
	sum, err := w.sum.Add(w.kind.content.sum(c))
	if err != nil {
		return fmt.Errorf("filing: sum of the file: %w", err)
	}
	w.doc.Reset(layout.DocumentGroup)
	if err := w.kind.content.put(&treeWriter{t: w.doc}, c); err != nil {
		return err
	}
	if err := w.w.Write(w.doc); err != nil {
		return fmt.Errorf("filing: document %d of %s: %w", w.written+1, w.tx, err)
	}
	w.written++
	w.sum = sum
	return nil
}

// Close writes the end of the file. It does not close the underlying writer.
func (w *Writer) Close() error {
	if w.written != w.facts.Documents || w.sums() && w.sum != w.facts.Sum {
		return fmt.Errorf("filing: the start of the file of %s states %d documents and %v kr, but %d documents and %v kr were written",
			w.tx, w.facts.Documents, w.facts.Sum, w.written, w.sum)
	}
	return w.w.Close()
}

// sums tells whether files of the transaction state a sum.
func (w *Writer) sums() bool {
	v := w.kind.vocabulary
	return v.FindKey("file.sum") != layout.None || v.FindKey("file.fees") != layout.None
}
