package restructuring

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Due moves matters along when a time has passed. A matter that has ended
// meanwhile is left alone.
func (m *Matters) Due(ctx context.Context, due []service.Deadline) (service.Work, error) {
	for _, d := range due {
		if _, known := passing()[d.Kind]; !known {
			return nil, fmt.Errorf("restructuring: no deadline of kind %q", d.Kind)
		}
	}
	first, err := m.events.NewIDs(ctx, max(len(due), 1))
	if err != nil {
		return nil, err
	}
	at := m.clock.Now()
	return func(tx store.Tx) error {
		for i, d := range due {
			a := act{room: m, tx: tx, at: at, day: calendar.Of(at), supply: supply{event: first + int64(i), events: 1}}
			if err := a.pass(d); err != nil {
				return fmt.Errorf("restructuring: %s of matter %d: %w", d.Kind, d.Subject, err)
			}
		}
		return nil
	}, nil
}

// pass does what follows when one deadline has passed.
func (a *act) pass(d service.Deadline) error {
	matter, found, err := lockByID(a.tx, d.Subject)
	if err != nil || !found {
		return err
	}
	a.Matter = matter
	if !a.concerns(d.Kind) {
		return nil
	}
	return passing()[d.Kind](a, d)
}

// concerns tells whether the matter, as it is now, waits for the time. What is
// held in one that is over waits too.
func (a *act) concerns(kind string) bool {
	_, waits := after(a.State, kind)
	return waits || kind == accountTimeEnded && !a.Open()
}

// passing tells what each kind of deadline leads to.
func passing() map[string]func(*act, service.Deadline) error {
	move := func(a *act, d service.Deadline) error { return a.move(d.Kind, fact{}) }
	return map[string]func(*act, service.Deadline) error{
		callDue: move, periodEnded: move, commentTimeEnded: move,
		payoutDue: func(a *act, d service.Deadline) error {
			if err := a.move(payoutDue, fact{}); err != nil {
				return err
			}
			return a.nextPayout(d.Due.AddDays(-1))
		},
		planEnded: func(a *act, d service.Deadline) error {
			if err := a.cancel(payoutDue); err != nil {
				return err
			}
			return a.move(planEnded, fact{})
		},
		accountTimeEnded: func(a *act, _ service.Deadline) error { return a.lose() },
	}
}
