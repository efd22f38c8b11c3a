package party

import (
	"fmt"

	"filtjanst/authority/store"
)

// Standing is what the register holds of a code besides the code itself.
type Standing struct {
	Organisation    Organisation
	Contacts        []Contact
	Representatives []Representative
	Relays          []Relay // of the organisation
	Pins            []Pin   // of the organisation
}

// Standing reads what is entered of a code, ended entries too.
func (g *Register) Standing(r store.Reader, c Code) (s Standing, err error) {
	if s.Organisation, _, err = g.Organisation(r, c.Organisation); err != nil {
		return s, err
	}
	if s.Contacts, err = g.Contacts(r, c.ID); err != nil {
		return s, err
	}
	s.Representatives, err = store.Collect(func(rows *store.Rows) (a Representative, err error) {
		err = rows.Scan(&a.ID, &a.CodeID, &a.Organisation, &a.From, &a.Last)
		return a, err
	})(r.Query(`SELECT id, code_id, organisation, from_day, last_day FROM party_representative WHERE code_id = $1 ORDER BY id`, c.ID))
	if err != nil {
		return s, fmt.Errorf("party: list the representatives of code %s: %w", c.Code, err)
	}
	s.Relays, err = store.Collect(func(rows *store.Rows) (a Relay, err error) {
		err = rows.Scan(&a.ID, &a.Node, &a.Actor, &a.From, &a.Last)
		return a, err
	})(r.Query(`SELECT id, node, actor, from_day, last_day FROM party_relay WHERE actor = $1 ORDER BY id`, c.Organisation))
	if err != nil {
		return s, fmt.Errorf("party: list the relays of code %s: %w", c.Code, err)
	}
	s.Pins, err = store.Collect(func(rows *store.Rows) (p Pin, err error) {
		err = rows.Scan(&p.ID, &p.Organisation, &p.SPKI, &p.From, &p.Last, &p.Note)
		return p, err
	})(r.Query(`SELECT id, organisation, spki, from_day, last_day, note FROM party_pin WHERE organisation = $1 ORDER BY id`, c.Organisation))
	if err != nil {
		return s, fmt.Errorf("party: list the pins of code %s: %w", c.Code, err)
	}
	return s, nil
}
