package layout

import (
	"errors"
	"fmt"
	"io"
)

// ErrUnreadable is returned by [Reader.Next] when the rest of the file cannot
// be read. The last of [Reader.Faults] says why.
var ErrUnreadable = errors.New("the rest of the file cannot be read")

// Options adjust one reading.
type Options struct {
	MaxFaults int    // faults kept for each Next; 0 means 1000. All are counted.
	Limits    Limits // stricter or wider than the description's; zero fields keep its own
}

// Reader reads a file as a stream: the file's own facts into one tree and one
// document after the other into another. Its memory is bounded by the largest
// document. A Reader belongs to one goroutine.
type Reader struct {
	state *readState
	form  formReader
	done  error
}

// formReader is what the two forms do differently.
type formReader interface {
	// next reads up to the end of the next document, io.EOF after the file.
	next() error
	position() (records, lines, offset int64)
}

// readState is what both forms share.
type readState struct {
	layout    *Layout
	limits    Limits
	log       faultLog
	file      *Tree
	doc       *Tree
	inDoc     bool
	documents int64
	sums      []int64 // by derivation, for those of the file group over documents
	bom       bool
	codes     struct{ missing, tooMany FaultCode } // for groups, in the words of the form
}

// NewReader returns a reader of a file in the form. If the description does
// not give the form, Next says so.
func (l *Layout) NewReader(r io.Reader, f Form, o Options) *Reader {
	s := &readState{layout: l, limits: o.Limits.or(l.limits), file: NewTree(l.vocabulary, FileGroup), sums: make([]int64, len(l.derived))}
	if s.log.kept = o.MaxFaults; s.log.kept <= 0 {
		s.log.kept = 1000
	}
	out := &Reader{state: s}
	switch {
	case f == TextForm && l.text != nil:
		out.form = newTextReader(r, s)
	case f == XMLForm && l.xml != nil:
		out.form = newXMLReader(r, s)
	default:
		out.done = fmt.Errorf("the description of %s edition %s gives no form %q", l.Transaction(), l.Edition(), f)
	}
	return out
}

// Next reads the next document into doc, which it resets first, and returns
// io.EOF when the file is read to its end. ErrUnreadable means that a fault
// stops the reading; any other error comes from the underlying reader.
func (r *Reader) Next(doc *Tree) error {
	r.state.log.reset()
	if r.done != nil {
		return r.done
	}
	doc.Reset(DocumentGroup)
	r.state.doc, r.state.inDoc = doc, false
	err := r.form.next()
	if err != nil {
		r.done = err
		if err == io.EOF { //nolint:errorlint // wrapped, it is a failure of the source
			r.state.completeFile()
		}
	}
	return err
}

// File returns the file's own facts, complete after io.EOF.
func (r *Reader) File() *Tree { return r.state.file }

// Faults returns what the last Next found, at most Options.MaxFaults of them;
// the slice is reused by the next.
func (r *Reader) Faults() []Fault { return r.state.log.faults }

// Count returns how many faults of the code the file has so far.
func (r *Reader) Count(c FaultCode) int64 { return r.state.log.counts[c] }

// Documents returns how many documents have been begun.
func (r *Reader) Documents() int64 { return r.state.documents }

// Records returns how many records, or elements, have been read.
func (r *Reader) Records() int64 {
	n, _, _ := r.position()
	return n
}

// Lines returns how many lines have been read.
func (r *Reader) Lines() int64 {
	_, n, _ := r.position()
	return n
}

// Offset returns how many bytes of the file have been read and understood.
func (r *Reader) Offset() int64 {
	_, _, n := r.position()
	return n
}

func (r *Reader) position() (records, lines, offset int64) {
	if r.form == nil {
		return 0, 0, 0
	}
	return r.form.position()
}

// ByteOrderMark tells whether the file begins with one; it is tolerated.
func (r *Reader) ByteOrderMark() bool { return r.state.bom }

// tree is the tree of the group's top.
func (s *readState) tree(inDocument bool) *Tree {
	if inDocument {
		return s.doc
	}
	return s.file
}

// fault places a fault of the part of the file that is being read.
func (s *readState) fault(f Fault, value []byte) {
	f.InDocument = s.inDoc
	s.log.add(f, value)
}

// fatal notes a fault that stops the reading.
func (s *readState) fatal(f Fault) error {
	f.Fatal = true
	s.fault(f, nil)
	return ErrUnreadable
}

// beginDocument counts a document against the limit.
func (s *readState) beginDocument(o Origin) error {
	s.inDoc = true
	s.documents++
	if s.documents > s.limits.Documents {
		s.inDoc = false
		return s.fatal(Fault{Code: FaultTooManyDocuments, Node: None, Key: None, Origin: o, Want: fmt.Sprint(s.limits.Documents)})
	}
	return nil
}
