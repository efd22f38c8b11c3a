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
// again. The views for extracts follow.
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
		_, err := s.tx.Exec(`UPDATE paymentorder_verdict SET blocked = $1 WHERE case_id = $2`, blocked, l.ID)
		return err
	})
}

// applyChange writes a change of party data that was judged.
func (s *session) applyChange(l *life, c *filing.PartyChange) error {
	a := &l.Application
	respondent, _ := l.partyScope(c)
	switch c.Kind {
	case filing.ChangedAddress, filing.ChangedName:
		return s.changeParty(l, c, respondent)
	case filing.ChangedWorkplace:
		l.note(s, eventWorkplace, respondent, 0, "")
		_, err := s.tx.Exec(`UPDATE paymentorder_respondent SET workplace = $1 WHERE case_id = $2 AND position = $3`, c.Workplace, l.ID, respondent)
		return err
	case filing.ChangedRepresentative:
		a.Representative = c.Representative
		l.note(s, eventRepresentative, 0, 0, "")
		if c.Representative != nil {
			return s.saveParty(l, Representative, 1, c.Representative)
		}
		_, err := s.tx.Exec(`DELETE FROM paymentorder_party WHERE case_id = $1 AND role = $2`, l.ID, string(Representative))
		return err
	case filing.ChangedPayee:
		a.Payee = c.Payee
		l.note(s, eventPayee, 0, 0, "")
		_, err := s.tx.Exec(`UPDATE paymentorder_case SET payee_kind = $1, payee_account = $2, payee_name = $3, payee_identity = $4
			WHERE id = $5`, string(c.Payee.Kind), c.Payee.Account, c.Payee.Name, store.Identity(c.Payee.Identity), l.ID)
		return err
	}
	return s.assign(l, c)
}

func (s *session) changeParty(l *life, c *filing.PartyChange, respondent int64) error {
	role, position, p := Applicant, int64(1), &l.Application.Applicants[0]
	if respondent > 0 {
		role, position, p = Respondent, respondent, &l.Application.Respondents[respondent-1].Party
	} else if at := l.applicantAt(c.Applicant); at > 0 {
		position, p = int64(at+1), &l.Application.Applicants[at]
	}
	if c.Kind == filing.ChangedName {
		p.Name = c.Party.Name
		l.note(s, eventName, respondent, 0, "")
		return s.saveParty(l, role, position, p)
	}
	moved(p, c.Party)
	l.note(s, eventAddress, respondent, 0, "")
	return s.saveParty(l, role, position, p)
}

func (l *life) applicantAt(n identity.Number) int {
	return slices.IndexFunc(l.Application.Applicants, func(p filing.Party) bool { return p.Identity == n })
}

// assign makes the new creditor applicant in the place of the old one.
func (s *session) assign(l *life, c *filing.PartyChange) error {
	at := max(0, l.applicantAt(c.Assignment.From.Identity))
	l.note(s, eventAssigned, 0, 0, c.Assignment.Deposited)
	l.Application.Applicants[at] = *c.NewCreditor
	var n int64
	if err := s.tx.QueryRow(`SELECT COUNT(*) FROM paymentorder_assignment WHERE case_id = $1`, l.ID).Scan(&n); err != nil {
		return err
	}
	_, err := s.tx.Exec(`INSERT INTO paymentorder_assignment
		(case_id, number, from_identity, from_name, to_identity, to_name, day, deposited) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.ID, n+1, store.Identity(c.Assignment.From.Identity), c.Assignment.From.Name, store.Identity(c.Assignment.To.Identity), c.Assignment.To.Name,
		c.Assignment.Date.String(), c.Assignment.Deposited)
	if err != nil {
		return err
	}
	return s.saveParty(l, Applicant, int64(at+1), c.NewCreditor)
}
