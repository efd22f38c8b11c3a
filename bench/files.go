package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/text/encoding/charmap"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const seed = 3

// stated are the facts of the first file, of n generated applications.
func stated(n int) filing.FileFacts {
	f := filingtest.Facts("ABC", 1, nil)
	f.Documents = int64(n)
	made := filingtest.New(seed)
	for range n {
		f.Sum += made.Next().Total
	}
	return f
}

// writeApplications writes a file of n generated applications, holding one of
// them at a time.
func writeApplications(w io.Writer, form filing.Form, facts filing.FileFacts) error {
	out, err := filing.NewWriter(w, filing.Own(), filing.BFApplication, form, facts)
	if err != nil {
		return err
	}
	made := filingtest.New(seed)
	for range facts.Documents {
		a := made.Next()
		if err := out.Write(&a); err != nil {
			return err
		}
	}
	return out.Close()
}

// applicationFile makes such a file in the directory and returns its path and
// length.
func applicationFile(dir string, form filing.Form, n int) (path string, size int64, err error) {
	path = filepath.Join(dir, string(form)+".ansokan")
	f, err := os.Create(path)
	if err != nil {
		return "", 0, err
	}
	buffered := bufio.NewWriterSize(f, 1<<20)
	err = errors.Join(writeApplications(buffered, form, stated(n)), buffered.Flush())
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr, f.Close()); err != nil {
		return "", 0, err
	}
	return path, info.Size(), nil
}

// inUTF8 writes an XML file in ISO 8859-1 anew in UTF-8, which encoding/xml
// reads without help.
func inUTF8(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if text, err = charmap.ISO8859_1.NewDecoder().Bytes(text); err != nil {
		return "", err
	}
	text = bytes.Replace(text, []byte("ISO-8859-1"), []byte("UTF-8"), 1)
	return path + ".utf8", os.WriteFile(path+".utf8", text, 0o600)
}

// note is the cover note of a file.
func note(facts filing.FileFacts) ([]byte, error) {
	var b bytes.Buffer
	err := filing.WriteNote(&b, filing.Own(), filing.TextForm, filing.Note{
		Transaction: filing.BFApplication, PartyCode: facts.PartyCode, Sequence: facts.Sequence,
		Documents: &facts.Documents, Sum: &facts.Sum, Date: &facts.Created,
	})
	return b.Bytes(), err
}
