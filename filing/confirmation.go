package filing

import (
	"io"
	"sync"

	"filtjanst/layout"
	"filtjanst/money"
)

type confirmationHandles struct {
	partyCode, sequence, fileName, readIn, cases, fees layout.KeyID
	reference, caseNumber, registered, fee, sum        layout.KeyID
}

var confirmationKeys = sync.OnceValue(func() *confirmationHandles {
	v := vocabularies()[BFConfirmation]
	return &confirmationHandles{
		partyCode: v.MustKey("file.party_code"), sequence: v.MustKey("file.sequence"), fileName: v.MustKey("file.file_name"),
		readIn: v.MustKey("file.read_in"), cases: v.MustKey("file.cases"), fees: v.MustKey("file.fees"),
		reference: v.MustKey("document.reference"), caseNumber: v.MustKey("document.case_number"),
		registered: v.MustKey("document.registered"), fee: v.MustKey("document.fee"), sum: v.MustKey("document.sum"),
	}
})

// ConfirmationWriter writes a confirmation.
type ConfirmationWriter struct{ file *fileWriter }

// NewConfirmationWriter writes the start of a confirmation. Number of cases and
// sum of fees must be those of the cases that follow; Close refuses otherwise.
func NewConfirmationWriter(w io.Writer, set *Set, f Form, c Confirmation) (*ConfirmationWriter, error) {
	file, err := set.newWriter(w, BFConfirmation, f, func(t *treeWriter) { t.confirmation(c) })
	if err != nil {
		return nil, err
	}
	file.stated, file.statedSum = c.Cases, c.Fees
	return &ConfirmationWriter{file}, nil
}

func (w *treeWriter) confirmation(c Confirmation) {
	k, top := confirmationKeys(), w.t.Top()
	w.transaction(BFConfirmation)
	w.text(top, k.partyCode, c.PartyCode)
	w.t.SetNum(top, k.sequence, c.Sequence)
	w.text(top, k.fileName, c.FileName)
	setDay(w.t, top, k.readIn, c.ReadIn)
	w.t.SetNum(top, k.cases, c.Cases)
	w.t.SetNum(top, k.fees, int64(c.Fees))
}

// Write appends one case.
func (w *ConfirmationWriter) Write(c ConfirmedCase) error {
	return w.file.write(c.Fee, func(t *layout.Tree) error {
		k, out, top := confirmationKeys(), &treeWriter{t: t}, t.Top()
		out.text(top, k.reference, c.Reference)
		out.text(top, k.caseNumber, c.CaseNumber)
		setDay(t, top, k.registered, c.Registered)
		t.SetNum(top, k.fee, int64(c.Fee))
		t.SetNum(top, k.sum, int64(c.Sum))
		return out.err
	})
}

// Close writes the end of the confirmation.
func (w *ConfirmationWriter) Close() error { return w.file.close() }

// ReadConfirmation reads a confirmation in either form and gives each case to
// the function, whose error ends the reading. A fault of the file is a *Error.
func ReadConfirmation(src io.Reader, set *Set, each func(ConfirmedCase) error) (Confirmation, error) {
	r, err := newAnswerReader(src, set, BFConfirmation)
	if err != nil {
		return Confirmation{}, err
	}
	k := confirmationKeys()
	err = r.each(func(t *layout.Tree) error {
		top := t.Top()
		return each(ConfirmedCase{
			Reference: t.Text(top, k.reference), CaseNumber: t.Text(top, k.caseNumber), Registered: dayOf(t, top, k.registered),
			Fee: money.Amount(t.Num(top, k.fee)), Sum: money.Amount(t.Num(top, k.sum)),
		})
	})
	t := r.run.file
	top := t.Top()
	return Confirmation{
		PartyCode: t.Text(top, k.partyCode), Sequence: t.Num(top, k.sequence), FileName: t.Text(top, k.fileName),
		ReadIn: dayOf(t, top, k.readIn), Cases: t.Num(top, k.cases), Fees: money.Amount(t.Num(top, k.fees)),
	}, err
}
