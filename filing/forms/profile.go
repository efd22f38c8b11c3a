package forms

import (
	"errors"
	"io"
	"slices"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/layout"
)

// ErrFaulty says that a text or XML file has faults of form, which [Faults] tells.
var ErrFaulty = errors.New("the file has faults of form")

// profileReader reads the forms that a profile describes; any fault ends the
// reading.
type profileReader struct {
	in  *layout.Reader
	doc *layout.Tree
}

func newProfileReader(src io.Reader, l *layout.Layout, form filing.Form) *profileReader {
	return &profileReader{
		in:  l.NewReader(src, form, layout.Options{MaxFaults: 1}),
		doc: layout.NewTree(l.Vocabulary(), layout.DocumentGroup),
	}
}

func (r *profileReader) File() *layout.Tree { return r.in.File() }

func (r *profileReader) Next() (*layout.Tree, error) {
	err := r.in.Next(r.doc)
	if len(r.in.Faults()) > 0 || errors.Is(err, layout.ErrUnreadable) {
		return nil, ErrFaulty
	}
	return r.doc, err
}

// Faults tells the faults of form of a text or XML file as a check tells them;
// the day is that of the check. Any error comes from the reader.
func Faults(src io.ReadSeeker, set *filing.Set, today calendar.Day) ([]filing.Error, error) {
	verdict, _, err := filing.Check(src, set, filing.Expect{Today: today})
	return slices.DeleteFunc(verdict.Errors, func(e filing.Error) bool { return !ofForm(e.Code) }), err
}

// ofForm tells whether a code stands for a fault of form.
func ofForm(code filing.Code) bool {
	info, _ := filing.Explain(string(code))
	return slices.ContainsFunc(layout.FaultCodes(), func(c layout.FaultCode) bool {
		return slices.Contains(info.Faults, c.String())
	})
}

// profileWriter writes the forms that a profile describes.
type profileWriter struct {
	out     *layout.Writer
	form    filing.Form
	written int
}

func newProfileWriter(dst io.Writer, l *layout.Layout, form filing.Form, file *layout.Tree) (*profileWriter, error) {
	w := &profileWriter{form: form}
	var err error
	w.out, err = l.NewWriter(dst, form, file)
	return w, w.refused(0, err)
}

func (w *profileWriter) Write(doc *layout.Tree) error {
	w.written++
	return w.refused(w.written, w.out.Write(doc))
}

func (w *profileWriter) Close() error { return w.refused(0, w.out.Close()) }

// refused says what the form cannot carry, which never holds the value, of a
// document or, for 0, of the file itself.
func (w *profileWriter) refused(document int, err error) error {
	value, ok := errors.AsType[*layout.ValueError](err)
	switch {
	case !ok:
		return err
	case document == 0:
		return refusal(value, "filens start eller slut kan inte skrivas som %s", "the start or end of the file cannot be written as %s", w.form)
	}
	return refusal(value, "handling %d kan inte skrivas som %s", "document %d cannot be written as %s", document, w.form)
}
