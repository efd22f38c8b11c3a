// Package forms reads a file in any of its forms and writes it in another: the
// text records and XML of its profile, and JSON and CSV for programs and
// spreadsheets. A file says the same in all of them.
//
// JSON is {"transaction","edition","file","documents":[…]}, with one document a
// line and the names of the vocabulary. CSV has one row for the file, one for each
// document and one for each part of it, with the columns #document (its number),
// #group (the part), one for each fact, and #extra (as a JSON object, what the
// vocabulary does not know). Both are unmasked: they show identity numbers and
// addresses.
//
//	tx, form, ok := forms.Identify(set, head)
//	l, _ := set.Layout(tx)
//	r, err := forms.NewReader(first, l, form)
//	file, err := forms.ReadThrough(r)           // the file's own facts, before anything is written
//	w, err := forms.NewWriter(out, l, forms.JSON, file)
//	r, err = forms.NewReader(second, l, form)   // the same bytes from their start
//	err = forms.Copy(w, r)
//
// A file is read with one document in memory at a time. forms judges only whether
// it can be read and written: what a file says is checked by [filing.Check].
//
// forms knows no files of the disk, no commands and no transport.
package forms

import (
	"bytes"
	"errors"
	"io"

	"filtjanst/filing"
	"filtjanst/layout"
)

// The forms of a file besides those that a profile describes.
const (
	JSON filing.Form = "json"
	CSV  filing.Form = "csv"
)

// Detect tells the form of a file from its beginning.
func Detect(head []byte) filing.Form {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	switch {
	case bytes.HasPrefix(text, []byte("{")):
		return JSON
	case bytes.HasPrefix(text, []byte(documentColumn+",")), bytes.HasPrefix(text, []byte(documentColumn+";")):
		return CSV
	}
	return layout.Detect(head)
}

// Identify tells from the beginning of a file, 16 KiB of it or the whole, its
// transaction and form; false when the set has no such transaction or none that
// fits.
func Identify(set *filing.Set, head []byte) (filing.Transaction, filing.Form, bool) {
	form := Detect(head)
	var tx filing.Transaction
	var stated bool
	switch form {
	case JSON:
		tx, stated = jsonTransaction(head)
	case CSV:
		tx, stated = csvTransaction(head)
	default:
		tx, _, stated = set.Identify(head)
	}
	if _, known := set.Layout(tx); !stated || !known {
		return "", form, false
	}
	return tx, form, true
}

// Writable tells whether a file of the description can be written in the form.
func Writable(l *layout.Layout, to filing.Form) bool {
	return to == JSON || to == CSV || l.Has(to)
}

// Reader reads a file once, in whatever form.
type Reader interface {
	// Next returns the next document, which holds until the Next after it, and
	// io.EOF after the last. [ErrFaulty] and [*Refusal] tell that the file cannot be
	// read; any other error comes from the underlying reader.
	Next() (*layout.Tree, error)
	// File returns the file's own facts, complete after io.EOF.
	File() *layout.Tree
}

// NewReader returns a reader of a file of the form and description.
func NewReader(src io.Reader, l *layout.Layout, form filing.Form) (Reader, error) {
	switch form {
	case JSON:
		return newJSONReader(src, l.Vocabulary()), nil
	case CSV:
		return newCSVReader(src, l.Vocabulary())
	}
	return newProfileReader(src, l, form), nil
}

// Writer writes the documents of a file, in whatever form. A [*Refusal] tells
// what the form cannot carry; any other error comes from the underlying writer.
type Writer interface {
	Write(doc *layout.Tree) error
	Close() error // ends the file; the underlying writer stays open
}

// NewWriter begins a file of the description in the form, with the file's own
// facts, which [ReadThrough] gives.
func NewWriter(dst io.Writer, l *layout.Layout, to filing.Form, file *layout.Tree) (Writer, error) {
	switch to {
	case JSON:
		return newJSONWriter(dst, l, file)
	case CSV:
		return newCSVWriter(dst, file)
	}
	return newProfileWriter(dst, l, to, file)
}

// ReadThrough reads all documents and returns the file's own facts, some of which
// stand at its end.
func ReadThrough(r Reader) (*layout.Tree, error) {
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return r.File(), nil
		} else if err != nil {
			return nil, err
		}
	}
}

// Copy writes every document that the reader has left and ends the file.
func Copy(w Writer, r Reader) error {
	for {
		doc, err := r.Next()
		if errors.Is(err, io.EOF) {
			return w.Close()
		}
		if err != nil {
			return err
		}
		if err := w.Write(doc); err != nil {
			return err
		}
	}
}
