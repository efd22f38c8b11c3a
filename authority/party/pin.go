package party

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// PinCertificate names a public key as the organisation's own.
func (*Register) PinCertificate(tx store.Tx, p Pin) error {
	_, err := tx.Exec(`INSERT INTO party_pin (id, organisation, spki, from_day, last_day, note) VALUES ($1, $2, $3, $4, $5, $6)`,
		p.ID, p.Organisation, p.SPKI, p.From, p.Last, p.Note)
	if err != nil {
		return fmt.Errorf("party: pin certificate %d: %w", p.ID, err)
	}
	return nil
}

// EndPin sets the last day on which a pinned key is taken.
func (*Register) EndPin(tx store.Tx, id int64, last calendar.Day) error {
	if err := store.One(ErrUnknown)(tx.Exec(`UPDATE party_pin SET last_day = $1 WHERE id = $2`, last, id)); err != nil {
		return fmt.Errorf("party: end pin %d: %w", id, err)
	}
	return nil
}

// Pinned tells whether a key is taken for the organisation on the day: it is
// pinned, or the organisation has no pin in force.
func (*Register) Pinned(r store.Reader, organisation, spki string, day calendar.Day) (bool, error) {
	all, err := store.Collect(scanPin)(r.Query(`SELECT spki, from_day, last_day FROM party_pin WHERE organisation = $1`, organisation))
	if err != nil {
		return false, fmt.Errorf("party: read the pins of an organisation: %w", err)
	}
	free := true
	for _, p := range all {
		if !p.holds(day) {
			continue
		}
		if p.spki == spki {
			return true, nil
		}
		free = false
	}
	return free, nil
}

type pinned struct {
	period
	spki string
}

func scanPin(rows *store.Rows) (p pinned, err error) {
	err = rows.Scan(&p.spki, &p.from, &p.last)
	return p, err
}
