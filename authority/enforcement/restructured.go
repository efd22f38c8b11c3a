package enforcement

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// RestructuringOpened bars all open cases against the debtor: there is no
// attachment for older claims until it is decided (SKSL §42, FSKS §44).
func (e *Enforcements) RestructuringOpened(ctx context.Context, debtor identity.Number, day calendar.Day) (service.Work, error) {
	return e.against(ctx, debtor, func(d *desk, c *kase) error {
		if !c.open() || c.has(RestructuringOpened) || !c.arose(day) {
			return nil
		}
		return d.bar(c, eventRestructuring, RestructuringOpened)
	})
}

// Undecided tells of whom, among some, a debt restructuring has been opened and is
// not decided on, with the day of the decision to initiate.
type Undecided func(r store.Reader, debtors []identity.Number) (map[identity.Number]calendar.Day, error)

// barOpened bars the cases just opened whose claims are older than a restructuring
// of the debtor that is not decided on (SKSL §42, FSKS §44). One that is opened
// in the same moment meets only the cases that stand.
func (d *desk) barOpened() error {
	if d.e.config.Undecided == nil {
		return nil
	}
	var debtors []identity.Number
	for _, o := range d.opened {
		for _, c := range o.cases {
			debtors = append(debtors, c.debtor)
		}
	}
	decided, err := d.e.config.Undecided(d.tx, debtors)
	if err != nil || len(decided) == 0 {
		return err
	}
	for _, o := range d.opened {
		for _, c := range o.cases {
			if day, undecided := decided[c.debtor]; undecided && c.open() && c.arose(day) {
				if err := d.bar(c, eventRestructuring, RestructuringOpened); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// arose tells whether a part of what a case enforces is known to have arisen on
// the day or before: that the case is younger says nothing of its claim.
func (c *kase) arose(day calendar.Day) bool {
	titled := c.group.application.titled
	return c.registered <= day || !titled.IsZero() && titled <= day ||
		slices.ContainsFunc(c.group.items, func(i item) bool { return !i.due.IsZero() && i.due <= day })
}

// RestructuringEnded lets the cases go on as before: it ended without
// restructuring, or lapsed (SKSL §54).
func (e *Enforcements) RestructuringEnded(ctx context.Context, debtor identity.Number, _ calendar.Day) (service.Work, error) {
	return e.against(ctx, debtor, func(d *desk, c *kase) error {
		if !c.open() || !c.has(RestructuringOpened) {
			return nil
		}
		return d.unbar(c, eventRestructuringEnded, RestructuringOpened)
	})
}

// RestructuringGranted closes the cases whose claims the plan covers (SKSL
// §47). Those of family-law maintenance go on: it is not covered (SKSL §31).
func (e *Enforcements) RestructuringGranted(ctx context.Context, debtor identity.Number, _ calendar.Day) (service.Work, error) {
	return e.against(ctx, debtor, func(d *desk, c *kase) error {
		if !c.open() || !c.has(RestructuringOpened) {
			return nil
		}
		if c.group.exempt == Maintenance {
			return d.unbar(c, eventRestructuringEnded, RestructuringOpened)
		}
		return d.finish(c, eventRestructured, RestructuringGranted, filing.FinalRestructuring)
	})
}

// BankruptcyOf interrupts all open cases against the debtor (UB 4:9 b).
func (e *Enforcements) BankruptcyOf(ctx context.Context, debtor identity.Number) (service.Work, error) {
	return e.against(ctx, debtor, func(d *desk, c *kase) error {
		if !c.open() || c.has(Interrupted) {
			return nil
		}
		return d.bar(c, eventBankruptcy, Interrupted)
	})
}

// against prepares the same step in all cases of a debtor, for the transaction
// of who calls. Cases that are registered meanwhile are met too, as far as the
// ids reach.
func (e *Enforcements) against(ctx context.Context, debtor identity.Number, do func(*desk, *kase) error) (service.Work, error) {
	const ofDebtor = `SELECT group_id FROM enforcement_case WHERE identity = $1 AND closed IS NULL ORDER BY group_id`
	full := store.Identity(debtor)
	cases := 0
	err := e.db.Read(ctx, func(r store.Reader) error {
		groups, err := store.Collect(store.Only[int64])(r.Query(ofDebtor, full))
		if err != nil {
			return err
		}
		cases, err = countCases(r, distinct(groups))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("enforcement: find the cases of a debtor: %w", err)
	}
	s, err := e.supply(ctx, cases+8)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error {
		groups, err := store.Collect(store.Only[int64])(tx.Query(ofDebtor, full))
		if err != nil {
			return err
		}
		d := e.newDesk(tx, s, service.Officer{}, 0)
		if err := d.take(distinct(groups)); err != nil {
			return err
		}
		for _, g := range d.order {
			for _, c := range g.cases {
				if c.debtor != debtor {
					continue
				}
				if err := do(d, c); err != nil {
					return err
				}
			}
		}
		return d.flush()
	}, nil
}
