package extract

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/statute"
)

// act is what an officer does, for the record of who and why.
type act struct {
	kind    string
	subject string
	person  identity.Number
	detail  string
}

// act does something in one transaction and records it.
func (e *Extracts) act(ctx context.Context, by service.Officer, a act, do func(tx store.Tx, today calendar.Day) error) error {
	if err := by.Check(); err != nil {
		return err
	}
	id, err := e.acts.Next(ctx, 1)
	if err != nil {
		return err
	}
	now := e.clock.Now()
	today := calendar.Of(now)
	kept, err := e.period(statute.KeepEnforcement, today)
	if err != nil {
		return err
	}
	err = e.db.Do(ctx, func(tx store.Tx) error {
		if err := do(tx, today); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO extract_act (id, day, at, kind, subject, identity, officer, reason, detail, purge_after)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, id, today, store.Micros(now), a.kind, a.subject, store.Identity(a.person),
			by.Name, by.Reason, a.detail, endOfYear(today, kept))
		return err
	})
	if _, refused := service.RefusedAs(err); refused || err == nil {
		return err
	}
	return fmt.Errorf("extract: %s: %w", a.kind, err)
}

// Done is one act of an officer.
type Done struct {
	ID      int64
	Day     calendar.Day
	Kind    string
	Subject string
	Detail  string
	By      service.Officer
}

// Story lists the acts that concern a case, code or person, in order. A zero
// person and an empty subject are not asked for.
func (e *Extracts) Story(r store.Reader, subject string, person identity.Number) ([]Done, error) {
	return store.Collect(func(rows *store.Rows) (d Done, err error) {
		err = rows.Scan(&d.ID, &d.Day, &d.Kind, &d.Subject, &d.Detail, &d.By.Name, &d.By.Reason)
		return d, err
	})(r.Query(`SELECT id, day, kind, subject, detail, officer, reason FROM extract_act
		WHERE subject = $1 AND $1 <> '' OR identity = $2 AND $2 <> '' ORDER BY id`, subject, store.Identity(person)))
}
