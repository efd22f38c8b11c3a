package evening_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/evening"
	"filtjanst/authority/fee"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const (
	organisation = "5560000167"
	codeID       = 7
)

// monday is a working day; its run begins at 19:00.
var (
	monday  = calendar.MustDay("2026-03-02")
	arrived = monday.At(9, 0)
	begun   = monday.At(19, 0)
)

// house is one test's evening with what it needs around it.
type house struct {
	testing.TB
	db     *store.DB
	clock  *calendar.Fixed
	box    *outbox.Box
	orders *paymentorder.Orders
	shelf  *shelf
}

func each(t *testing.T, fn func(h *house)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		h := newHouse(t, open(), t.TempDir())
		h.must(h.found())
		fn(h)
	})
}

// newHouse makes the rooms over a database and a directory for blobs.
func newHouse(t testing.TB, db *store.DB, dir string) *house {
	t.Helper()
	h := &house{TB: t, db: db, clock: calendar.NewFixed(begun.Add(time.Minute)), shelf: &shelf{files: map[int64]file{}}}
	blobs, err := blob.OpenDir(dir)
	h.must(err)
	h.box = outbox.New(db, blobs)
	h.orders, err = paymentorder.New(paymentorder.Config{DB: db, Fees: fee.New(db), Clock: h.clock})
	h.must(err)
	return h
}

// found makes the table of the shelf and the filer.
func (h *house) found() error {
	return h.db.Do(h.Context(), func(tx store.Tx) error {
		if _, err := tx.Exec(shelfTable); err != nil {
			return err
		}
		parties := party.New(h.db)
		if err := parties.AddOrganisation(tx, party.Organisation{Number: organisation, Name: "Inkasso"}); err != nil {
			return err
		}
		return parties.AddCode(tx, party.Code{
			ID: codeID, MainID: codeID, Code: "ABC", Organisation: organisation, Name: "Inkasso",
			Delivery: party.Delivery{Address: organisation + ".in", Mode: party.Fetched}, Notice: filing.NoticeElectronic,
		})
	})
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) config() evening.Config {
	return evening.Config{
		DB: h.db, Clock: h.clock, Random: rand.Reader, Evening: calendar.DefaultEvening(calendar.New()),
		Services: []service.Service{h.orders}, Files: h.shelf, Outbox: h.box, Parties: party.New(h.db),
		Sets: filing.Sets{filing.Own()}, Organisation: "2021002114",
		Products: map[filing.Transaction]string{filing.BFConfirmation: "product-of-confirmations"},
	}
}

func (h *house) evening(change ...func(*evening.Config)) *evening.Evening {
	h.Helper()
	c := h.config()
	for _, f := range change {
		f(&c)
	}
	e, err := evening.New(c)
	h.must(err)
	return e
}

func (h *house) run(e *evening.Evening) evening.Summary {
	h.Helper()
	s, err := e.Run(h.Context(), h.clock.Now())
	h.must(err)
	return s
}

func (h *house) count(query string, args ...any) (n int64) {
	h.Helper()
	h.must(h.db.Read(h.Context(), func(r store.Reader) error { return r.QueryRow(query, args...).Scan(&n) }))
	return n
}

// file is an approved file on the shelf.
type file struct {
	service.File
	content []byte
}

// made writes a file of n applications; the same id and n give the same bytes.
func made(t testing.TB, id int64, n int, day calendar.Day) file {
	t.Helper()
	return madeIn(t, filing.TextForm, id, n, day)
}

func madeIn(t testing.TB, form filing.Form, id int64, n int, day calendar.Day) file {
	t.Helper()
	applications := filingtest.New(uint64(id)).Applications(n)
	var content bytes.Buffer
	facts := filingtest.Facts("ABC", id, applications)
	w, err := filing.NewApplicationWriter(&content, filing.Own(), form, facts)
	for i := 0; err == nil && i < n; i++ {
		err = w.Write(&applications[i])
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file{content: content.Bytes(), File: service.File{
		ID: id, TransactionID: fmt.Sprintf("transaction-%d", id), PartyCode: "ABC", CodeID: codeID, MainCodeID: codeID,
		Transaction: filing.BFApplication, Form: form, Name: "ABC.ANSOKAN", Sequence: id,
		Documents: int64(n), Sum: facts.Sum, Arrived: arrived, ReadInDay: day,
	}}
}

// put lays files on the shelf.
func (h *house) put(files ...file) {
	h.Helper()
	h.must(h.db.Do(h.Context(), func(tx store.Tx) error {
		for _, f := range files {
			_, err := tx.Exec(`INSERT INTO evening_shelf (id, day, documents, cursor_at, fence, done) VALUES ($1, $2, $3, 0, 0, FALSE)`,
				f.ID, f.ReadInDay, f.Documents)
			if err != nil {
				return err
			}
		}
		return nil
	}))
	h.shelf.hold(files...)
}

// shelf keeps files as the door does: bytes apart, state in a table.
type shelf struct {
	mu     sync.Mutex
	files  map[int64]file
	before func(act string, id, to int64) error // fails an act before its write
}

const shelfTable = `CREATE TABLE evening_shelf (id BIGINT PRIMARY KEY, day TEXT NOT NULL, documents BIGINT NOT NULL,
	cursor_at BIGINT NOT NULL, fence BIGINT NOT NULL, done BOOLEAN NOT NULL)`

func (s *shelf) hold(files ...file) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range files {
		s.files[f.ID] = f
	}
}

func (s *shelf) of(id int64) file {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files[id]
}

func (s *shelf) hook(act string, id, to int64) error {
	s.mu.Lock()
	before := s.before
	s.mu.Unlock()
	if before == nil {
		return nil
	}
	return before(act, id, to)
}

func (s *shelf) Due(r store.Reader, today calendar.Day, after int64, limit int) ([]service.File, error) {
	ids, err := store.Collect(func(rows *store.Rows) (id int64, err error) {
		err = rows.Scan(&id)
		return id, err
	})(r.Query(`SELECT id FROM evening_shelf WHERE day <= $1 AND NOT done AND id > $2 ORDER BY id LIMIT $3`, today, after, limit))
	var files []service.File
	for _, id := range ids {
		files = append(files, s.of(id).File)
	}
	return files, err
}

func (s *shelf) Progress(r store.Reader, id int64) (cursor int64, done bool, err error) {
	err = r.QueryRow(`SELECT cursor_at, done FROM evening_shelf WHERE id = $1`, id).Scan(&cursor, &done)
	return cursor, done, err
}

func (s *shelf) Open(_ context.Context, id int64) (io.ReadCloser, *filing.Set, error) {
	if err := s.hook("open", id, 0); err != nil {
		return nil, nil, err
	}
	return io.NopCloser(bytes.NewReader(s.of(id).content)), filing.Own(), nil
}

func (s *shelf) Advance(tx store.Tx, id, from, to, fence int64) error {
	if err := s.hook("advance", id, to); err != nil {
		return err
	}
	return one(tx, `UPDATE evening_shelf SET cursor_at = $1, fence = $2
		WHERE id = $3 AND cursor_at = $4 AND fence <= $2 AND NOT done`, to, fence, id, from)
}

func (s *shelf) Done(tx store.Tx, id, fence int64, _ time.Time) error {
	if err := s.hook("done", id, 0); err != nil {
		return err
	}
	return one(tx, `UPDATE evening_shelf SET done = TRUE, fence = $1
		WHERE id = $2 AND fence <= $1 AND NOT done AND cursor_at = documents`, fence, id)
}

func one(tx store.Tx, query string, args ...any) error {
	res, err := tx.Exec(query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("%d rows changed, want 1 (%w)", n, err)
	}
	return nil
}

// confirmation is one confirmation in the outbox, read.
type confirmation struct {
	outbox.Listed
	content []byte
	head    filing.Confirmation
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
	c.head, err = filing.ReadConfirmation(bytes.NewReader(c.content), filing.Own(), func(line filing.ConfirmedCase) error {
		c.lines = append(c.lines, line)
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
		if n := h.count(`SELECT count(*) FROM paymentorder_case WHERE file = $1`, f.ID); n != f.Documents {
			h.Errorf("file %d: %d cases of %d documents", f.ID, n, f.Documents)
		}
	}
	if n := h.count(`SELECT count(*) FROM evening_shelf WHERE NOT done`); n != 0 {
		h.Errorf("%d files are not done", n)
	}
}

func (h *house) checkOne(f file, c confirmation) {
	h.Helper()
	applications := filingtest.New(uint64(f.ID)).Applications(int(f.Documents))
	if c.head.Cases != f.Documents || len(c.lines) != len(applications) || c.head.FileName != f.Name {
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

func serial(h *house, number string) (n int64) {
	h.Helper()
	var year int
	if _, err := fmt.Sscanf(number, "%d-%d", &year, &n); err != nil || year != 2026 {
		h.Fatalf("case number %q: %v", number, err)
	}
	return n
}
