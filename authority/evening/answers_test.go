package evening_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"filtjanst/authority/evening"
	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// confirmation is one confirmation in the outbox, read.
type confirmation struct {
	outbox.Listed
	content []byte
	head    filing.FileFacts
	lines   []filing.ConfirmedCase
}

// confirmations reads all there are, by the sequence number of their file.
func (h *house) confirmations() map[int64]confirmation {
	h.Helper()
	found := map[int64]confirmation{}
	for _, l := range h.list(outbox.Filter{Limit: outbox.MaxLimit}) {
		c := h.open(l)
		if _, twice := found[c.head.Sequence]; twice {
			h.Errorf("file %d has two confirmations", c.head.Sequence)
		}
		found[c.head.Sequence] = c
	}
	return found
}

// confirmationOf reads the one of a file.
func (h *house) confirmationOf(f file) confirmation {
	h.Helper()
	list := h.list(outbox.Filter{Meta: map[string]string{evening.MetaAnswers: f.TransactionID}})
	if len(list) != 1 {
		h.Fatalf("file %d has %d confirmations", f.ID, len(list))
	}
	return h.open(list[0])
}

func (h *house) list(f outbox.Filter) (list []outbox.Listed) {
	h.Helper()
	h.must(h.db.Read(h.Context(), func(r store.Reader) (err error) {
		list, _, err = h.box.List(r, organisation+".in", f)
		return err
	}))
	return list
}

func (h *house) open(l outbox.Listed) (c confirmation) {
	h.Helper()
	var body io.ReadCloser
	var err error
	c.Listed, body, err = h.box.Open(h.Context(), l.Address, l.TxID)
	h.must(err)
	defer body.Close()
	c.content, err = io.ReadAll(body)
	h.must(err)
	c.head, err = filing.Read(bytes.NewReader(c.content), filing.Own(), filing.BFConfirmation, func(line *filing.ConfirmedCase) error {
		c.lines = append(c.lines, *line)
		return nil
	})
	h.must(err)
	return c
}

// checkWhole tells whether every document of the files became exactly one case
// and one line of the one confirmation, in file order, with numbers that
// follow each other.
func (h *house) checkWhole(files ...file) {
	h.Helper()
	found := h.confirmations()
	if len(found) != len(files) {
		h.Errorf("%d confirmations of %d files", len(found), len(files))
	}
	for _, f := range files {
		h.checkOne(f, found[f.Sequence])
		if n := h.count(`SELECT count(*) FROM paymentorder_case WHERE file = $1`, f.ID); n != int64(len(accepted(f))) {
			h.Errorf("file %d: %d cases of %d documents", f.ID, n, len(accepted(f)))
		}
	}
	if n := h.count(`SELECT count(*) FROM evening_shelf WHERE NOT done`); n != 0 {
		h.Errorf("%d files are not done", n)
	}
}

func (h *house) checkOne(f file, c confirmation) {
	h.Helper()
	applications := accepted(f)
	if c.head.Documents != int64(len(applications)) || len(c.lines) != len(applications) || c.head.FileName != f.Name {
		h.Fatalf("file %d: %d lines of %d documents, head %+v", f.ID, len(c.lines), f.Documents, c.head)
	}
	for i, line := range c.lines {
		if line.Reference != applications[i].Reference || line.Sum != applications[i].Total {
			h.Fatalf("file %d, document %d: line %+v", f.ID, i+1, line)
		}
		if i > 0 && line.CaseNumber <= c.lines[i-1].CaseNumber {
			h.Fatalf("file %d, document %d: number %s after %s", f.ID, i+1, line.CaseNumber, c.lines[i-1].CaseNumber)
		}
	}
	first, last := c.lines[0].CaseNumber, c.lines[len(c.lines)-1].CaseNumber
	if serial(h, last)-serial(h, first) != int64(len(c.lines)-1) {
		h.Errorf("file %d: gaps between %s and %s", f.ID, first, last)
	}
}

// accepted are the applications of a file that were not refused.
func accepted(f file) (kept []filing.Application) {
	for i, a := range filingtest.New(uint64(f.ID)).Applications(int(f.Documents)) {
		if !slices.Contains(f.Refused, int64(i+1)) {
			kept = append(kept, a)
		}
	}
	return kept
}

func serial(h *house, number string) (n int64) {
	h.Helper()
	var year int
	if _, err := fmt.Sscanf(number, "%d-%d", &year, &n); err != nil || year != 2026 {
		h.Fatalf("case number %q: %v", number, err)
	}
	return n
}
