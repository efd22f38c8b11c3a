package sandbox

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"filtjanst/authority"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// carryOut does what has come due.
func (c *crowd) carryOut(ctx context.Context, w *authority.World) (acts int, err error) {
	today := calendar.Today(w.Clock)
	var last plan
	var failed []error
	for {
		var plans []plan
		err := w.DB.Read(ctx, func(r store.Reader) (err error) {
			plans, err = due(r, today, last)
			return err
		})
		if err != nil || len(plans) == 0 {
			return acts, errors.Join(append(failed, err)...)
		}
		outcomes, err := doAll(ctx, w, plans)
		acts += len(outcomes)
		failed = append(failed, err, w.DB.Do(ctx, func(tx store.Tx) error {
			for _, o := range outcomes {
				if err := o.write(tx); err != nil {
					return err
				}
			}
			return nil
		}))
		last = plans[len(plans)-1]
	}
}

// mostTogether is how many acts are committed together: no more than nobody
// minds to wait for.
const mostTogether = 25

// doAll carries plans out: what is done in one room first, some at a time and
// room by room, then one by one what else there is and those groups of which an
// act was refused or failed. What fails stays, to be tried again.
func doAll(ctx context.Context, w *authority.World, plans []plan) (all []outcome, err error) {
	rooms, rest := parted(plans)
	for _, inRoom := range rooms {
		for some := range slices.Chunk(inRoom, mostTogether) {
			outcomes, err := doTogether(ctx, w, some)
			if err != nil {
				rest = append(rest, some...)
				continue
			}
			all = append(all, outcomes...)
		}
	}
	var failed []error
	for _, p := range rest {
		o, err := do(ctx, newDoing(w, p))
		if err != nil {
			failed = append(failed, fmt.Errorf("sandbox: step %d of serial %d in case %s: %w", p.step, p.serial, p.number, err))
			continue
		}
		all = append(all, o)
	}
	return all, errors.Join(failed...)
}

// parted parts plans that may be carried out together, those of payment orders
// and those of enforcement, from the others.
func parted(plans []plan) (rooms [2][]plan, others []plan) {
	for _, p := range plans {
		switch {
		case p.does().alone():
			others = append(others, p)
		case p.respondent != 0:
			rooms[0] = append(rooms[0], p)
		default:
			rooms[1] = append(rooms[1], p)
		}
	}
	return rooms, others
}

// doTogether carries plans of one room out in one transaction, or none of them.
func doTogether(ctx context.Context, w *authority.World, plans []plan) (all []outcome, err error) {
	each := func(in func(*doing)) error {
		for _, p := range plans {
			d := newDoing(w, p)
			in(d)
			o, err := do(ctx, d)
			if err != nil {
				return err
			}
			all = append(all, o)
		}
		return nil
	}
	if plans[0].respondent != 0 {
		err = w.Orders.Together(ctx, func(o *paymentorder.Orders) error { return each(func(d *doing) { d.Orders = o }) })
	} else {
		err = w.Enforcements.Together(ctx, func(e *enforcement.Enforcements) error { return each(func(d *doing) { d.Enforcements = e }) })
	}
	return all, err
}

// crowdName is the officer in whose name what the debtors do is entered.
const crowdName = "sandbox"

// does is what the plan does.
func (p plan) does() Deed { return Behaviours()[p.serial-testSerialFirst].Steps[p.step].Do }

func newDoing(w *authority.World, p plan) *doing {
	b := Behaviours()[p.serial-testSerialFirst]
	return &doing{World: w, Orders: w.Orders, Enforcements: w.Enforcements, outcome: outcome{plan: p, ended: done}, Step: b.Steps[p.step],
		by: service.Officer{Name: crowdName, Reason: fmt.Sprintf("%d %s", b.Serial, b.Name)}}
}

// do carries one plan out. A refusal ends it: the case has gone another way.
func do(ctx context.Context, d *doing) (outcome, error) {
	known := deeds()[d.Do]
	if known == nil {
		return outcome{}, fmt.Errorf("there is no deed %q", d.Do)
	}
	err := known(ctx, d)
	if refusal, refused := service.RefusedAs(err); refused {
		return outcome{plan: d.plan, ended: refusal.Code}, nil
	}
	return d.outcome, err
}
