package notice

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
)

// ListName is the name of the list of a batch of letters, one [Line] a line.
const ListName = "letters.jsonl"

// FetchedBatch is a batch of letters as a print service gets it.
type FetchedBatch struct {
	Lines []Line // of the list, in its order
	files *zip.Reader
}

// ReadBatch opens what [Letters.Batch] wrote.
func ReadBatch(archive []byte) (*FetchedBatch, error) {
	files, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	list, err := files.Open(ListName)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	lines, err := ReadLines(list)
	return &FetchedBatch{lines, files}, err
}

// BatchFile is one file of a batch: a letter as PDF, or the list.
type BatchFile struct {
	Name string
	Body []byte
}

// Files gives the files of the batch, the list last, so that it names nothing that
// is not there. An error ends them.
func (b *FetchedBatch) Files() iter.Seq2[BatchFile, error] {
	return func(yield func(BatchFile, error) bool) {
		var list BatchFile
		for _, f := range b.files.File {
			file, err := unzipped(f)
			if err == nil && f.Name == ListName {
				list = file
				continue
			}
			if !yield(file, err) || err != nil {
				return
			}
		}
		yield(list, nil)
	}
}

func unzipped(f *zip.File) (BatchFile, error) {
	if !filepath.IsLocal(f.Name) {
		return BatchFile{}, fmt.Errorf("a file of the batch may not be called %q", f.Name)
	}
	r, err := f.Open()
	if err != nil {
		return BatchFile{}, err
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	return BatchFile{f.Name, body}, err
}

// ReadLines reads the list of one batch, or of several after each other.
func ReadLines(list io.Reader) (lines []Line, err error) {
	for d := json.NewDecoder(list); ; {
		var l Line
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return lines, nil
		} else if err != nil {
			return nil, fmt.Errorf("line %d of the list of letters: %w", len(lines)+1, err)
		}
		lines = append(lines, l)
	}
}
