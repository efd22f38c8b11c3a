package extract

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"filtjanst/authority/store"
)

// Imported is a register file that was imported.
type Imported struct {
	Kind      Kind   `json:"kind"`
	Rows      int64  `json:"rows"`
	Continued int64  `json:"continued"` // rows kept by an earlier attempt with the same file
	Digest    string `json:"digest"`    // SHA-256 of the file
}

// ErrOtherImport says that the same file is being imported by another at once.
var ErrOtherImport = errors.New("extract: the file is being imported by another at the same time")

// ErrUnfinished says that half of a register file stands in the registers.
var ErrUnfinished = errors.New("extract: an import was broken off; give the same file again, or a newer one, before anything is delivered")

// Import reads the file of a register, in the form that its Format documents,
// in constant memory. The file is read twice: first it is checked to its end,
// and a file with any fault changes nothing (*Faults), nor does one that gives
// one key to two persons; then its rows are kept, each replacing the one with
// the same key. What is broken off in that is
// continued by giving the same file again, and no credit extract is made
// meanwhile; a newer file of the register takes the place of one broken off. A
// src that cannot seek is laid on disk first. progress is called with the rows
// done and all of them, and may be nil.
func (e *Extracts) Import(ctx context.Context, kind Kind, src io.Reader, progress func(done, all int64)) (Imported, error) {
	f, known := FormatOf(kind)
	if !known {
		return Imported{}, fmt.Errorf("extract: there is no register %q", kind)
	}
	file, discard, err := seekable(src)
	if err != nil {
		return Imported{}, err
	}
	defer discard()
	if progress == nil {
		progress = func(int64, int64) {}
	}
	in, err := check(ctx, f, file)
	if err != nil {
		return Imported{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Imported{}, fmt.Errorf("extract: read the file of %s again: %w", kind, err)
	}
	return e.keep(ctx, f, file, in, progress)
}

// seekable is the source itself if it can be read twice, else a copy of it.
func seekable(src io.Reader) (io.ReadSeeker, func(), error) {
	if s, ok := src.(io.ReadSeeker); ok {
		if _, err := s.Seek(0, io.SeekCurrent); err == nil {
			return s, func() {}, nil
		}
	}
	file, err := os.CreateTemp("", "filtjanst-import-*")
	if err != nil {
		return nil, nil, fmt.Errorf("extract: lay the register file on disk: %w", err)
	}
	discard := func() {
		file.Close()
		os.Remove(file.Name())
	}
	if _, err = io.Copy(file, src); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		discard()
		return nil, nil, fmt.Errorf("extract: lay the register file on disk: %w", err)
	}
	return file, discard, nil
}

// check reads a file to its end without keeping anything.
func check(ctx context.Context, f Format, src io.Reader) (Imported, error) {
	digest := sha256.New()
	faults := &Faults{Kind: f.Kind}
	in := Imported{Kind: f.Kind}
	owners := newOwners(ownersAtOnce)
	defer owners.discard()
	key, person := f.column(f.Key), f.column("identity")
	err := eachRow(ctx, f, io.TeeReader(src, digest), faults, func(line int64, values []any) error {
		if in.Rows++; key == person {
			return nil
		}
		return owners.add(values[key].(string), values[person].(string), line)
	})
	if err == nil {
		err = owners.twice(faults.addOther)
		slices.SortStableFunc(faults.First, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	}
	if err != nil {
		return Imported{}, err
	}
	if faults.All > 0 {
		return Imported{}, faults
	}
	in.Digest = hex.EncodeToString(digest.Sum(nil))
	return in, nil
}

// eachRow hands over the values of each sound row, in a slice that is reused.
func eachRow(ctx context.Context, f Format, src io.Reader, faults *Faults, each func(line int64, values []any) error) error {
	file, err := openRows(src, f)
	var bad *rowError
	if errors.As(err, &bad) {
		faults.add(1, "", bad.swedish, bad.english)
		return nil
	}
	if err != nil {
		return fmt.Errorf("extract: read the file of %s: %w", f.Kind, err)
	}
	reader := newRowReader(f, file.columns(), faults)
	if faults.All > 0 {
		return nil
	}
	values := make([]any, len(f.Columns))
	for n := 0; ; n++ {
		row, line, err := file.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			faults.add(line, "", bad.swedish, bad.english)
			continue
		case err != nil:
			return fmt.Errorf("extract: read the file of %s: %w", f.Kind, err)
		}
		if n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if reader.read(line, row, values) {
			if err := each(line, values); err != nil {
				return err
			}
		}
	}
}

// unfinished fails while half an import stands in the registers.
func unfinished(r store.Reader) error {
	var n int64
	if err := r.QueryRow(`SELECT COUNT(*) FROM extract_import WHERE done IS NULL AND NOT replaced`).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return ErrUnfinished
	}
	return nil
}
