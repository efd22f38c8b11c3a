package permit

import (
	"database/sql"
	"fmt"

	"filtjanst/authority/store"
)

// Decided is one decision as recorded.
type Decided struct {
	Act
	Kind string // grant, suspend, resume, revoke
}

// Decisions lists what was decided about the permit, oldest first.
func (*Permits) Decisions(r store.Reader, permitID int64) ([]Decided, error) {
	all, err := store.Collect(scanDecided)(r.Query(`SELECT id, kind, reason, decided_by, at FROM permit_decision
		WHERE permit_id = $1 ORDER BY at, id`, permitID))
	if err != nil {
		return nil, fmt.Errorf("permit: list the decisions about permit %d: %w", permitID, err)
	}
	return all, nil
}

func scanDecided(rows *store.Rows) (d Decided, err error) {
	var at int64
	err = rows.Scan(&d.ID, &d.Kind, &d.Reason, &d.By, &at)
	d.At = store.Moment(at)
	return d, err
}

// one wants exactly one row changed; none means another state than expected.
func one(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err == nil && n != 1 {
		err = ErrState
	}
	return err
}
