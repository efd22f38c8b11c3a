package filer

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filtjanst/filer/durable"
	"filtjanst/filer/ledger"
)

// pair is a file and its cover note on disk.
type pair struct {
	file, fileDigest string
	note, noteDigest string
}

// placePair writes file and note, which may be nil, under their exact names: in
// the directory itself, or, where a name is taken there, in a folder named by the sequence
// number. Nothing is ever replaced.
func placePair(dir string, sequence int64, names [2]string, file, note io.ReadSeeker) (pair, error) {
	for {
		p, err := tryPair(dir, sequence, names, file, note)
		if !errors.Is(err, os.ErrExist) {
			return p, err
		}
		_, err = file.Seek(0, io.SeekStart)
		if note != nil {
			_, noteErr := note.Seek(0, io.SeekStart)
			err = errors.Join(err, noteErr)
		}
		if err != nil {
			return pair{}, err
		}
	}
}

// tryPair is placePair, but fails with os.ErrExist where another program takes
// one of the names while it writes.
func tryPair(dir string, sequence int64, names [2]string, file, note io.ReadSeeker) (pair, error) {
	dir, err := freeDir(dir, sequence, names)
	if err != nil {
		return pair{}, err
	}
	p := pair{file: filepath.Join(dir, names[0])}
	if p.fileDigest, err = writeDurably(p.file, file); err != nil || note == nil {
		return p, err
	}
	p.note = filepath.Join(dir, names[1])
	p.noteDigest, err = writeDurably(p.note, note)
	if err != nil {
		return pair{}, errors.Join(err, os.Remove(p.file))
	}
	return p, nil
}

// removePair removes a pair that could not be entered in the book, and its
// folder below dir unless that holds anything else.
func removePair(dir string, f ledger.File) error {
	err := os.Remove(f.Path)
	if f.NotePath != "" {
		err = errors.Join(err, os.Remove(f.NotePath))
	}
	if folder := filepath.Dir(f.Path); folder != filepath.Clean(dir) {
		_ = os.Remove(folder)
	}
	return err
}

func freeDir(dir string, sequence int64, names [2]string) (string, error) {
	candidate := dir
	for n := 1; ; n++ {
		if err := os.MkdirAll(candidate, 0o700); err != nil {
			return "", fmt.Errorf("the directory for built files: %w", err)
		}
		if free(candidate, names) {
			return candidate, nil
		}
		candidate = filepath.Join(dir, fmt.Sprintf("%06d", sequence))
		if n > 1 {
			candidate = filepath.Join(dir, fmt.Sprintf("%06d-%d", sequence, n))
		}
	}
}

func free(dir string, names [2]string) bool {
	for _, name := range names {
		if name == "" {
			continue
		}
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, os.ErrNotExist) {
			return false
		}
	}
	return true
}

// writeDurably writes a new file so that it is whole or not there, and
// returns its SHA-256 in hex. The error is os.ErrExist where there is a file
// of the name.
func writeDurably(path string, content io.Reader) (string, error) {
	draft, err := durable.Write(filepath.Dir(path), content)
	if err != nil {
		return "", fmt.Errorf("writing %s: %w", path, err)
	}
	defer draft.Discard()
	return draft.Digest, draft.Place(path)
}
