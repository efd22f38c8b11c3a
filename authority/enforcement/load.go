package enforcement

import (
	"fmt"
	"strings"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// lock takes the guard rows of debts, so that nobody else changes them until
// the commit. The day is that on which it happens.
func lock(tx store.Tx, groups []int64, day calendar.Day) error {
	if err := executedFor(tx, `UPDATE enforcement_group SET changes = changes + 1, touched = $1 WHERE id IN %s`, day.String(), groups); err != nil {
		return fmt.Errorf("enforcement: lock %d debts: %w", len(groups), err)
	}
	return nil
}

// take locks the debts and lays them on the desk.
func (d *desk) take(groups []int64) error {
	if err := lock(d.tx, groups, calendar.Of(d.at)); err != nil {
		return err
	}
	return d.load(d.tx, groups)
}

// load reads debts with their cases, at most one query a table for each list
// of groups.
func (d *desk) load(r store.Reader, groups []int64) error {
	for _, read := range []func(store.Reader, []int64) error{d.readGroups, d.readCases, d.readItems, d.readMoves, d.readDeferrals} {
		if err := read(r, groups); err != nil {
			return fmt.Errorf("enforcement: read %d debts: %w", len(groups), err)
		}
	}
	return nil
}

func (d *desk) readGroups(r store.Reader, groups []int64) error {
	all, err := listed(r, `SELECT g.id, g.movements, g.accrued_to, g.joint_debt, g.stated, g.fee_case, g.fee_next, g.fee_noticed, g.exempt,
		a.id, a.code_id, a.code, a.reference, a.origin, a.notice, a.measure, a.title_kind, a.title_date, a.title_number,
		COALESCE((SELECT p.name FROM enforcement_party p WHERE p.application_id = a.id AND p.role = 'applicant' AND p.position = 1), '')
		FROM enforcement_group g JOIN enforcement_application a ON a.id = g.application_id
		WHERE g.id IN %s ORDER BY g.id`, groups, scanGroup)
	if err != nil {
		return err
	}
	for _, g := range all {
		d.add(g)
	}
	return nil
}

func (d *desk) add(g *group) {
	if _, there := d.groups[g.id]; there {
		return
	}
	d.groups[g.id] = g
	d.order = append(d.order, g)
}

func scanGroup(rows *store.Rows) (*group, error) {
	g := &group{}
	a := &g.application
	err := rows.Scan(&g.id, &g.last, &g.accruedTo, &g.joint, &g.stated, &g.feeCase, &g.feeNext, &g.feeNoticed, &g.exempt,
		&a.id, &a.codeID, &a.code, &a.reference, &a.origin, &a.notice, &a.measure, &a.title, &a.titled, &a.number, &a.client)
	g.kept = g.last
	return g, err
}

func (d *desk) readCases(r store.Reader, groups []int64) error {
	all, err := listed(r, `SELECT id, group_id, application_id, position, number, identity, registered, claimed, remaining, joined, base, holds, since, awaits, lodge_by,
		noticed, measured, advance, advance_by, unadvanced, deferred_from, accounted, account_due, reason, closed
		FROM enforcement_case WHERE group_id IN %s ORDER BY id`, groups, d.scanCase)
	for _, c := range all {
		if d.byID[c.id] != nil { // a list filled up with its last value
			continue
		}
		d.byID[c.id] = c
		c.group.cases = append(c.group.cases, c)
	}
	return err
}

func (d *desk) scanCase(rows *store.Rows) (*kase, error) {
	c := &kase{}
	var groupID int64
	var identityText, holds, awaits string
	err := rows.Scan(&c.id, &groupID, &c.application, &c.position, &c.number, &identityText, &c.registered,
		(*int64)(&c.claimed), (*int64)(&c.remaining), &c.joined, &c.base, &holds, &c.since, &awaits,
		&c.lodgeBy, &c.noticed, &c.measured, (*int64)(&c.advance), &c.advanceBy, &c.unadvanced, &c.deferredFrom, &c.accounted, &c.accountDue, &c.reason, &c.closed)
	if err != nil {
		return nil, err
	}
	c.group = d.groups[groupID]
	c.holds, c.awaits = parseHolds(holds), parseLacking(awaits)
	c.was = c.standing
	c.debtor, err = store.ParseIdentity(identityText)
	return c, err
}

func parseLacking(text string) (all []Lacking) {
	for _, l := range strings.Fields(text) {
		all = append(all, Lacking(l))
	}
	return all
}

func lackingText(all []Lacking) string {
	texts := make([]string, len(all))
	for i, l := range all {
		texts[i] = string(l)
	}
	return strings.Join(texts, " ")
}

// owned is a row with the debt or case that it belongs to.
type owned[T any] struct {
	owner int64
	row   T
}

func (d *desk) readItems(r store.Reader, groups []int64) error {
	all, err := listed(r, `SELECT group_id, position, type, principal, interest, interest_kind, interest_rate, interest_from, due_date
		FROM enforcement_debt WHERE group_id IN %s ORDER BY group_id, position`, groups, scanItem)
	for _, o := range all {
		g := d.groups[o.owner]
		if g.item(o.row.position) == nil {
			g.items = append(g.items, o.row)
		}
	}
	return err
}

func scanItem(rows *store.Rows) (o owned[item], err error) {
	i := &o.row
	err = rows.Scan(&o.owner, &i.position, &i.kind, (*int64)(&i.principal), (*int64)(&i.interest), &i.terms, (*int64)(&i.rate), &i.from, &i.due)
	return o, err
}

func (d *desk) readMoves(r store.Reader, groups []int64) error {
	all, err := listed(r, `SELECT group_id, number, case_id, day, kind, item, bucket, amount
		FROM enforcement_movement WHERE group_id IN %s ORDER BY group_id, number`, groups, scanMove)
	for _, o := range all {
		g := d.groups[o.owner]
		if n := len(g.moves); n > 0 && g.moves[n-1].number >= o.row.number {
			continue
		}
		g.moves = append(g.moves, o.row)
		g.apply(o.row)
	}
	return err
}

func scanMove(rows *store.Rows) (o owned[movement], err error) {
	m := &o.row
	err = rows.Scan(&o.owner, &m.number, &m.caseID, &m.day, &m.kind, &m.item, &m.bucket, (*int64)(&m.amount))
	return o, err
}

func (d *desk) readDeferrals(r store.Reader, groups []int64) error {
	all, err := listed(r, `SELECT f.case_id, f.granted, f.until FROM enforcement_deferral f
		JOIN enforcement_case c ON c.id = f.case_id WHERE c.group_id IN %s ORDER BY f.case_id, f.number`, groups, scanDeferral)
	for _, o := range all {
		c := d.byID[o.owner]
		c.deferrals = append(c.deferrals, o.row)
	}
	return err
}

func scanDeferral(rows *store.Rows) (o owned[deferral], err error) {
	err = rows.Scan(&o.owner, &o.row.granted, &o.row.until)
	return o, err
}

// amounts stand in rows as whole öre.
func ore(a money.Amount) int64 { return int64(a) }
