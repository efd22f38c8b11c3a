package layout

import (
	"bufio"
	"fmt"
	"io"
)

// ValueProblem says why a form cannot carry a value.
type ValueProblem string

// What a writer refuses.
const (
	ValueMissing      ValueProblem = "missing"       // required, but not given
	ValueTooLong      ValueProblem = "too long"      // for its field, or for all its lines
	ValueCharacter    ValueProblem = "character"     // a character that is not permitted or not in the encoding
	ValueUnwritable   ValueProblem = "unwritable"    // the format cannot say it: a code outside the list, a number or day out of range
	ValueNoPlace      ValueProblem = "no place"      // no record or element of the description takes the occurrence
	ValueOccurrence   ValueProblem = "occurrence"    // too few or too many occurrences
	ValueEncodingTrap ValueProblem = "encoding trap" // ISO 8859-1 characters that would be read as UTF-8
)

// ValueError says what a writer refused. It never holds the value itself.
type ValueError struct {
	Key     KeyID  // None if an occurrence is refused
	Path    string // path of the key or group
	Field   string // name of the field in the description
	Problem ValueProblem
	Detail  string // the longest length, the character, the missing record
}

func (e *ValueError) Error() string {
	s := fmt.Sprintf("%s cannot be written: %s", e.Path, e.Problem)
	if e.Field != "" {
		s = fmt.Sprintf("%s (field %s) cannot be written: %s", e.Path, e.Field, e.Problem)
	}
	if e.Detail != "" {
		s += " (" + e.Detail + ")"
	}
	return s
}

// Writer writes a file as a stream. It belongs to one goroutine.
type Writer struct {
	out  *bufio.Writer
	form formWriter
	err  error
}

// formWriter is what the two forms do differently.
type formWriter interface {
	open() error
	document(doc *Tree) error
	close() error
}

// NewWriter begins a file with its own facts. All of them must be known,
// those of the end record too.
func (l *Layout) NewWriter(w io.Writer, f Form, file *Tree) (*Writer, error) {
	return l.begin(w, f, file, false)
}

// NewFittingWriter begins a file whose free texts (see [Key]) must not stop it:
// characters that the form cannot carry are replaced (see [Fit]), and what a
// field or its lines have no room for is left out. All else is refused, as by
// [Layout.NewWriter].
func (l *Layout) NewFittingWriter(w io.Writer, f Form, file *Tree) (*Writer, error) {
	return l.begin(w, f, file, true)
}

// writeBuffer is no larger, since most files are receipts of a few kilobytes.
const writeBuffer = 8 << 10

func (l *Layout) begin(w io.Writer, f Form, file *Tree, fits bool) (*Writer, error) {
	out := &Writer{out: bufio.NewWriterSize(w, writeBuffer)}
	fit := fitting{on: fits, carried: func(r rune) bool { return l.Carries(f, r) }}
	switch {
	case f == TextForm && l.text != nil:
		out.form = newTextWriter(out.out, l, file, fit)
	case f == XMLForm && l.xml != nil:
		out.form = newXMLWriter(out.out, l, file, fit)
	default:
		return nil, fmt.Errorf("the description of %s edition %s gives no form %q", l.Transaction(), l.Edition(), f)
	}
	return out, out.form.open()
}

// Write writes one document. A document that is refused with a [*ValueError]
// leaves nothing in the file, and writing can go on.
func (w *Writer) Write(doc *Tree) error {
	if w.err != nil {
		return w.err
	}
	return w.form.document(doc)
}

// Close writes the end of the file. It does not close the underlying writer.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	if err := w.form.close(); err != nil {
		return err
	}
	w.err = fmt.Errorf("the file is closed")
	return w.out.Flush()
}
