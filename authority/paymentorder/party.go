package paymentorder

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// The words for what happens to party data; no state follows from them.
const (
	eventAddress        = "address_changed"
	eventName           = "name_changed"
	eventWorkplace      = "workplace_changed"
	eventRepresentative = "representative_changed"
	eventPayee          = "payee_changed"
	eventAssigned       = "claim_assigned"
	eventProtected      = "identity_protected"
	eventUnprotected    = "identity_unprotected"
	eventBlocked        = "blocked"
	eventUnblocked      = "unblocked"
)

// saveParty writes the name and address of a person of the case, in its place or
// anew.
func (s *session) saveParty(l *life, role Role, position int64, p *filing.Party) error {
	row := partyRow(nil, l.ID, role, int(position-1), p)
	_, err := s.tx.Exec(`INSERT INTO paymentorder_party (case_id, role, position, identity, name, care_of, street, postal_code,
		town, country, phone, mobile, email) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (case_id, role, position) DO UPDATE SET identity = excluded.identity, name = excluded.name,
		care_of = excluded.care_of, street = excluded.street, postal_code = excluded.postal_code, town = excluded.town,
		country = excluded.country, phone = excluded.phone, mobile = excluded.mobile, email = excluded.email`, row...)
	if err != nil {
		return fmt.Errorf("paymentorder: write the %s of case %s: %w", role, l.Number, err)
	}
	return nil
}

// saveEstate makes a respondent an estate for which somebody acts.
func (s *session) saveEstate(l *life, respondent int64, actor filing.Party) error {
	r := &l.Application.Respondents[respondent-1]
	r.Estate, r.LegalRepresentative = true, &actor
	if _, err := s.tx.Exec(`UPDATE paymentorder_respondent SET estate = TRUE WHERE case_id = $1 AND position = $2`, l.ID, respondent); err != nil {
		return err
	}
	return s.saveParty(l, LegalRepresentative, respondent, &actor)
}

// ChangeAddress takes a new address of a respondent (flytt). Name and number stay.
func (o *Orders) ChangeAddress(ctx context.Context, by service.Officer, number string, respondent int64, address filing.Party) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		p, err := l.respondentAt(respondent)
		if err != nil {
			return err
		}
		moved(&p.Party, &address)
		l.note(s, eventAddress, respondent, 0, "")
		return s.saveParty(l, Respondent, respondent, &p.Party)
	})
}

// moved takes over a new address.
func moved(p, address *filing.Party) {
	p.CareOf, p.Street, p.PostalCode, p.Town, p.Country = address.CareOf, address.Street, address.PostalCode, address.Town, address.Country
}

func (l *life) respondentAt(position int64) (*filing.Respondent, error) {
	if position < 1 || position > int64(len(l.Application.Respondents)) {
		return nil, service.Refuse("unknown_respondent", fmt.Sprintf("Svarande %d finns inte i målet %s.", position, l.Number),
			fmt.Sprintf("There is no respondent %d in case %s.", position, l.Number))
	}
	return &l.Application.Respondents[position-1], nil
}

// Protect notes that a respondent's identity is protected (skyddade
// personuppgifter), or no longer is: in the case, and in the register of
// protected persons, by which it holds in all cases of the person.
func (o *Orders) Protect(ctx context.Context, by service.Officer, number string, respondent int64, protected bool) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		p, err := l.respondentAt(respondent)
		if err != nil {
			return err
		}
		event := eventUnprotected
		if protected {
			event = eventProtected
		}
		l.note(s, event, respondent, 0, "")
		switch {
		case s.Orders.letters == nil:
			return nil
		case protected:
			return s.Orders.letters.Protect(s.tx, notice.Protection{Person: p.Identity}, by, s.at)
		}
		return s.Orders.letters.Lift(s.tx, p.Identity, by, s.at)
	})
}

// Block withholds the data of a case (blockering, KFD 3:3 a), or lets them out
// again. The views for extracts follow, and who has extracts is told.
func (o *Orders) Block(ctx context.Context, by service.Officer, number string, blocked bool) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		event := eventUnblocked
		if blocked {
			event = eventBlocked
		}
		l.note(s, event, 0, 0, "")
		if _, err := s.tx.Exec(`UPDATE paymentorder_case SET blocked = $1 WHERE id = $2`, blocked, l.ID); err != nil {
			return err
		}
		if _, err := s.tx.Exec(`UPDATE paymentorder_verdict SET blocked = $1 WHERE case_id = $2`, blocked, l.ID); err != nil {
			return err
		}
		return s.disclosed.Tell(s.tx, s.day, l.respondents()...)
	})
}

// personPlace is where a person of a case is kept.
type personPlace struct {
	role     Role
	position int64
	*filing.Party
}

// alter makes a change of party data in the case at hand, and tells of it. It
// returns the person that is to be kept, if one is.
func (s *session) alter(l *life, c *filing.PartyChange) (changed personPlace) {
	a := &l.Application
	respondent, _ := l.partyScope(c)
	switch c.Kind {
	case filing.ChangedAddress:
		changed = l.person(c, respondent)
		moved(changed.Party, c.Party)
		l.note(s, eventAddress, respondent, 0, "")
	case filing.ChangedName:
		changed = l.person(c, respondent)
		changed.Name = c.Party.Name
		l.note(s, eventName, respondent, 0, "")
	case filing.ChangedWorkplace:
		a.Respondents[respondent-1].Workplace = c.Workplace
		l.note(s, eventWorkplace, respondent, 0, "")
	case filing.ChangedRepresentative:
		a.Representative = c.Representative
		changed = personPlace{Representative, 1, c.Representative}
		l.note(s, eventRepresentative, 0, 0, "")
	case filing.ChangedPayee:
		a.Payee = c.Payee
		l.note(s, eventPayee, 0, 0, "")
	case filing.ChangedCreditor:
		at := max(0, l.applicantAt(c.Assignment.From.Identity))
		a.Applicants[at] = *c.NewCreditor // in the place of the old one
		changed = personPlace{Applicant, int64(at + 1), c.NewCreditor}
		l.lodge()
		l.note(s, eventAssigned, 0, 0, c.Assignment.Deposited)
	}
	return changed
}

// person is whose name or address changes: the respondent, or the applicant of
// the key, which is the first where it names none.
func (l *life) person(c *filing.PartyChange, respondent int64) personPlace {
	if respondent > 0 {
		return personPlace{Respondent, respondent, &l.Application.Respondents[respondent-1].Party}
	}
	at := max(0, l.applicantAt(c.Applicant))
	return personPlace{Applicant, int64(at + 1), &l.Application.Applicants[at]}
}

func (l *life) applicantAt(n identity.Number) int {
	return slices.IndexFunc(l.Application.Applicants, func(p filing.Party) bool { return p.Identity == n })
}

// applyChange writes a change of party data that was judged.
func (s *session) applyChange(l *life, c *filing.PartyChange) (err error) {
	changed := s.alter(l, c)
	switch c.Kind {
	case filing.ChangedWorkplace:
		respondent, _ := l.partyScope(c)
		_, err = s.tx.Exec(`UPDATE paymentorder_respondent SET workplace = $1 WHERE case_id = $2 AND position = $3`, c.Workplace, l.ID, respondent)
	case filing.ChangedPayee:
		_, err = s.tx.Exec(`UPDATE paymentorder_case SET payee_kind = $1, payee_account = $2, payee_name = $3, payee_identity = $4
			WHERE id = $5`, string(c.Payee.Kind), c.Payee.Account, c.Payee.Name, store.Identity(c.Payee.Identity), l.ID)
	case filing.ChangedCreditor:
		if err = s.saveLodged(l); err == nil {
			err = s.saveAssignment(l, c.Assignment)
		}
	}
	if err != nil {
		return fmt.Errorf("paymentorder: change the %s in case %s: %w", c.Kind, l.Number, err)
	}
	switch {
	case changed.Party != nil:
		return s.saveParty(l, changed.role, changed.position, changed.Party)
	case changed.role != "":
		_, err = s.tx.Exec(`DELETE FROM paymentorder_party WHERE case_id = $1 AND role = $2`, l.ID, string(changed.role))
	}
	return err
}

// saveAssignment keeps one more step of the claim from creditor to creditor.
func (s *session) saveAssignment(l *life, a *filing.Assignment) error {
	var n int64
	if err := s.tx.QueryRow(`SELECT COUNT(*) FROM paymentorder_assignment WHERE case_id = $1`, l.ID).Scan(&n); err != nil {
		return err
	}
	_, err := s.tx.Exec(`INSERT INTO paymentorder_assignment
		(case_id, number, from_identity, from_name, to_identity, to_name, day, deposited) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.ID, n+1, store.Identity(a.From.Identity), a.From.Name, store.Identity(a.To.Identity), a.To.Name, a.Date.String(), a.Deposited)
	return err
}
