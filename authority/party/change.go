package party

import (
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// ErrTaken says that the code is somebody's already.
var ErrTaken = errors.New("the code is taken")

// ErrMainCode says that the main code named does not exist or is a sub-code.
var ErrMainCode = errors.New("the main code does not exist, belongs to another organisation or is a sub-code itself")

// ErrUnknown says that the row to change does not exist.
var ErrUnknown = errors.New("no such row")

// AddOrganisation enters an organisation, or renames it.
func (*Register) AddOrganisation(tx store.Tx, o Organisation) error {
	_, err := tx.Exec(`INSERT INTO party_organisation (number, name) VALUES ($1, $2)
		ON CONFLICT (number) DO UPDATE SET name = excluded.name`, o.Number, o.Name)
	if err != nil {
		return fmt.Errorf("party: enter organisation %s: %w", o.Name, err)
	}
	return nil
}

// AddCode enters a main code (R11). The organisation must be there.
func (g *Register) AddCode(tx store.Tx, c Code) error {
	c.MainID = c.ID
	return g.insert(tx, c)
}

// AddSubCode enters a sub-code under the main code MainID, of the same
// organisation (R13). What is left empty comes from the main code (R62).
func (g *Register) AddSubCode(tx store.Tx, c Code) error {
	main, found, err := g.ByID(tx, c.MainID)
	if err != nil {
		return err
	}
	if !found || !main.IsMain() || main.Organisation != c.Organisation || c.MainID == c.ID {
		return fmt.Errorf("party: enter sub-code %s: %w", c.Code, ErrMainCode)
	}
	return g.insert(tx, c)
}

func (*Register) insert(tx store.Tx, c Code) error {
	code, err := NormaliseCode(c.Code)
	if err != nil {
		return err
	}
	var main any
	if !c.IsMain() {
		main = c.MainID
	}
	_, err = tx.Exec(`INSERT INTO party_code (id, code, main_id, organisation, name, street, postal_code, town, bankgiro, plusgiro,
		phone, email, delivery_address, delivery_mode, push_url, notice)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		c.ID, code, main, c.Organisation, c.Name, c.Street, c.PostalCode, c.Town, c.Bankgiro.Digits(), c.Plusgiro.Digits(),
		c.Phone, c.Email, c.Delivery.Address, string(c.Delivery.Mode), c.Delivery.URL, string(c.Notice))
	if _, taken := store.IsUnique(err); taken {
		err = ErrTaken
	}
	if err != nil {
		return fmt.Errorf("party: enter code %s: %w", code, err)
	}
	return nil
}

// UpdateCode changes name, address, giro, contact data, delivery and notice of
// a code; it takes effect in all pending cases at once (R14), since these
// refer to the code. Code, main code and organisation stay.
func (*Register) UpdateCode(tx store.Tx, c Code) error {
	err := store.One(ErrUnknown)(tx.Exec(`UPDATE party_code SET name = $1, street = $2, postal_code = $3, town = $4, bankgiro = $5, plusgiro = $6,
		phone = $7, email = $8, delivery_address = $9, delivery_mode = $10, push_url = $11, notice = $12 WHERE id = $13`,
		c.Name, c.Street, c.PostalCode, c.Town, c.Bankgiro.Digits(), c.Plusgiro.Digits(),
		c.Phone, c.Email, c.Delivery.Address, string(c.Delivery.Mode), c.Delivery.URL, string(c.Notice), c.ID))
	if err != nil {
		return fmt.Errorf("party: change code %s: %w", c.Code, err)
	}
	return nil
}

// AddRepresentative records that an organisation may act for a code.
func (*Register) AddRepresentative(tx store.Tx, a Representative) error {
	_, err := tx.Exec(`INSERT INTO party_representative (id, code_id, organisation, from_day, last_day) VALUES ($1, $2, $3, $4, $5)`,
		a.ID, a.CodeID, a.Organisation, a.From, a.Last)
	if err != nil {
		return fmt.Errorf("party: record a representative of code %d: %w", a.CodeID, err)
	}
	return nil
}

// EndRepresentative sets the last day of a representation.
func (*Register) EndRepresentative(tx store.Tx, id int64, last calendar.Day) error {
	if err := store.One(ErrUnknown)(tx.Exec(`UPDATE party_representative SET last_day = $1 WHERE id = $2`, last, id)); err != nil {
		return fmt.Errorf("party: end representation %d: %w", id, err)
	}
	return nil
}

// AddRelay records that a node passes messages on for an organisation.
func (*Register) AddRelay(tx store.Tx, a Relay) error {
	_, err := tx.Exec(`INSERT INTO party_relay (id, node, actor, from_day, last_day) VALUES ($1, $2, $3, $4, $5)`,
		a.ID, a.Node, a.Actor, a.From, a.Last)
	if err != nil {
		return fmt.Errorf("party: record relay %d: %w", a.ID, err)
	}
	return nil
}

// AddContact enters a contact person of a code.
func (*Register) AddContact(tx store.Tx, c Contact) error {
	_, err := tx.Exec(`INSERT INTO party_contact (id, code_id, role, name, phone, email, blocked) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		c.ID, c.CodeID, c.Role, c.Name, c.Phone, c.Email, false)
	if err != nil {
		return fmt.Errorf("party: enter a contact of code %d: %w", c.CodeID, err)
	}
	return nil
}

// Contacts lists the contact persons of a code.
func (*Register) Contacts(r store.Reader, codeID int64) ([]Contact, error) {
	all, err := store.Collect(scanContact)(r.Query(`SELECT id, code_id, role, name, phone, email FROM party_contact
		WHERE code_id = $1 AND NOT blocked ORDER BY id`, codeID))
	if err != nil {
		return nil, fmt.Errorf("party: list the contacts of code %d: %w", codeID, err)
	}
	return all, nil
}

func scanContact(rows *store.Rows) (c Contact, err error) {
	err = rows.Scan(&c.ID, &c.CodeID, &c.Role, &c.Name, &c.Phone, &c.Email)
	return c, err
}

// EndContact hides a contact person at once and says until when the row is
// kept.
func (*Register) EndContact(tx store.Tx, id int64, purgeAfter calendar.Day) error {
	if err := store.One(ErrUnknown)(tx.Exec(`UPDATE party_contact SET blocked = $1, purge_after = $2 WHERE id = $3`, true, purgeAfter, id)); err != nil {
		return fmt.Errorf("party: end contact %d: %w", id, err)
	}
	return nil
}

// Purge deletes at most limit contact persons whose time to be kept has
// passed, and returns how many. Call it again until it returns less than limit.
func (*Register) Purge(tx store.Tx, today calendar.Day, limit int) (int, error) {
	n, err := store.Changed(tx.Exec(`DELETE FROM party_contact WHERE id IN
		(SELECT id FROM party_contact WHERE purge_after < $1 ORDER BY id LIMIT $2)`, today, limit))
	if err != nil {
		return 0, fmt.Errorf("party: delete old contacts: %w", err)
	}
	return int(n), nil
}
