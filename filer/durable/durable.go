// Package durable writes a filer's files so that each is whole or not there,
// also when the machine stops in the middle, and never replaces one.
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
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, hash), content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(f.Name()))
	}
	return &Draft{Digest: hex.EncodeToString(hash.Sum(nil)), path: f.Name()}, nil
}

// Place gives the draft a name in its directory, durably. The error is
// os.ErrExist where there is a file of the name.
func (d *Draft) Place(path string) error {
	if err := os.Link(d.path, path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// Discard removes the draft; a file that it was placed as stays.
func (d *Draft) Discard() { _ = os.Remove(d.path) }

// NewDir makes a directory of one's own, durably. The error is os.ErrExist where
// there is anything of the name.
func NewDir(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// SyncDir flushes the names in a directory to disk.
func SyncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
