package main

import (
	"bufio"
	"errors"
	"filtjanst/filer/durable"
	"io"
	"os"
	"path/filepath"
)

// writeOut lets write fill the file at the path, or standard output for "" and
// "-". A file is whole or not there: it is written beside its place, synced
// and renamed; a file that stood there stays until then.
func (a *app) writeOut(path string, write func(io.Writer) error) error {
	if path == "" || path == stdinName {
		return buffered(a.out, write)
	}
	dir := filepath.Dir(path)
	temporary, err := os.CreateTemp(dir, ".filtjanst-*")
	if err != nil {
		return failed(err, "kan inte skriva i katalogen %s", "cannot write in the directory %s", dir)
	}
	defer os.Remove(temporary.Name()) // gone already when it was renamed
	if err := buffered(temporary, write); err != nil {
		return errors.Join(err, temporary.Close())
	}
	err = errors.Join(temporary.Chmod(0o644), temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err == nil {
		err = durable.SyncDir(dir)
	}
	if err != nil {
		return failed(err, "kan inte skriva %s", "cannot write %s", path)
	}
	return nil
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 64<<10)
	if err := write(b); err != nil {
		return errors.Join(err, b.Flush())
	}
	if err := b.Flush(); err != nil {
		return failed(err, "kan inte skriva utdata", "the output cannot be written")
	}
	return nil
}
