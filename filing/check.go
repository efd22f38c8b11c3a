package filing

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"filtjanst/layout"
)

// Check reads a whole file and judges it against the set and what the caller
// expects. It is pure: the same bytes, set and expectation give the same
// verdict. The error is for reading alone (I/O) and for a missing
// Expect.Today; everything about the file is in the verdict. A second reading
// takes place only when own references seem to be repeated.
func Check(src io.ReadSeeker, set *Set, e Expect) (Verdict, Facts, error) {
	if e.Today.IsZero() {
		return Verdict{}, Facts{}, errors.New("filing: Expect.Today is required; dates are judged against it")
	}
	r := newRun(set, e)
	head, err := readHead(src)
	if err != nil {
		return Verdict{}, Facts{}, err
	}
	digest := &digester{hash: sha256.New(), src: src}
	if r.choose(head) {
		err = r.read(digest)
	}
	if err == nil {
		err = digest.finish()
	}
	if err == nil && r.profile != nil {
		r.size(digest.n)
		r.settleFile()
		err = r.settleReferences(src)
	}
	if err != nil {
		return Verdict{}, Facts{}, fmt.Errorf("filing: read file: %w", err)
	}
	return r.verdict(), r.factsOf(digest), nil
}

func readHead(src io.ReadSeeker) ([]byte, error) {
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("filing: read file: %w", err)
	}
	head := make([]byte, headBytes)
	n, err := io.ReadFull(src, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("filing: read file: %w", err)
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("filing: read file: %w", err)
	}
	return head[:n], nil
}

// digester hashes what is read through it.
type digester struct {
	hash hash.Hash
	src  io.Reader
	n    int64
}

func (d *digester) Read(p []byte) (int, error) {
	n, err := d.src.Read(p)
	d.hash.Write(p[:n])
	d.n += int64(n)
	return n, err
}

// finish reads what the check left unread, so that the digest covers the file.
func (d *digester) finish() error {
	_, err := io.Copy(io.Discard, d)
	return err
}

func (d *digester) hex() string { return hex.EncodeToString(d.hash.Sum(nil)) }

// choose finds the transaction and its profile; false ends the check.
func (r *run) choose(head []byte) bool {
	r.form = layout.Detect(head)
	found, _, known := r.set.Identify(head)
	r.transaction = r.expect.Transaction
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		r.general("F101", layout.Origin{})
		return false
	case wide(head):
		r.general("F121", layout.Origin{Line: 1})
		return false
	case r.transaction == "" && !known:
		if found, known = r.set.guess(head, r.form); !known {
			r.general("F102", layout.Origin{Line: 1})
			return false
		}
		r.transaction = found
	case r.transaction == "":
		r.transaction = found
	case known && found != r.transaction:
		r.general("F103", layout.Origin{Line: 1}, found, r.transaction)
		return false
	}
	p, ok := r.set.profiles[r.transaction]
	if !ok || !p.layout.Has(r.form) {
		r.general("F104", layout.Origin{}, r.transaction, r.form)
		return false
	}
	r.use(p)
	return true
}

// wide tells of UTF-16, with or without its mark, and of UTF-32.
func wide(head []byte) bool {
	return len(head) >= 2 && (head[0] == 0xFF && head[1] == 0xFE || head[0] == 0xFE && head[1] == 0xFF || head[0] == 0 || head[1] == 0)
}

// read goes through the file once.
func (r *run) read(src io.Reader) error {
	reader := r.profile.layout.NewReader(src, r.form, layout.Options{})
	r.reader, r.file = reader, reader.File()
	doc := layout.NewTree(r.profile.layout.Vocabulary(), layout.DocumentGroup)
	for {
		err := reader.Next(doc)
		if err == nil {
			r.document(doc)
			continue
		}
		r.doc = nil
		if errors.Is(err, layout.ErrUnreadable) {
			r.brokenOff(doc)
			return nil
		}
		r.layoutFaults(reader.Faults())
		if errors.Is(err, io.EOF) {
			r.complete = true
			return nil
		}
		return err
	}
}

// brokenOff reports what made the rest of the file unreadable, in the document
// that was being read if there was one.
func (r *run) brokenOff(doc *layout.Tree) {
	if doc.AtNode(doc.Top()).Line > 0 {
		r.doc = doc
		r.documents++
		defer func() { r.doc, r.documents = nil, r.documents-1 }()
	}
	r.layoutFaults(r.reader.Faults())
}

// document judges one document that has been read.
func (r *run) document(doc *layout.Tree) {
	r.documents++
	r.doc, r.refused, r.cut = doc, false, false
	if faults := r.reader.Faults(); len(faults) > 0 {
		r.layoutFaults(faults)
	}
	r.unsummed = r.unsummed || r.cut
	if r.rules.document != nil && !r.cut {
		r.rules.document(r)
	}
	if r.refused {
		r.refusedDocuments = append(r.refusedDocuments, r.documents)
	}
}

// size holds the limit of bytes also for what stands after the last record or
// element, where the reader has nothing left to read.
func (r *run) size(bytes int64) {
	most := r.profile.layout.Limits().Bytes
	if bytes > most && r.errors.counts["F152"] == 0 {
		r.general("F152", layout.Origin{Offset: most})
	}
}
