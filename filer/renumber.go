package filer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// Renumbering is one file that got another number.
type Renumbering struct {
	File ledger.File `json:"file"` // as it is now
	Old  int64       `json:"old_sequence"`
}

// Renumber writes files that were built but not sent anew, so that their
// numbers follow the last approved one without gap, as after a rejected file
// was given up. Their old files are removed when the new ones stand.
func (d *Desk) Renumber(ctx context.Context) ([]Renumbering, error) {
	files, err := d.Book.Files(ctx, ledger.Filter{
		Code: d.Config.Code, States: []ledger.State{ledger.Built, ledger.Sending, ledger.Unclear, ledger.Sent},
	})
	if err != nil {
		return nil, err
	}
	var done []Renumbering
	for len(files) > 0 {
		n := 1
		for n < len(files) && files[n].Transaction == files[0].Transaction {
			n++
		}
		renumbered, err := d.renumberSeries(ctx, files[:n])
		done = append(done, renumbered...)
		if err != nil {
			return done, err
		}
		files = files[n:]
	}
	return done, nil
}

// renumberSeries closes the gaps in one series.
func (d *Desk) renumberSeries(ctx context.Context, files []ledger.File) (done []Renumbering, err error) {
	next, err := d.Book.ExpectedNumber(ctx, d.Config.Code, files[0].Transaction)
	if err != nil {
		return nil, err
	}
	taken := map[int64]bool{}
	for _, f := range files {
		taken[f.Sequence] = f.State != ledger.Built
	}
	for _, f := range files {
		if f.State != ledger.Built {
			continue
		}
		for taken[next] {
			next++
		}
		if f.Sequence != next {
			renumbered, err := d.renumber(ctx, f, next)
			if err != nil {
				return done, err
			}
			done = append(done, Renumbering{File: renumbered, Old: f.Sequence})
		}
		next++
	}
	return done, nil
}

func (d *Desk) renumber(ctx context.Context, f ledger.File, sequence int64) (ledger.File, error) {
	draft, err := os.CreateTemp("", "filtjanst-renumber-*")
	if err != nil {
		return f, err
	}
	defer os.Remove(draft.Name())
	defer draft.Close()
	if err := d.copyUnder(f, sequence, draft); err != nil {
		return f, fmt.Errorf("writing number %d anew as %d: %w", f.Sequence, sequence, err)
	}
	if _, err := draft.Seek(0, io.SeekStart); err != nil {
		return f, err
	}
	_, checked, err := filing.Check(draft, d.Set, filing.Expect{Transaction: f.Transaction, PartyCode: f.Code, Sequence: sequence, Today: d.today()})
	if err != nil {
		return f, err
	}
	placed, err := d.placeAs(filepath.Dir(f.Path), checked, f.Form, draft)
	if err != nil {
		return f, err
	}
	if err := d.Book.Renumbered(ctx, f.ID, sequence, placed.file, placed.fileDigest, placed.note, placed.noteDigest); err != nil {
		return f, err
	}
	old := [2]string{f.Path, f.NotePath}
	f.Sequence, f.Path, f.Digest, f.NotePath, f.NoteDigest = sequence, placed.file, placed.fileDigest, placed.note, placed.noteDigest
	return f, removeOld(old)
}

func removeOld(paths [2]string) error {
	var errs []error
	for _, p := range paths {
		if p != "" {
			errs = append(errs, os.Remove(p))
		}
	}
	return errors.Join(errs...)
}

// copyUnder writes the documents of a built file under another number.
func (d *Desk) copyUnder(f ledger.File, sequence int64, w io.Writer) error {
	in, err := os.Open(f.Path)
	if err != nil {
		return err
	}
	defer in.Close()
	documents, err := filing.Documents(in, d.Set, f.Transaction, f.Form)
	if err != nil {
		return err
	}
	facts, err := startOf(f, d.Set)
	if err != nil {
		return err
	}
	facts.Sequence, facts.Created, facts.Documents, facts.Sum = sequence, d.today(), f.Documents, f.Sum
	out, err := filing.NewWriter(w, d.Set, f.Transaction, f.Form, facts)
	if err != nil {
		return err
	}
	for {
		a, err := documents.Next()
		if errors.Is(err, io.EOF) {
			return out.Close()
		}
		if err != nil {
			return err
		}
		if err := out.Write(a); err != nil {
			return err
		}
	}
}

// startOf is what a file that was built says of itself.
func startOf(f ledger.File, set *filing.Set) (filing.FileFacts, error) {
	in, err := os.Open(f.Path)
	if err != nil {
		return filing.FileFacts{}, err
	}
	defer in.Close()
	documents, err := filing.Documents(in, set, f.Transaction, f.Form)
	if err != nil {
		return filing.FileFacts{}, err
	}
	if _, err := documents.Next(); err != nil {
		return filing.FileFacts{}, err
	}
	return documents.File(), nil
}
