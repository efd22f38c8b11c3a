package filing

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"filtjanst/calendar"
	"filtjanst/layout"
)

// WriteNote writes a cover note, in the layout of the note to the transaction
// that it names. Facts that are nil are left out.
func WriteNote(w io.Writer, set *Set, f Form, n Note) error {
	info, ok := Info(n.Transaction)
	if !ok || info.Note == "" {
		return fmt.Errorf("filing: no cover note goes with a file of %s", n.Transaction)
	}
	out, err := set.begin(w, info.Note, f, func(t *treeWriter, top layout.Node) { kinds()[info.Note].note.put(t, top, &n) })
	if err != nil {
		return err
	}
	return out.Close()
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
	var n Note
	if k := kinds()[r.transaction]; r.file != nil && k != nil && k.note != nil {
		k.note.take(&treeReader{t: r.file}, r.file.Top(), &n)
	}
	return n
}
