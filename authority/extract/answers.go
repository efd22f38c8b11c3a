package extract

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Answers is a service that answers files of questions: debt extracts or
// extracts for procurement.
type Answers struct {
	extracts                 *Extracts
	id                       filing.Service
	request, receipt, answer filing.Transaction
}

// ID names the service.
func (a *Answers) ID() filing.Service { return a.id }

// Routes lists the one transaction that the service takes in, answered by a
// file of its own when the response time has passed.
func (a *Answers) Routes() []service.Route {
	return []service.Route{{Transaction: a.request, Timing: service.Answered, Receipt: a.receipt,
		Answer: a.answer, ResponseTime: a.extracts.response}}
}

// Outgoing names nothing: an answer goes out with the file that it answers.
func (*Answers) Outgoing(store.Reader, calendar.Day) ([]service.Batch, error) { return nil, nil }

// Sent has nothing to mark, since Outgoing names nothing.
func (*Answers) Sent(store.Tx, service.Batch) error { return nil }

// Due knows no deadlines.
func (a *Answers) Due(_ context.Context, due []service.Deadline) (service.Work, error) {
	return nil, fmt.Errorf("extract: no deadline of kind %s", due[0].Kind)
}

// Apply enters each question as a look-up (R60): who asks, under which permit,
// for what, and of whom. It is called when the answer is due. What its filer has
// stopped before that is not looked up, and has no place in the answer. If the permit has
// ended since the questions came, nothing is looked up: nobody may be told of a
// debt by a leave that he had once (KFDF §§12, 12 c, 17).
func (a *Answers) Apply(_ context.Context, f service.File, docs []service.Document) (service.Work, error) {
	for _, d := range docs {
		if _, ok := d.Content.(*filing.ExtractRequest); !ok {
			return nil, fmt.Errorf("extract: document %d of file %d is no request", d.Number, f.ID)
		}
	}
	if len(docs) == 0 {
		return func(store.Tx) error { return nil }, nil
	}
	now := a.extracts.clock.Now()
	l := lookups{file: f, docs: docs, at: now, day: calendar.Of(now), kept: endOfYear(calendar.Of(now), a.extracts.lookups)}
	return func(tx store.Tx) error { return a.enter(tx, l) }, nil
}

func (a *Answers) enter(tx store.Tx, l lookups) (err error) {
	holds, err := a.extracts.permits.Sends(tx, l.file.CodeID, l.file.MainCodeID, a.answer, l.day)
	if err != nil || !holds {
		return err
	}
	if l.user, err = a.user(tx, l.file); err != nil {
		return err
	}
	if l.docs, err = a.unstopped(tx, l.file.ID, l.docs); err != nil {
		return err
	}
	if err := a.enterRequest(tx, l); err != nil {
		return fmt.Errorf("extract: enter the questions of file %d: %w", l.file.ID, err)
	}
	if _, err := tx.CopyIn("extract_lookup", lookupColumns(), l.rows); err != nil {
		return fmt.Errorf("extract: enter %d look-ups of file %d: %w", len(l.docs), l.file.ID, err)
	}
	return nil
}

func (a *Answers) enterRequest(tx store.Tx, l lookups) error {
	_, err := tx.Exec(`INSERT INTO extract_request (file, service, code_id, code, permit, scope, requester, sequence, name,
			lookups, asked, purge_after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (file) DO UPDATE SET lookups = extract_request.lookups + excluded.lookups, purge_after = excluded.purge_after`,
		l.file.ID, string(a.id), l.file.CodeID, l.file.PartyCode, l.user.permit, l.user.name, l.file.Requester, l.file.Sequence,
		l.file.Name, len(l.docs), calendar.Of(l.file.Arrived), l.kept)
	return err
}

// lookups are questions of one file on their way into the log.
type lookups struct {
	file      service.File
	docs      []service.Document
	user      user
	at        time.Time
	day, kept calendar.Day
}

func lookupColumns() []string {
	return []string{"file", "document", "code_id", "permit", "reference", "identity", "purpose", "under_collection",
		"procurement", "period_from", "period_to", "day", "at", "purge_after"}
}

func (l lookups) rows(yield func([]any) bool) {
	row := make([]any, 0, len(lookupColumns()))
	day, kept, at := l.day.String(), l.kept.String(), store.Micros(l.at)
	for _, d := range l.docs {
		q := d.Content.(*filing.ExtractRequest)
		if !yield(append(row, l.file.ID, d.Number, l.file.CodeID, l.user.permit, q.Reference, store.Identity(q.Identity),
			string(q.Purpose), q.UnderCollection, q.Procurement, q.PeriodFrom, q.PeriodTo, day, at, kept)) {
			return
		}
	}
}

// requestOf reads what is known of a file of questions. One of which all were
// refused is empty.
func requestOf(r store.Reader, file int64) (q request, err error) {
	q.file = file
	err = r.QueryRow(`SELECT service, code, scope, sequence, name, lookups FROM extract_request WHERE file = $1`, file).
		Scan(&q.service, &q.code, &q.scope, &q.sequence, &q.name, &q.lookups)
	if errors.Is(err, store.ErrNoRows) {
		return request{}, fmt.Errorf("extract: file %d has asked nothing", file)
	}
	if err != nil {
		return request{}, fmt.Errorf("extract: read the questions of file %d: %w", file, err)
	}
	return q, nil
}

// request is a file of questions.
type request struct {
	file     int64
	service  filing.Service
	code     string
	scope    string
	sequence int64
	name     string
	lookups  int64 // questions that were not refused
}
