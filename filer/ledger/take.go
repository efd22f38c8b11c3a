package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"filtjanst/filing"
)

// Taking is the taking of one fetched file into the book: what it says of files
// and cases, the events, and the note that it was taken are one transaction.
type Taking struct {
	ctx      context.Context
	tx       *sql.Tx
	from     Fetched
	now      string
	events   *bulk
	cases    *bulk
	pending  map[caseKey]Case // put, but not written yet
	prepared map[string]*sql.Stmt
}

type caseKey struct {
	service filing.Service
	number  string
}

// Take takes a file in, or does nothing where that has been done before, of
// which it tells. An error of fill leaves the book as it was.
func (l *Ledger) Take(ctx context.Context, f Fetched, fill func(*Taking) error) (taken bool, err error) {
	err = l.do(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE fetched SET matched = 1 WHERE id = $1 AND matched = 0`, f.ID)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
		t := newTaking(ctx, tx, f, l.stamp())
		if err := fill(t); err != nil {
			return err
		}
		taken = true
		return t.flush()
	})
	return taken && err == nil, err
}

func newTaking(ctx context.Context, tx *sql.Tx, f Fetched, now string) *Taking {
	return &Taking{
		ctx: ctx, tx: tx, from: f, now: now, prepared: map[string]*sql.Stmt{}, pending: map[caseKey]Case{},
		events: newBulk(ctx, tx, insertEvent, "", eventWidth),
		cases:  newBulk(ctx, tx, putCaseHead, putCaseTail, caseWidth),
	}
}

func (t *Taking) flush() error { return errors.Join(t.cases.flush(), t.events.flush()) }

// Tell keeps an event.
func (t *Taking) Tell(e Event) error {
	if e.Transaction == "" {
		e.Transaction = t.from.Transaction
	}
	row, err := e.row(t.now, t.from.ID)
	if err != nil {
		return err
	}
	return t.events.add(row...)
}

// statement prepares a query once.
func (t *Taking) statement(query string) (*sql.Stmt, error) {
	if s, there := t.prepared[query]; there {
		return s, nil
	}
	s, err := t.tx.PrepareContext(t.ctx, query)
	if err == nil {
		t.prepared[query] = s
	}
	return s, err
}

func (t *Taking) exec(query string, args ...any) error {
	s, err := t.statement(query) //nolint:sqlclosecheck // closed with the transaction that it belongs to
	if err != nil {
		return err
	}
	_, err = s.ExecContext(t.ctx, args...)
	return err
}

// oneCase reads the first case that a query finds.
func (t *Taking) oneCase(where string, args ...any) (c Case, found bool, err error) {
	s, err := t.statement(`SELECT ` + caseColumns + ` FROM known WHERE ` + where + ` LIMIT 1`) //nolint:sqlclosecheck // as in exec
	if err != nil {
		return c, false, err
	}
	err = s.QueryRowContext(t.ctx, args...).Scan(c.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

// Case reads a case; a new one is begun where the book does not have it.
func (t *Taking) Case(service filing.Service, number string) (Case, error) {
	if c, there := t.pending[caseKey{service, number}]; there {
		return c, nil
	}
	c, found, err := t.oneCase(`service = $1 AND number = $2`, service, number)
	if err != nil {
		return c, fmt.Errorf("ledger: read case %s: %w", number, err)
	}
	if !found {
		c = Case{Service: service, Number: number, Open: true}
	}
	return c, nil
}

// found is oneCase by something else than its key, so that what was put is
// written first.
func (t *Taking) found(where string, args ...any) (Case, bool, error) {
	clear(t.pending)
	if err := t.cases.flush(); err != nil {
		return Case{}, false, err
	}
	return t.oneCase(where, args...)
}

// CaseOfTitle finds the payment-order case of a verdict, by its number or, where
// that is not known yet, by the own reference.
func (t *Taking) CaseOfTitle(title, reference string) (Case, bool, error) {
	if title != "" {
		c, found, err := t.found(`service = 'bf' AND title = $1 AND title <> ''`, title)
		if found || err != nil {
			return c, found, err
		}
	}
	if reference == "" {
		return Case{}, false, nil
	}
	return t.found(`service = 'bf' AND reference = $1 AND reference <> '' ORDER BY registered DESC`, reference)
}

// CaseOfReference finds the latest case of a service with an own reference.
func (t *Taking) CaseOfReference(service filing.Service, reference string) (Case, bool, error) {
	if reference == "" {
		return Case{}, false, nil
	}
	return t.found(`service = $1 AND reference = $2 AND reference <> '' ORDER BY registered DESC`, service, reference)
}

// Put keeps a case as it now is.
func (t *Taking) Put(c Case) error {
	key := caseKey{c.Service, c.Number}
	if _, again := t.pending[key]; again { // one INSERT cannot write a row twice
		clear(t.pending)
		if err := t.cases.flush(); err != nil {
			return err
		}
	}
	if len(t.cases.args) == 0 {
		clear(t.pending)
	}
	t.pending[key] = c
	return t.cases.add(c.values()...)
}

// Files returns the files that the filter chooses.
func (t *Taking) Files(filter Filter) ([]File, error) { return filesOf(t.ctx, t.tx, filter) }

// Documents returns the documents of a file in its order.
func (t *Taking) Documents(file int64) ([]Document, error) { return documentsOf(t.ctx, t.tx, file) }
