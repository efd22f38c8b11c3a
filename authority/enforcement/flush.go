package enforcement

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// flush writes what has come of the steps.
func (d *desk) flush() error {
	for _, write := range []func() error{d.writeOpened, d.writeCases, d.writeMoves, d.writeDetails, d.writeCharges, d.writeMail, d.writeEvents, d.writeDeadlines,
		d.writeLines, d.writePurges} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// writeCases stores debts and cases that stood before; each must stand as it
// was read.
func (d *desk) writeCases() error {
	for _, g := range d.order {
		if g.fresh {
			continue
		}
		for _, c := range g.cases {
			if !c.touched || c.fresh {
				continue
			}
			if err := d.tx.Later(updateCase, caseValues(c)...); err != nil {
				return fmt.Errorf("enforcement: store case %s, which was %s: %w", c.number, c.was.state(), err)
			}
		}
		if err := d.writeRemaining(g); err != nil {
			return err
		}
		if err := d.tx.Later(`UPDATE enforcement_group SET movements = $2, accrued_to = $3, stated = $4, fee_case = $5,
			fee_next = $6, fee_noticed = $7, exempt = $8, cases = $9 WHERE id = $1`, g.id, g.last, g.accruedTo, g.stated, g.feeCase,
			g.feeNext, g.feeNoticed, string(g.exempt), int64(len(g.cases))); err != nil {
			return fmt.Errorf("enforcement: store debt %d: %w", g.id, err)
		}
	}
	return nil
}

// writeRemaining stores what the debtors of open cases owe, where their debt has
// moved.
func (d *desk) writeRemaining(g *group) error {
	if g.last == g.kept {
		return nil
	}
	for _, c := range g.openCases() {
		left := g.debtOf(c)
		if c.fresh || left == c.remaining {
			continue
		}
		if err := d.tx.Later(`UPDATE enforcement_case SET remaining = $2 WHERE id = $1`, c.id, ore(left)); err != nil {
			return fmt.Errorf("enforcement: store what is left in case %s: %w", c.number, err)
		}
	}
	return nil
}

// updateCase names the standing it expects: of any other nothing is left to
// set, which the column refuses, and the transaction with it.
const updateCase = `UPDATE enforcement_case SET base = CASE WHEN base = $2 AND holds = $3 THEN $4 END, holds = $5, state = $6, since = $7, awaits = $8, lodge_by = $9,
	measured = $10, deferred_from = $11, accounted = $12, account_due = $13, reason = $14, closed = $15,
	noticed = $16, advance = $17, advance_by = $18, unadvanced = $19 WHERE id = $1`

func caseValues(c *kase) []any {
	return []any{c.id, string(c.was.base), c.was.holdText(), string(c.base), c.holdText(), string(c.state()), c.since.String(),
		lackingText(c.awaits), c.lodgeBy, c.measured, c.deferredFrom, c.accounted,
		c.accountDue, string(c.reason), c.closed, c.noticed, ore(c.advance), c.advanceBy, c.unadvanced}
}

// copyIn enters rows; none is no statement.
func (d *desk) copyIn(table string, columns []string, n int, rows iter.Seq[[]any]) error {
	if n == 0 {
		return nil
	}
	if _, err := d.tx.CopyIn(table, columns, rows); err != nil {
		return fmt.Errorf("enforcement: write %d rows of %s: %w", n, table, err)
	}
	return nil
}

// rowsOf makes rows of values.
func rowsOf[T any](all []T, row func(T) []any) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, v := range all {
			if !yield(row(v)) {
				return
			}
		}
	}
}

func (d *desk) writeMoves() error {
	var all []owned[movement]
	for _, g := range d.order {
		for _, m := range g.moves {
			if m.number > g.kept {
				all = append(all, owned[movement]{g.id, m})
			}
		}
	}
	columns := []string{"group_id", "number", "case_id", "day", "kind", "item", "bucket", "amount"}
	return d.copyIn("enforcement_movement", columns, len(all), rowsOf(all, func(o owned[movement]) []any {
		m := o.row
		return []any{o.owner, m.number, m.caseID, m.day.String(), string(m.kind), m.item, string(m.bucket), ore(m.amount)}
	}))
}

func (d *desk) writeEvents() error {
	if len(d.events) == 0 {
		return nil
	}
	return d.e.events.Append(d.tx, d.events...)
}

func (d *desk) writeCharges() error {
	if len(d.charges) == 0 {
		return nil
	}
	return d.e.fees.Charge(d.tx, d.charges...)
}

// writeDeadlines sets what is to be waited for. Those of fresh cases go in
// bulk.
func (d *desk) writeDeadlines() error {
	gone := map[int64]bool{}
	var standing []int64
	for _, c := range d.cleared {
		gone[c.id] = true
		if !c.fresh {
			standing = append(standing, c.id)
		}
	}
	if err := (service.Deadlines{}).CancelAll(d.tx, filing.Enforcement, standing...); err != nil {
		return err
	}
	var fresh []service.Deadline
	for _, k := range d.dueOrder {
		due := service.Deadline{Service: filing.Enforcement, Subject: k.caseID, Kind: k.kind, Due: d.deadlines[k]}
		isFresh := d.byID[k.caseID].fresh
		switch {
		case gone[k.caseID] && !outlives(k.kind) || isFresh && due.Due.IsZero():
		case isFresh:
			fresh = append(fresh, due)
		default:
			if err := setOrCancel(d.tx, due); err != nil {
				return err
			}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	return service.Deadlines{}.SetAll(d.tx, fresh)
}

func setOrCancel(tx store.Tx, due service.Deadline) error {
	if due.Due.IsZero() {
		return service.Deadlines{}.Cancel(tx, due.Service, due.Subject, due.Kind)
	}
	return service.Deadlines{}.Set(tx, due)
}

// writePurges gives closed cases the last day of their keeping (KFD 2:6).
func (d *desk) writePurges() error {
	closed := map[calendar.Day][]*kase{}
	for _, c := range d.purges {
		last, err := d.e.law.keepUntil(c.closed)
		if err != nil {
			return err
		}
		closed[last] = append(closed[last], c)
	}
	for _, last := range slices.Sorted(maps.Keys(closed)) {
		if err := d.keepUntil(last, closed[last]); err != nil {
			return fmt.Errorf("enforcement: keep %d cases until %s: %w", len(closed[last]), last, err)
		}
	}
	return nil
}

func (d *desk) keepUntil(last calendar.Day, cases []*kase) error {
	ids, numbers := make([]int64, len(cases)), make([]string, len(cases))
	for i, c := range cases {
		ids[i], numbers[i] = c.id, c.number
	}
	for some := range store.Chunks(ids) {
		places, args := store.Among(2, some)
		if err := d.tx.Later(`UPDATE enforcement_case SET purge_after = $1 WHERE id IN (`+places+`)`, append([]any{last}, args...)...); err != nil {
			return err
		}
	}
	if d.e.letters == nil {
		return nil
	}
	return d.e.letters.KeepUntil(d.tx, filing.Enforcement, last, numbers...)
}
