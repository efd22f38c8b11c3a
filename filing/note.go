package filing

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"

	"filtjanst/calendar"
	"filtjanst/layout"
	"filtjanst/money"
)

type noteHandles struct{ of, partyCode, sequence, documents, sum, date layout.KeyID }

var noteKeys = sync.OnceValue(func() *noteHandles {
	v := vocabularies()[BFApplicationNote]
	return &noteHandles{
		of: v.MustKey("file.of"), partyCode: v.MustKey("file.party_code"), sequence: v.MustKey("file.sequence"),
		documents: v.MustKey("file.documents"), sum: v.MustKey("file.sum"), date: v.MustKey("file.date"),
	}
})

// WriteNote writes a cover note. Facts that are nil are left out.
func WriteNote(w io.Writer, set *Set, f Form, n Note) error {
	out, err := set.newWriter(w, BFApplicationNote, f, func(t *treeWriter) { t.note(n) })
	if err != nil {
		return err
	}
	return out.w.Close()
}

func (w *treeWriter) note(n Note) {
	k, top := noteKeys(), w.t.Top()
	w.transaction(BFApplicationNote)
	w.symbol(top, k.of, string(n.Transaction))
	w.text(top, k.partyCode, n.PartyCode)
	w.t.SetNum(top, k.sequence, n.Sequence)
	if n.Documents != nil {
		w.t.SetNum(top, k.documents, *n.Documents)
	}
	if n.Sum != nil {
		w.t.SetNum(top, k.sum, int64(*n.Sum))
	}
	if n.Date != nil {
		setDay(w.t, top, k.date, *n.Date)
	}
}

// lastDay is later than any date a file can hold.
const lastDay = calendar.Day(3652059)

// mostNote bounds a cover note in bytes, whatever its profile says.
const mostNote = 1 << 20

// CheckNote reads a cover note (missiv) of the given note transaction, such as
// BFApplicationNote, and judges it by itself; Compare compares it with its
// file. The error is for reading alone.
func CheckNote(src io.Reader, set *Set, tx Transaction) (Verdict, Note, Facts, error) {
	all, err := io.ReadAll(io.LimitReader(src, mostNote+1))
	if err != nil {
		return Verdict{}, Note{}, Facts{}, fmt.Errorf("filing: read cover note: %w", err)
	}
	// A cover note states its file's date, which the check of the file judges.
	r := newRun(set, Expect{Transaction: tx, Today: lastDay})
	digest := &digester{hash: sha256.New(), src: bytes.NewReader(all)}
	if r.choose(all[:min(len(all), headBytes)]) {
		err = r.read(digest)
	}
	if err = errors.Join(err, digest.finish()); err != nil {
		return Verdict{}, Note{}, Facts{}, fmt.Errorf("filing: read cover note: %w", err)
	}
	if r.profile != nil {
		r.settleFile()
	}
	return r.verdict(), r.note(), r.factsOf(digest), nil
}

// note takes the facts out of a cover note that has been read.
func (r *run) note() Note {
	if r.file == nil || r.transaction != BFApplicationNote {
		return Note{}
	}
	k, t, top := noteKeys(), r.file, r.file.Top()
	n := Note{Transaction: Transaction(t.Symbol(top, k.of)), PartyCode: t.Text(top, k.partyCode), Sequence: t.Num(top, k.sequence)}
	if t.Has(top, k.documents) {
		documents := t.Num(top, k.documents)
		n.Documents = &documents
	}
	if t.Has(top, k.sum) {
		sum := money.Amount(t.Num(top, k.sum))
		n.Sum = &sum
	}
	if t.Has(top, k.date) {
		day := dayOf(t, top, k.date)
		n.Date = &day
	}
	return n
}
