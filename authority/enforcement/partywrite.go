package enforcement

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// writeParty writes new data of a party.
func (d *desk) writeParty(change *filing.PartyChange, c *kase) error {
	err := d.partyStatement(change, c)
	if err != nil {
		return fmt.Errorf("write a change of %s: %w", change.Kind, err)
	}
	return nil
}

func (d *desk) partyStatement(change *filing.PartyChange, c *kase) error {
	id := c.application
	switch change.Kind {
	case filing.ChangedAddress, filing.ChangedName:
		return d.writePerson(change, c)
	case filing.ChangedWorkplace:
		return d.tx.Later(`UPDATE enforcement_debtor SET workplace = $2 WHERE case_id = $1`, c.id, change.Workplace)
	case filing.ChangedRepresentative:
		if change.Representative == nil {
			return d.tx.Later(`DELETE FROM enforcement_party WHERE application_id = $1 AND role = 'representative'`, id)
		}
		return d.putPerson(id, Representative, 1, change.Representative)
	case filing.ChangedPayee:
		p := change.Payee
		return d.tx.Later(`UPDATE enforcement_application SET payee_kind = $2, payee_account = $3, payee_name = $4, payee_identity = $5
			WHERE id = $1`, id, string(p.Kind), p.Account, p.Name, store.Identity(p.Identity))
	}
	return d.writeAssignment(change, id)
}

// writePerson writes a new name or address of the debtor or an applicant.
func (d *desk) writePerson(change *filing.PartyChange, c *kase) error {
	id, p := c.application, change.Party
	role, position := Applicant, int64(1)
	if change.OfRespondent {
		role, position = Respondent, c.position
	} else if change.Applicant != (identity.Number{}) {
		err := d.tx.QueryRow(`SELECT MIN(position) FROM enforcement_party WHERE application_id = $1 AND role = 'applicant' AND identity = $2`,
			id, store.Identity(change.Applicant)).Scan(&position)
		if err != nil {
			return err
		}
	}
	if change.Kind == filing.ChangedName {
		return d.tx.Later(`UPDATE enforcement_party SET name = $4 WHERE application_id = $1 AND role = $2 AND position = $3`,
			id, string(role), position, p.Name)
	}
	return d.tx.Later(`UPDATE enforcement_party SET care_of = $4, street = $5, postal_code = $6, town = $7, country = $8
		WHERE application_id = $1 AND role = $2 AND position = $3`, id, string(role), position, p.CareOf, p.Street, p.PostalCode, p.Town, p.Country)
}

// putPerson enters a person in its place.
func (d *desk) putPerson(application int64, role Role, position int64, p *filing.Party) error {
	return d.tx.Later(`INSERT INTO enforcement_party (application_id, role, position, identity, name, care_of, street, postal_code,
		town, country, phone, mobile, email) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (application_id, role, position) DO UPDATE SET identity = excluded.identity, name = excluded.name,
		care_of = excluded.care_of, street = excluded.street, postal_code = excluded.postal_code, town = excluded.town,
		country = excluded.country, phone = excluded.phone, mobile = excluded.mobile, email = excluded.email`,
		application, string(role), position, store.Identity(p.Identity), p.Name, p.CareOf, p.Street, p.PostalCode, p.Town, p.Country,
		p.Phone, p.Mobile, p.Email)
}

// writeAssignment makes the new creditor applicant in the place of the old one,
// and keeps the step in the chain.
func (d *desk) writeAssignment(change *filing.PartyChange, application int64) error {
	a := change.Assignment
	var position, steps int64
	err := d.tx.QueryRow(`SELECT COALESCE(MIN(position), 1), (SELECT COUNT(*) FROM enforcement_assignment WHERE application_id = $1)
		FROM enforcement_party WHERE application_id = $1 AND role = 'applicant' AND identity = $2`, application, store.Identity(a.From.Identity)).
		Scan(&position, &steps)
	if err != nil {
		return err
	}
	if err := d.tx.Later(`INSERT INTO enforcement_assignment
		(application_id, position, from_identity, from_name, to_identity, to_name, day, deposited) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		application, steps+1, store.Identity(a.From.Identity), a.From.Name, store.Identity(a.To.Identity), a.To.Name, a.Date, a.Deposited); err != nil {
		return err
	}
	return d.putPerson(application, Applicant, position, change.NewCreditor)
}
