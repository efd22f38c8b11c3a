package party

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Register reads and keeps the parties of one world.
type Register struct{ ids *store.IDs }

// New returns the room over its tables.
func New(db *store.DB) *Register { return &Register{ids: db.IDs("party")} }

// NewIDs returns the first of n ids in a row, for any row of the room. It is
// called before the transaction that uses them.
func (g *Register) NewIDs(ctx context.Context, n int) (int64, error) { return g.ids.Next(ctx, n) }

// codeColumns are the code's own, and what its main code gives where it has none.
const codeColumns = `SELECT c.id, c.code, COALESCE(c.main_id, c.id), c.organisation, c.name,
	CASE WHEN c.street = '' AND c.town = '' THEN m.street ELSE c.street END,
	CASE WHEN c.street = '' AND c.town = '' THEN m.postal_code ELSE c.postal_code END,
	CASE WHEN c.street = '' AND c.town = '' THEN m.town ELSE c.town END,
	CASE WHEN c.bankgiro = '' AND c.plusgiro = '' THEN m.bankgiro ELSE c.bankgiro END,
	CASE WHEN c.bankgiro = '' AND c.plusgiro = '' THEN m.plusgiro ELSE c.plusgiro END,
	CASE WHEN c.phone = '' THEN m.phone ELSE c.phone END,
	CASE WHEN c.email = '' THEN m.email ELSE c.email END,
	CASE WHEN c.delivery_address = '' THEN m.delivery_address ELSE c.delivery_address END,
	CASE WHEN c.delivery_address = '' THEN m.delivery_mode ELSE c.delivery_mode END,
	CASE WHEN c.delivery_address = '' THEN m.push_url ELSE c.push_url END,
	CASE WHEN c.notice = '' THEN m.notice ELSE c.notice END
	FROM party_code c JOIN party_code m ON m.id = COALESCE(c.main_id, c.id) `

// ByCode finds a party code, written in any case.
func (*Register) ByCode(r store.Reader, code string) (Code, bool, error) {
	normal, err := NormaliseCode(code)
	if err != nil {
		return Code{}, false, nil //nolint:nilerr // what cannot be a code is nobody's
	}
	return oneCode(r.Query(codeColumns+`WHERE c.code = $1`, normal))
}

// ByID finds a party code by the id of its row.
func (*Register) ByID(r store.Reader, id int64) (Code, bool, error) {
	return oneCode(r.Query(codeColumns+`WHERE c.id = $1`, id))
}

func oneCode(rows *store.Rows, err error) (Code, bool, error) {
	all, err := store.Collect(scanCode)(rows, err)
	switch {
	case err != nil:
		return Code{}, false, fmt.Errorf("party: read a party code: %w", err)
	case len(all) == 0:
		return Code{}, false, nil
	}
	return all[0], true, nil
}

func scanCode(rows *store.Rows) (c Code, err error) {
	var bankgiro, plusgiro string
	err = rows.Scan(&c.ID, &c.Code, &c.MainID, &c.Organisation, &c.Name, &c.Street, &c.PostalCode, &c.Town,
		&bankgiro, &plusgiro, &c.Phone, &c.Email, &c.Delivery.Address, &c.Delivery.Mode, &c.Delivery.URL, &c.Notice)
	if err == nil {
		err = c.setGiro(bankgiro, plusgiro)
	}
	return c, err
}

func (c *Code) setGiro(bankgiro, plusgiro string) error {
	return errors.Join(giro(&c.Bankgiro, bankgiro), giro(&c.Plusgiro, plusgiro))
}

func giro(to interface{ UnmarshalText([]byte) error }, digits string) error {
	if digits == "" {
		return nil
	}
	return to.UnmarshalText([]byte(digits))
}

// Codes lists the party codes that follow the given one in order of code; ""
// begins.
func (*Register) Codes(r store.Reader, after string, limit int) ([]Code, error) {
	all, err := store.Collect(scanCode)(r.Query(codeColumns+`WHERE c.code > $1 ORDER BY c.code LIMIT $2`, after, limit))
	if err != nil {
		return nil, fmt.Errorf("party: list party codes: %w", err)
	}
	return all, nil
}

// CodesOf lists the codes that the organisation owns, by code.
func (*Register) CodesOf(r store.Reader, organisation string) ([]Code, error) {
	all, err := store.Collect(scanCode)(r.Query(codeColumns+`WHERE c.organisation = $1 ORDER BY c.code`, organisation))
	if err != nil {
		return nil, fmt.Errorf("party: list the codes of an organisation: %w", err)
	}
	return all, nil
}

// Organisation finds an organisation by its ten digits.
func (*Register) Organisation(r store.Reader, number string) (Organisation, bool, error) {
	o := Organisation{Number: number}
	err := r.QueryRow(`SELECT name FROM party_organisation WHERE number = $1`, number).Scan(&o.Name)
	if errors.Is(err, store.ErrNoRows) {
		return Organisation{}, false, nil
	}
	if err != nil {
		return Organisation{}, false, fmt.Errorf("party: read an organisation: %w", err)
	}
	return o, true, nil
}

// Reason tells why an organisation may or may not act for a code.
type Reason string

// The reasons.
const (
	IsOwner          Reason = "owner"
	IsRepresentative Reason = "representative"
	NotYet           Reason = "not-yet"  // recorded from a later day
	Ended            Reason = "ended"    // was recorded, and that has ended
	Stranger         Reason = "stranger" // not recorded at all
)

// MayActFor tells whether the organisation owns the code or is recorded as its
// representative on the day (R50). Who is recorded for a main code acts for
// its sub-codes too.
func (*Register) MayActFor(r store.Reader, organisation string, c Code, day calendar.Day) (bool, Reason, error) {
	if organisation == c.Organisation {
		return true, IsOwner, nil
	}
	all, err := store.Collect(scanPeriod)(r.Query(`SELECT from_day, last_day FROM party_representative
		WHERE organisation = $1 AND code_id IN ($2, $3)`, organisation, c.ID, c.MainID))
	if err != nil {
		return false, "", fmt.Errorf("party: read the representatives of code %s: %w", c.Code, err)
	}
	reason := Stranger
	for _, p := range all {
		switch {
		case p.holds(day):
			return true, IsRepresentative, nil
		case day < p.from:
			reason = NotYet
		case reason == Stranger:
			reason = Ended
		}
	}
	return false, reason, nil
}

// MaySendFor tells whether a certificate of one organisation may carry
// messages from another: the same, a node recorded as relaying for it, or a
// representative of one of its codes (shs.md §10).
func (*Register) MaySendFor(r store.Reader, certificate, sender string, day calendar.Day) (bool, error) {
	if certificate == sender {
		return true, nil
	}
	all, err := store.Collect(scanPeriod)(r.Query(`SELECT from_day, last_day FROM party_relay WHERE node = $1 AND actor = $2
		UNION ALL SELECT a.from_day, a.last_day FROM party_representative a JOIN party_code c ON c.id = a.code_id
		WHERE a.organisation = $1 AND c.organisation = $2`, certificate, sender))
	if err != nil {
		return false, fmt.Errorf("party: read who may send for an organisation: %w", err)
	}
	for _, p := range all {
		if p.holds(day) {
			return true, nil
		}
	}
	return false, nil
}

type period struct{ from, last calendar.Day }

func (p period) holds(day calendar.Day) bool {
	return day >= p.from && (p.last.IsZero() || day <= p.last)
}

func scanPeriod(rows *store.Rows) (p period, err error) {
	err = rows.Scan(&p.from, &p.last)
	return p, err
}

// AddressesOf lists the outboxes that belong to the organisation: its own
// number, and the addresses with an internal id that its number stands before
// and that codes are delivered to. The comparison is exact.
func (*Register) AddressesOf(r store.Reader, organisation string) ([]string, error) {
	scan := func(rows *store.Rows) (address string, err error) {
		err = rows.Scan(&address)
		return address, err
	}
	found, err := store.Collect(scan)(r.Query(`SELECT DISTINCT delivery_address FROM party_code
		WHERE substr(delivery_address, 1, $2) = $1 || '.' ORDER BY delivery_address`, organisation, len(organisation)+1))
	if err != nil {
		return nil, fmt.Errorf("party: list the addresses of an organisation: %w", err)
	}
	return append([]string{organisation}, found...), nil
}
