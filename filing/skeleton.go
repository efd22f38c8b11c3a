package filing

import (
	"errors"
	"io"
)

var errNotWired = errors.New("filing: not wired yet")

// ApplicationReader reads the applications of a file one by one.
type ApplicationReader struct{}

// Documents returns a reader of the applications in a file of the transaction.
func Documents(src io.Reader, set *Set, tx Transaction, f Form) (*ApplicationReader, error) {
	return nil, errNotWired
}

// Next returns the next application, or io.EOF after the last. A fault of the
// file is an Error.
func (r *ApplicationReader) Next() (*Application, error) { return nil, io.EOF }

// File returns the facts the file states of itself; totals that stand at its
// end are there once Next has returned io.EOF.
func (r *ApplicationReader) File() FileFacts { return FileFacts{} }

// Position tells where the last application began.
func (r *ApplicationReader) Position() Position { return Position{} }

// ApplicationWriter writes a file of applications.
type ApplicationWriter struct{}

// NewApplicationWriter writes the start of a file of applications. Number and
// sum in the facts must be those of the applications that follow; Close
// refuses otherwise.
func NewApplicationWriter(w io.Writer, set *Set, f Form, facts FileFacts) (*ApplicationWriter, error) {
	return nil, errNotWired
}

// Write appends one application.
func (w *ApplicationWriter) Write(a *Application) error { return errNotWired }

// Close writes the end of the file.
func (w *ApplicationWriter) Close() error { return errNotWired }

// WriteNote writes a cover note.
func WriteNote(w io.Writer, set *Set, f Form, n Note) error { return errNotWired }

// WriteReceipt writes a receipt.
func WriteReceipt(w io.Writer, set *Set, f Form, r Receipt) error { return errNotWired }

// ReadReceipt reads a receipt in either form.
func ReadReceipt(r io.Reader, set *Set) (Receipt, error) { return Receipt{}, errNotWired }

// ConfirmationWriter writes a confirmation.
type ConfirmationWriter struct{}

// NewConfirmationWriter writes the start of a confirmation. Number of cases and
// sum of fees must be those of the cases that follow; Close refuses otherwise.
func NewConfirmationWriter(w io.Writer, set *Set, f Form, c Confirmation) (*ConfirmationWriter, error) {
	return nil, errNotWired
}

// Write appends one case.
func (w *ConfirmationWriter) Write(c ConfirmedCase) error { return errNotWired }

// Close writes the end of the confirmation.
func (w *ConfirmationWriter) Close() error { return errNotWired }

// ReadConfirmation reads a confirmation in either form and gives each case to
// the function, whose error ends the reading.
func ReadConfirmation(r io.Reader, set *Set, each func(ConfirmedCase) error) (Confirmation, error) {
	return Confirmation{}, errNotWired
}
