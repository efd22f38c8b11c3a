package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// stdinName is the argument that means standard input.
const stdinName = "-"

// headBytes is how much of a file is read to tell what it is.
const headBytes = 16 << 10

// source is a file to read, from its start and more than once.
type source struct {
	*os.File
	name string // base name as the user gave it; "" for standard input and pipes
	size int64
	temp bool // to be removed on Close
}

// open opens the file at the path, or keeps a copy of standard input or a pipe
// for as long as the source is open.
func (a *app) open(ctx context.Context, path string) (*source, error) {
	if path == stdinName {
		return spool(ctx, a.in)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, notOpened(path, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(notOpened(path, err), f.Close())
	}
	switch {
	case info.IsDir():
		_ = f.Close()
		return nil, misuse("%s är en katalog, inte en fil", "%s is a directory, not a file", path)
	case !info.Mode().IsRegular():
		defer f.Close()
		return spool(ctx, f)
	}
	return &source{File: f, name: filepath.Base(path), size: info.Size()}, nil
}

func notOpened(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return failed(nil, "filen %s finns inte", "there is no file %s", path)
	case errors.Is(err, fs.ErrPermission):
		return failed(nil, "filen %s får inte läsas", "the file %s may not be read", path).
			hint("kontrollera filens rättigheter", "see the permissions of the file")
	}
	return failed(err, "filen kan inte läsas", "the file cannot be read")
}

// spool copies a stream to a file of its own. It has no name from the start
// where the system allows that, so that nothing of it is left whatever ends
// the command; elsewhere it is removed on Close.
func spool(ctx context.Context, r io.Reader) (*source, error) {
	f, err := os.CreateTemp("", "filtjanst-*")
	if err != nil {
		return nil, failed(err, "kan inte spara det som läses", "what is read cannot be kept")
	}
	s := &source{File: f, temp: os.Remove(f.Name()) != nil}
	if s.size, err = io.Copy(f, &watched{ctx: ctx, src: unseekable{r}}); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(failed(err, "kan inte läsa indata", "the input cannot be read"), s.Close())
	}
	return s, nil
}

type unseekable struct{ io.Reader }

func (unseekable) Seek(int64, int) (int64, error) { return 0, errors.ErrUnsupported }

// Close closes the file and removes a copy that has a name.
func (s *source) Close() error {
	err := s.File.Close()
	if s.temp {
		err = errors.Join(err, os.Remove(s.File.Name()))
	}
	return err
}

// head returns the beginning of the file and goes back to its start.
func (s *source) head() ([]byte, error) {
	head := make([]byte, headBytes)
	n, err := s.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, failed(err, "filen kan inte läsas", "the file cannot be read")
	}
	return head[:n], nil
}

// title is how the source is named to the user.
func (s *source) title(a *app) string {
	if s.name == "" {
		return a.say("standard in", "standard input")
	}
	return s.name
}

// rewind goes back to the start for another reading.
func (s *source) rewind() error {
	if _, err := s.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	return nil
}
