package filing

import (
	"errors"
	"io"

	"filtjanst/calendar"
)

var errNotWired = errors.New("filing: not wired yet")

// Own returns the set of this project, which is in the binary.
func Own() *Set { return nil }

// Files returns the names of the files the set was read from.
func (s *Set) Files() []string { return nil }

// Transactions returns the transactions that the set describes, sorted.
func (s *Set) Transactions() []Transaction { return nil }

// Archive returns the set as bytes that ReadArchive reads; the same set gives
// the same bytes.
func (s *Set) Archive() []byte { return nil }

// ReadArchive reads a set that Archive wrote.
func ReadArchive(b []byte) (*Set, error) { return nil, errNotWired }

// Identify tells from the beginning of a file which transaction of the set it
// is and in which form; false when no description fits.
func (s *Set) Identify(head []byte) (Transaction, Form, bool) { return "", "", false }

// Sets is the profile sets of an installation.
type Sets []*Set

// For returns the set with which a file of the party code is read on the day:
// of those valid, one that names the code before one for all, and the
// youngest first.
func (s Sets) For(partyCode string, day calendar.Day) (*Set, bool) { return nil, false }

// Policy returns what the set asks of the transaction besides its layout.
func (s *Set) Policy(tx Transaction) (Policy, bool) { return Policy{}, false }

// Check reads a whole file and judges it. The error is for reading alone
// (I/O); everything about the file is in the verdict.
func Check(src io.ReadSeeker, set *Set, e Expect) (Verdict, Facts, error) {
	return Verdict{}, Facts{}, errNotWired
}

// CheckNote reads a cover note (missiv) of the given note transaction, such as
// BFApplicationNote.
func CheckNote(src io.Reader, set *Set, tx Transaction) (Verdict, Note, Facts, error) {
	return Verdict{}, Note{}, Facts{}, errNotWired
}

// Compare names every fact of the cover note that the file contradicts (R34).
func Compare(note Note, facts Facts) []Error { return nil }

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

// FileName writes the name of a file exactly as the set says; generation ""
// is the profile's default.
func (s *Set) FileName(tx Transaction, n NameFacts, generation string) (string, error) {
	return "", errNotWired
}

// MatchName tells what a name may stand for, tolerantly (R53).
func (s *Set) MatchName(name string) []NameMatch { return nil }

// Codes returns the table of error codes.
func Codes() []CodeInfo { return nil }

// Explain returns the entry of one code; case does not matter.
func Explain(code string) (CodeInfo, bool) { return CodeInfo{}, false }

// NewError builds an error of the code. The arguments fill the code's texts in
// the order that CodeInfo.Args names them.
func NewError(code Code, at Place, args ...any) Error { return Error{} }
