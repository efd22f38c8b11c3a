package permit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// ErrState says that the permit does not stand where the act needs it to.
var ErrState = errors.New("the permit is not in a state that allows this")

// ErrExists says that the code has a permit for the service that is not revoked.
var ErrExists = errors.New("the code has a permit for the service already")

// Permits is the register of permits.
type Permits struct{ ids *store.IDs }

// New returns the room over its tables.
func New(db *store.DB) *Permits { return &Permits{ids: db.IDs("permit")} }

// NewIDs returns the first of n ids in a row, for permits and decisions alike.
// It is called before the transaction that uses them.
func (p *Permits) NewIDs(ctx context.Context, n int) (int64, error) { return p.ids.Next(ctx, n) }

// May tells whether the main code may send the transaction on the day (R2).
// Suspension stops applications and extract requests only: what lowers or
// takes back a claim is still taken (R22).
func (p *Permits) May(r store.Reader, codeID int64, tx filing.Transaction, day calendar.Day) (Decision, error) {
	permit, found, err := p.Of(r, codeID, serviceOf(tx))
	if err != nil {
		return Decision{}, err
	}
	reason := NoPermit
	if found {
		reason = permit.refusal(tx, day)
	}
	return Decision{Allowed: reason == "", Reason: reason}, nil
}

func (p Permit) refusal(tx filing.Transaction, day calendar.Day) Reason {
	switch {
	case len(p.Transactions) > 0 && !slices.Contains(p.Transactions, tx):
		return OutsidePermit
	case day < p.From, !p.Until.IsZero() && day > p.Until:
		return NotInForce
	case p.State == Revoked:
		return IsRevoked
	case p.State == Suspended && !takenInSuspension(tx):
		return IsSuspended
	}
	return ""
}

func serviceOf(tx filing.Transaction) filing.Service {
	service, _, _ := strings.Cut(string(tx), ".")
	return filing.Service(service)
}

// takenInSuspension holds for what must not wait, so that debtors who have
// paid are not harmed (R22).
func takenInSuspension(tx filing.Transaction) bool {
	_, kind, _ := strings.Cut(string(tx), ".")
	switch kind {
	case "withdrawal", "reduction", "change", "party_change":
		return true
	}
	return false
}

// Of returns the code's permit for the service, whatever its state.
func (*Permits) Of(r store.Reader, codeID int64, service filing.Service) (Permit, bool, error) {
	p := Permit{CodeID: codeID, Service: service}
	var scope string
	err := r.QueryRow(`SELECT id, transactions, state, valid_from, valid_until FROM permit_permit
		WHERE code_id = $1 AND service = $2`, codeID, string(service)).Scan(&p.ID, &scope, &p.State, &p.From, &p.Until)
	if errors.Is(err, store.ErrNoRows) {
		return Permit{}, false, nil
	}
	if err != nil {
		return Permit{}, false, fmt.Errorf("permit: read the permit of code %d for %s: %w", codeID, service, err)
	}
	for tx := range strings.FieldsSeq(scope) {
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
	return permit, p.record(tx, permit.ID, "grant", act)
}

func (*Permits) insert(tx store.Tx, p Permit) error {
	_, err := tx.Exec(`INSERT INTO permit_permit (id, code_id, service, transactions, state, valid_from, valid_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, p.ID, p.CodeID, string(p.Service), p.scope(), string(Open), p.From, p.Until)
	return err
}

func (*Permits) reopen(tx store.Tx, p Permit) error {
	return one(tx.Exec(`UPDATE permit_permit SET transactions = $1, state = $2, valid_from = $3, valid_until = $4
		WHERE id = $5 AND state = $6`, p.scope(), string(Open), p.From, p.Until, p.ID, string(Revoked)))
}

func (p Permit) scope() string {
	names := make([]string, len(p.Transactions))
	for i, tx := range p.Transactions {
		names[i] = string(tx)
	}
	return strings.Join(names, " ")
}

// Suspend stops applications and extract requests under the permit (R21). It
// needs a reason and returns ErrState unless the permit is open.
func (p *Permits) Suspend(tx store.Tx, permitID int64, act Act) error {
	return p.move(tx, permitID, "suspend", act, Suspended, Open)
}

// Resume ends a suspension.
func (p *Permits) Resume(tx store.Tx, permitID int64, act Act) error {
	return p.move(tx, permitID, "resume", act, Open, Suspended)
}

// Revoke ends the permit, open or suspended.
func (p *Permits) Revoke(tx store.Tx, permitID int64, act Act) error {
	return p.move(tx, permitID, "revoke", act, Revoked, Open, Suspended)
}

func (p *Permits) move(tx store.Tx, id int64, kind string, act Act, to State, from ...State) error {
	if strings.TrimSpace(act.Reason) == "" {
		return fmt.Errorf("permit: %s permit %d: give a reason", kind, id)
	}
	expected := [2]State{from[0], from[len(from)-1]}
	err := one(tx.Exec(`UPDATE permit_permit SET state = $1 WHERE id = $2 AND state IN ($3, $4)`,
		string(to), id, string(expected[0]), string(expected[1])))
	if err != nil {
		return fmt.Errorf("permit: %s permit %d: %w", kind, id, err)
	}
	return p.record(tx, id, kind, act)
}

func (*Permits) record(tx store.Tx, id int64, kind string, act Act) error {
	_, err := tx.Exec(`INSERT INTO permit_decision (id, permit_id, kind, reason, decided_by, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		act.ID, id, kind, act.Reason, act.By, store.Micros(act.At))
	if err != nil {
		return fmt.Errorf("permit: record the decision to %s permit %d: %w", kind, id, err)
	}
	return nil
}
