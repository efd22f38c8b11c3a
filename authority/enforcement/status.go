package enforcement

import (
	"fmt"
	"maps"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// statusRow is a case on its way into a status report.
type statusRow struct {
	id, group int64
	name      string
}

const selectStatus = `SELECT c.id, c.group_id, p.name FROM enforcement_case c
	JOIN enforcement_party p ON p.application_id = c.application_id AND p.role = 'respondent' AND p.position = c.position
	WHERE c.code_id = $1 AND c.id > $2 AND c.registered <= $3 AND NOT c.blocked `

// withReference picks the cases of applications with an own reference.
const withReference = `AND c.application_id IN (SELECT id FROM enforcement_application WHERE code_id = $1 AND reference = $5) `

// Status lists how the cases stand that are asked for, in the order of their
// registration. next is the cursor to go on with, 0 at the end. What is blocked
// is left out.
func (e *Enforcements) Status(r store.Reader, of service.CasesOf) (all []filing.CaseStatus, next int64, err error) {
	query, args := statusQuery(of)
	rows, err := store.Collect(scanStatus)(r.Query(query, args...))
	if err != nil {
		return nil, 0, fmt.Errorf("enforcement: list the cases of code %d: %w", of.CodeID, err)
	}
	groups := map[int64]bool{}
	for _, row := range rows {
		groups[row.group] = true
	}
	d := e.newDesk(nil, supply{day: of.Day}, service.Officer{}, 0)
	if err := d.load(r, slices.Sorted(maps.Keys(groups))); err != nil {
		return nil, 0, err
	}
	charged, err := e.fees.Charged(r, slices.Sorted(maps.Keys(groups)))
	if err != nil {
		return nil, 0, err
	}
	for _, row := range rows {
		s, err := d.status(d.byID[row.id], row.name)
		if err != nil {
			return nil, 0, err
		}
		if row.group == row.id { // the fees of a debt stand with its first case
			s.Fees = charged[row.group]
		}
		all = append(all, s)
	}
	if len(rows) == of.Limit && of.Limit > 0 {
		next = rows[len(rows)-1].id
	}
	return all, next, nil
}

func statusQuery(of service.CasesOf) (string, []any) {
	query, args := selectStatus, []any{of.CodeID, of.After, of.Day.String(), of.Limit}
	if of.Reference != "" {
		query, args = query+withReference, append(args, of.Reference)
	}
	return query + `ORDER BY c.id LIMIT $4`, args
}

func scanStatus(rows *store.Rows) (s statusRow, err error) {
	err = rows.Scan(&s.id, &s.group, &s.name)
	return s, err
}

func (d *desk) status(c *kase, name string) (filing.CaseStatus, error) {
	g := c.group
	s := filing.CaseStatus{Service: filing.Enforcement, Reference: g.application.reference, CaseNumber: c.number, State: string(c.state()),
		Since: c.since, Registered: c.registered, Respondent: filing.Person{Identity: c.debtor, Name: name}, Claimed: c.claimed}
	if c.open() {
		if err := g.accrue(d.e.law, d.day); err != nil {
			return s, err
		}
	}
	sums := g.ofDebtor(c)
	s.Reduced, s.Received, s.PaidOut, s.Remaining = sums.reduced, sums.received, sums.paidOut-sums.takenBack, sums.remaining(c.claimed)
	return s, nil
}
