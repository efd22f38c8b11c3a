package permit

import (
	"fmt"
	"strings"

	"filtjanst/authority/store"
)

// Decided is one decision as recorded.
type Decided struct {
	Act
	Kind   string // grant, amend, suspend, resume, revoke
	Detail string // the terms, of grant and amend
}

// Decisions lists what was decided about the permit, oldest first.
func (*Permits) Decisions(r store.Reader, permitID int64) ([]Decided, error) {
	all, err := store.Collect(scanDecided)(r.Query(`SELECT id, kind, detail, reason, decided_by, at FROM permit_decision
		WHERE permit_id = $1 ORDER BY at, id`, permitID))
	if err != nil {
		return nil, fmt.Errorf("permit: list the decisions about permit %d: %w", permitID, err)
	}
	return all, nil
}

func scanDecided(rows *store.Rows) (d Decided, err error) {
	var at int64
	err = rows.Scan(&d.ID, &d.Kind, &d.Detail, &d.Reason, &d.By, &at)
	d.At = store.Moment(at)
	return d, err
}

// check wants to know why.
func (a Act) check(kind string, id int64) error {
	if strings.TrimSpace(a.Reason) == "" {
		return fmt.Errorf("permit: %s permit %d: give a reason", kind, id)
	}
	return nil
}

// terms tells what was granted, for the record.
func (p Permit) terms() string {
	terms := []string{"from " + p.From.String()}
	if !p.Until.IsZero() {
		terms = append(terms, "until "+p.Until.String())
	}
	if len(p.Transactions) > 0 {
		terms = append(terms, "only "+p.names())
	}
	if p.Scope != "" {
		terms = append(terms, "scope "+p.Scope)
	}
	if p.Quota.PerDay > 0 {
		terms = append(terms, fmt.Sprintf("%d documents a day", p.Quota.PerDay))
	}
	if p.Quota.PerMonth > 0 {
		terms = append(terms, fmt.Sprintf("%d documents a month", p.Quota.PerMonth))
	}
	return strings.Join(terms, ", ")
}

func (*Permits) record(tx store.Tx, id int64, kind, detail string, act Act) error {
	_, err := tx.Exec(`INSERT INTO permit_decision (id, permit_id, kind, detail, reason, decided_by, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, act.ID, id, kind, detail, act.Reason, act.By, store.Micros(act.At))
	if err != nil {
		return fmt.Errorf("permit: record the decision to %s permit %d: %w", kind, id, err)
	}
	return nil
}
