package permit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// ErrState says that the permit does not stand where the act needs it to.
var ErrState = errors.New("the permit is not in a state that allows this")

// ErrExists says that the code has a permit for the service that is not revoked.
var ErrExists = errors.New("the code has a permit for the service already")

// Permits is the register of permits.
type Permits struct {
	db  *store.DB
	ids *store.IDs
}

// New returns the room over its tables.
func New(db *store.DB) *Permits { return &Permits{db: db, ids: db.IDs("permit")} }

// NewIDs returns the first of n ids in a row, for permits and decisions alike.
// It is called before the transaction that uses them.
func (p *Permits) NewIDs(ctx context.Context, n int) (int64, error) { return p.ids.Next(ctx, n) }

// Of returns the code's permit for the service, whatever its state.
func (*Permits) Of(r store.Reader, codeID int64, service filing.Service) (Permit, bool, error) {
	p := Permit{CodeID: codeID, Service: service}
	var names string
	err := r.QueryRow(`SELECT id, transactions, scope, quota_per_day, quota_per_month, state, valid_from, valid_until
		FROM permit_permit WHERE code_id = $1 AND service = $2`, codeID, string(service)).
		Scan(&p.ID, &names, &p.Scope, &p.Quota.PerDay, &p.Quota.PerMonth, &p.State, &p.From, &p.Until)
	if errors.Is(err, store.ErrNoRows) {
		return Permit{}, false, nil
	}
	if err != nil {
		return Permit{}, false, fmt.Errorf("permit: read the permit of code %d for %s: %w", codeID, service, err)
	}
	for tx := range strings.FieldsSeq(names) {
		p.Transactions = append(p.Transactions, filing.Transaction(tx))
	}
	return p, true, nil
}

// Grant enters a new permit, or opens a revoked one anew with its own id kept.
// It returns the permit as it stands.
func (p *Permits) Grant(tx store.Tx, permit Permit, act Act) (Permit, error) {
	old, found, err := p.Of(tx, permit.CodeID, permit.Service)
	if err != nil {
		return Permit{}, err
	}
	permit.State = Open
	if found {
		if old.State != Revoked {
			return Permit{}, fmt.Errorf("permit: grant %s to code %d: %w", permit.Service, permit.CodeID, ErrExists)
		}
		permit.ID = old.ID
		err = p.reopen(tx, permit)
	} else {
		err = p.insert(tx, permit)
	}
	if err != nil {
		return Permit{}, fmt.Errorf("permit: grant %s to code %d: %w", permit.Service, permit.CodeID, err)
	}
	return permit, p.record(tx, permit.ID, "grant", permit.terms(), act)
}

func (*Permits) insert(tx store.Tx, p Permit) error {
	_, err := tx.Exec(`INSERT INTO permit_permit
		(id, code_id, service, transactions, scope, quota_per_day, quota_per_month, state, valid_from, valid_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, p.ID, p.CodeID, string(p.Service), p.names(), p.Scope,
		p.Quota.PerDay, p.Quota.PerMonth, string(Open), p.From, p.Until)
	return err
}

func (*Permits) reopen(tx store.Tx, p Permit) error {
	return store.One(ErrState)(tx.Exec(`UPDATE permit_permit SET transactions = $1, scope = $2, quota_per_day = $3, quota_per_month = $4,
		state = $5, valid_from = $6, valid_until = $7 WHERE id = $8 AND state = $9`,
		p.names(), p.Scope, p.Quota.PerDay, p.Quota.PerMonth, string(Open), p.From, p.Until, p.ID, string(Revoked)))
}

// Amend changes the terms of a permit that is not revoked: its transactions,
// scope, quota and days. What is used of a quota stays used.
func (p *Permits) Amend(tx store.Tx, permit Permit, act Act) error {
	if err := act.check("amend", permit.ID); err != nil {
		return err
	}
	err := store.One(ErrState)(tx.Exec(`UPDATE permit_permit SET transactions = $1, scope = $2, quota_per_day = $3, quota_per_month = $4,
		valid_from = $5, valid_until = $6 WHERE id = $7 AND state <> $8`,
		permit.names(), permit.Scope, permit.Quota.PerDay, permit.Quota.PerMonth, permit.From, permit.Until, permit.ID, string(Revoked)))
	if err != nil {
		return fmt.Errorf("permit: amend permit %d: %w", permit.ID, err)
	}
	return p.record(tx, permit.ID, "amend", permit.terms(), act)
}

// Suspend stops applications and extract requests under the permit (R21). It
// needs a reason and returns ErrState unless the permit is open.
func (p *Permits) Suspend(tx store.Tx, permitID int64, act Act) error {
	return p.move(tx, permitID, Suspension, act, Suspended, Open)
}

// Resume ends a suspension.
func (p *Permits) Resume(tx store.Tx, permitID int64, act Act) error {
	return p.move(tx, permitID, Resuming, act, Open, Suspended)
}

// Revoke ends the permit, open or suspended.
func (p *Permits) Revoke(tx store.Tx, permitID int64, act Act) error {
	return p.move(tx, permitID, "revoke", act, Revoked, Open, Suspended)
}

func (p *Permits) move(tx store.Tx, id int64, kind string, act Act, to State, from ...State) error {
	if err := act.check(kind, id); err != nil {
		return err
	}
	expected := [2]State{from[0], from[len(from)-1]}
	err := store.One(ErrState)(tx.Exec(`UPDATE permit_permit SET state = $1 WHERE id = $2 AND state IN ($3, $4)`,
		string(to), id, string(expected[0]), string(expected[1])))
	if err != nil {
		return fmt.Errorf("permit: %s permit %d: %w", kind, id, err)
	}
	return p.record(tx, id, kind, "", act)
}
