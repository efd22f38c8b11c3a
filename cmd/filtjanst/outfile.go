package main

import (
	"bufio"
	"errors"
	"io"
	"os"

	"filtjanst/filer/durable"
)

// writeOut lets write fill the file at the path, or standard output for "" and
// "-". A file is whole or not there, and one that stood there stays until then; a
// pipe or device is written as it is.
func (a *app) writeOut(path string, write func(io.Writer) error) error {
	if path == "" || path == stdinName || isStdout(path) {
		return buffered(a.out, write)
	}
	fill := durable.Replace
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return misuse("%s är en katalog, inte en fil", "%s is a directory, not a file", path)
	} else if err == nil && !info.Mode().IsRegular() {
		fill = intoDevice
	}
	var unwritten error
	err := fill(path, func(w io.Writer) error {
		unwritten = buffered(w, write)
		return unwritten
	})
	if unwritten != nil || err == nil {
		return unwritten
	}
	return failed(err, "kan inte skriva %s", "cannot write %s", path)
}

// isStdout tells whether a path, such as /dev/stdout, names what standard output
// goes to. To replace that file would leave those who read from it with nothing.
func isStdout(path string) bool {
	named, err := os.Stat(path)
	if err != nil {
		return false
	}
	out, err := os.Stdout.Stat()
	return err == nil && os.SameFile(named, out)
}

// intoDevice fills what is no file: a pipe or a device.
func intoDevice(path string, fill func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(fill(f), f.Close())
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
