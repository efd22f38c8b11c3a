package enforcement

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Entry is a case as one sees it who follows all that are registered.
type Entry struct {
	ID         int64
	Number     string
	Debtor     identity.Number
	Origin     filing.Origin
	Registered calendar.Day
}

// Since lists cases by id, at most limit of those after the one given. Ids are
// handed out before a case is registered: one that comes late may be lower.
func (e *Enforcements) Since(r store.Reader, after int64, limit int) ([]Entry, error) {
	all, err := store.Collect(scanEntry)(r.Query(`SELECT c.id, c.number, c.identity, a.origin, c.registered
		FROM enforcement_case c JOIN enforcement_application a ON a.id = c.application_id
		WHERE c.id > $1 ORDER BY c.id LIMIT $2`, after, limit))
	if err != nil {
		return nil, fmt.Errorf("enforcement: list the cases after %d: %w", after, err)
	}
	return all, nil
}

func scanEntry(rows *store.Rows) (c Entry, err error) {
	var full string
	if err = rows.Scan(&c.ID, &c.Number, &full, &c.Origin, &c.Registered); err == nil {
		c.Debtor, err = store.ParseIdentity(full)
	}
	return c, err
}

// Owed is what pays an open case on a day: what is left of the debt with its
// interest, and the fees that the debtor has not paid.
type Owed struct {
	Debt money.Amount
	Fees money.Amount
}

// Owed tells what is to be paid in a case on the day; nothing where it is
// closed.
func (e *Enforcements) Owed(r store.Reader, caseNumber string, day calendar.Day) (o Owed, err error) {
	ids, err := store.Collect(store.Only[int64])(r.Query(`SELECT group_id FROM enforcement_case WHERE number = $1 AND closed IS NULL`, caseNumber))
	if err != nil {
		return o, fmt.Errorf("enforcement: find case %s: %w", caseNumber, err)
	}
	d := e.newDesk(nil, supply{day: day}, service.Officer{}, 0)
	if err := d.load(r, ids); err != nil {
		return o, err
	}
	for _, g := range d.order {
		if err := g.accrue(e.law, day); err != nil {
			return o, err
		}
		o.Debt += g.debtOf(g.caseOf(caseNumber))
		unpaid, err := e.fees.CaseUnpaid(r, g.id)
		if err != nil {
			return o, err
		}
		o.Fees += unpaid
	}
	return o, nil
}

// Withheld is what an employer is to withhold a month by the decision that holds
// on the day; nothing where none does.
func (e *Enforcements) Withheld(r store.Reader, caseNumber string, day calendar.Day) (money.Amount, error) {
	all, err := store.Collect(scanWithheld)(r.Query(`SELECT e.kind, e.amount FROM enforcement_earnings e JOIN enforcement_case c ON c.id = e.case_id
		WHERE c.number = $1 AND (e.from_day IS NULL OR e.from_day <= $2) ORDER BY e.number DESC LIMIT 1`, caseNumber, day))
	if err != nil {
		return 0, fmt.Errorf("enforcement: find the decision on earnings in case %s: %w", caseNumber, err)
	}
	if len(all) == 0 {
		return 0, nil
	}
	return all[0], nil
}

func scanWithheld(rows *store.Rows) (amount money.Amount, err error) {
	var kind filing.EarningsDecision
	err = rows.Scan(&kind, &amount)
	if kind != filing.EarningsNew && kind != filing.EarningsChanged {
		amount = 0
	}
	return amount, err
}

// Opponents are the debtor of a case and the first applicant, with what is
// known of their addresses.
func (e *Enforcements) Opponents(r store.Reader, caseNumber string) (debtor, applicant filing.Party, err error) {
	all, err := store.Collect(scanMember)(r.Query(`SELECT c.id, p.role, p.identity, p.name, p.care_of, p.street, p.postal_code, p.town, p.country, p.position, FALSE
		FROM enforcement_case c JOIN enforcement_party p ON p.application_id = c.application_id
		WHERE c.number = $1 AND (p.role = 'respondent' AND p.position = c.position OR p.role = 'applicant' AND p.position = 1)`, caseNumber))
	if err != nil {
		return debtor, applicant, fmt.Errorf("enforcement: read the parties of case %s: %w", caseNumber, err)
	}
	for _, o := range all {
		p := filing.Party{Identity: o.row.Identity, Name: o.row.Name, CareOf: o.row.CareOf, Street: o.row.Street,
			PostalCode: o.row.PostalCode, Town: o.row.Town, Country: o.row.Country}
		if o.row.Role == "respondent" {
			debtor = p
			continue
		}
		applicant = p
	}
	return debtor, applicant, nil
}
