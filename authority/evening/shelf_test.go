package evening_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

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
	facts.Notice = filing.NoticeBoth
	w, err := filing.NewWriter(&content, filing.Own(), filing.BFApplication, form, facts)
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
			_, err := tx.Exec(`INSERT INTO evening_shelf (id, day, answer_at, documents, cursor_at, fence, done)
				VALUES ($1, $2, $3, $4, 0, 0, FALSE)`, f.ID, f.ReadInDay, micros(f.AnswerAt), f.Documents)
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

const shelfTable = `CREATE TABLE evening_shelf (id BIGINT PRIMARY KEY, day TEXT, answer_at BIGINT, documents BIGINT NOT NULL,
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

func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return store.Micros(t)
}

func (s *shelf) Due(r store.Reader, today calendar.Day, after int64, limit int) ([]service.File, error) {
	return s.list(r, `day <= $1`, today, after, limit)
}

func (s *shelf) DueAnswers(r store.Reader, now time.Time, after int64, limit int) ([]service.File, error) {
	return s.list(r, `answer_at <= $1`, store.Micros(now), after, limit)
}

func (s *shelf) list(r store.Reader, due string, by any, after int64, limit int) ([]service.File, error) {
	ids, err := store.Collect(func(rows *store.Rows) (id int64, err error) {
		err = rows.Scan(&id)
		return id, err
	})(r.Query(`SELECT id FROM evening_shelf WHERE `+due+` AND NOT done AND id > $2 ORDER BY id LIMIT $3`, by, after, limit))
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
