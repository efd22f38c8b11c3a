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
// the directory itself, or, where a name is taken there, in a new folder named
// by the sequence number. Nothing is ever replaced.
func placePair(dir string, sequence int64, names [2]string, file, note io.ReadSeeker) (pair, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return pair{}, fmt.Errorf("the directory for built files: %w", err)
	}
	for try := 1; ; try++ {
		if p, err := writePair(dir, names, file, note); !errors.Is(err, os.ErrExist) {
			return p, err
		}
		folder := filepath.Join(dir, folderName(sequence, try))
		err := durable.NewDir(folder)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return pair{}, fmt.Errorf("a folder for a built file: %w", err)
		}
		p, err := writePair(folder, names, file, note)
		if err != nil {
			err = errors.Join(err, os.Remove(folder))
		}
		return p, err
	}
}

func folderName(sequence int64, try int) string {
	if try == 1 {
		return fmt.Sprintf("%06d", sequence)
	}
	return fmt.Sprintf("%06d-%d", sequence, try)
}

// writePair writes both to a directory, or neither. The error is os.ErrExist
// where one of the names is taken.
func writePair(dir string, names [2]string, file, note io.ReadSeeker) (pair, error) {
	if !free(dir, names) {
		return pair{}, os.ErrExist
	}
	p := pair{file: filepath.Join(dir, names[0])}
	var err error
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

// writeDurably writes a new file, from the start of the content, so that it is
// whole or not there, and returns its SHA-256 in hex. The error is os.ErrExist
// where there is a file of the name.
func writeDurably(path string, content io.ReadSeeker) (string, error) {
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	draft, err := durable.Write(filepath.Dir(path), content)
	if err != nil {
		return "", fmt.Errorf("writing %s: %w", path, err)
	}
	defer draft.Discard()
	return draft.Digest, draft.Place(path)
}
