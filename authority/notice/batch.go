package notice

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"filtjanst/authority/store"
)

// ErrNoLetter says that there is no letter of the id, or that it is blocked.
var ErrNoLetter = errors.New("notice: there is no such letter")

// WritePDF writes one letter as PDF. It changes nothing; [Letters.Fetch] offers
// letters to be sent.
func (l *Letters) WritePDF(ctx context.Context, w io.Writer, id int64) error {
	return l.writeOne(ctx, w, id, l.PDF)
}

// WriteHTML writes one letter as HTML, with the words of the PDF.
func (l *Letters) WriteHTML(ctx context.Context, w io.Writer, id int64) error {
	return l.writeOne(ctx, w, id, l.HTML)
}

func (l *Letters) writeOne(ctx context.Context, w io.Writer, id int64, write func(io.Writer, Item) error) error {
	var it Item
	var ok bool
	err := l.db.Read(ctx, func(r store.Reader) (err error) {
		it, ok, err = l.Get(r, id)
		return err
	})
	if err != nil {
		return err
	}
	if !ok || it.Blocked {
		return fmt.Errorf("letter %d: %w", id, ErrNoLetter)
	}
	return write(w, it)
}

// Line is one line of a batch's list.
type Line struct {
	ID      int64   `json:"id"`
	File    string  `json:"file"`
	Message Message `json:"message"`
	Route   Route   `json:"route"`
	Attempt int64   `json:"attempt"` // above 1: it may have been printed before
}

// Batch fetches at most n letters and streams them as a zip: one PDF a letter,
// and letters.jsonl with a Line for each. It returns the ids that are to be
// acknowledged once printed and sent. A letter that cannot be drawn becomes
// failed and holds up no other. After an error the letters are offered again, as
// any that are not acknowledged. With nothing to print it writes nothing.
func (l *Letters) Batch(ctx context.Context, w io.Writer, n int) ([]int64, error) {
	items, err := l.Fetch(ctx, n)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	archive := zip.NewWriter(w)
	lines, err := l.writeBatch(ctx, archive, items)
	if err != nil {
		return nil, fmt.Errorf("notice: write a batch of %d letters: %w", len(items), err)
	}
	ids := make([]int64, len(lines))
	for i := range lines {
		ids[i] = lines[i].ID
	}
	return ids, archive.Close()
}

func (l *Letters) writeBatch(ctx context.Context, archive *zip.Writer, items []Item) (lines []Line, err error) {
	for _, it := range items {
		var pdf bytes.Buffer
		if fault := l.PDF(&pdf, it); fault != nil {
			if err := l.Return(ctx, it.ID, fault.Error()); err != nil {
				return nil, err
			}
			continue
		}
		line := Line{it.ID, pdfName(it.ID), it.Message, it.Route(), it.Attempt}
		if err := add(archive, line.File, pdf.Bytes()); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, addList(archive, lines)
}

func add(archive *zip.Writer, name string, content []byte) error {
	file, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return err
}

func addList(archive *zip.Writer, lines []Line) error {
	file, err := archive.Create(ListName)
	if err != nil {
		return err
	}
	list := json.NewEncoder(file)
	for _, line := range lines {
		if err := list.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func pdfName(id int64) string { return strconv.FormatInt(id, 10) + ".pdf" }
