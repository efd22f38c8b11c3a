// Package durable writes files so that each is whole or not there, also when the
// machine stops in the middle. Only [Replace] replaces one.
//
// It must not know what the files are.
package durable

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Draft is a file that is written and flushed to disk, but has no name yet.
type Draft struct {
	Digest string // SHA-256 of its bytes, hex
	path   string
}

// Write writes the content to a draft in the directory where it is to be
// placed. The caller discards the draft when it is done with it.
func Write(dir string, content io.Reader) (*Draft, error) {
	hash := sha256.New()
	path, err := filled(dir, 0o600, func(w io.Writer) error {
		_, err := io.Copy(io.MultiWriter(w, hash), content)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &Draft{Digest: hex.EncodeToString(hash.Sum(nil)), path: path}, nil
}

// filled is a new file in the directory, flushed to disk.
func filled(dir string, mode os.FileMode, fill func(io.Writer) error) (path string, err error) {
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return "", err
	}
	if err = fill(f); err == nil {
		err = errors.Join(f.Chmod(mode), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// Replace fills the file at the path. One that is there stays as it was until the
// new one is whole, and gives it its permissions. A link is followed.
func Replace(path string, fill func(io.Writer) error) error {
	to, err := filepath.EvalSymlinks(path)
	if err == nil {
		path = to
	} else if _, linkErr := os.Lstat(path); linkErr == nil {
		return err // a link to nothing is not replaced by a file
	}
	mode := os.FileMode(0o644)
	if old, err := os.Stat(path); err == nil {
		mode = old.Mode().Perm()
	}
	draft, err := filled(filepath.Dir(path), mode, fill)
	if err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return syncDir(filepath.Dir(path))
}

// Place gives the draft a name in its directory, durably. The error is
// os.ErrExist where there is a file of the name.
func (d *Draft) Place(path string) error {
	if err := os.Link(d.path, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// Discard removes the draft; a file that it was placed as stays.
func (d *Draft) Discard() { _ = os.Remove(d.path) }

// NewDir makes a directory of one's own, durably. The error is os.ErrExist where
// there is anything of the name.
func NewDir(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir flushes the names in a directory to disk.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
