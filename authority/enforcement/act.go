package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// doing is what an officer does in a case.
type doing struct {
	number string
	by     service.Officer
	do     func(*desk, *kase) error
}

// act carries out an officer's act in one case, in a transaction of its own.
func (e *Enforcements) act(ctx context.Context, by service.Officer, number string, do func(*desk, *kase) error) error {
	if e.together != nil {
		*e.together = append(*e.together, doing{number, by, do})
		return by.Check()
	}
	work, err := e.inCases(ctx, by, []string{number}, do)
	if err != nil {
		return err
	}
	return e.db.Do(ctx, work)
}

// Together carries out in one transaction what officers do in cases by the
// Enforcements that the function is given: in its order, all of it or, if one
// act is refused, none. By those an act returns before it is done, and an error
// of the function leaves everything undone.
func (e *Enforcements) Together(ctx context.Context, acts func(*Enforcements) error) error {
	var all []doing
	gathering := *e
	gathering.together = &all
	if err := acts(&gathering); err != nil || len(all) == 0 {
		return err
	}
	numbers := make([]string, len(all))
	for i, d := range all {
		numbers[i] = d.number
	}
	work, err := e.each(ctx, all[0].by, numbers, func(d *desk, c *kase, i int) error {
		d.by = all[i].by
		return all[i].do(d, c)
	})
	if err != nil {
		return err
	}
	return e.db.Do(ctx, work)
}

// inCases prepares an act in several cases, for the transaction of who calls.
func (e *Enforcements) inCases(ctx context.Context, by service.Officer, numbers []string, do func(*desk, *kase) error) (service.Work, error) {
	return e.each(ctx, by, numbers, func(d *desk, c *kase, _ int) error { return do(d, c) })
}

// each is inCases for an act that differs: do gets the index of the number.
func (e *Enforcements) each(ctx context.Context, by service.Officer, numbers []string, do func(*desk, *kase, int) error) (service.Work, error) {
	if err := by.Check(); err != nil {
		return nil, err
	}
	var found []located
	var cases int
	err := e.db.Read(ctx, func(r store.Reader) (err error) {
		if found, err = listed(r, selectLocated+`WHERE c.number IN %s`, unique(append([]string(nil), numbers...)), scanLocated); err != nil {
			return err
		}
		cases, err = countCases(r, groupsOf(found))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("enforcement: find cases: %w", err)
	}
	ids := map[string]int64{}
	for _, l := range found {
		ids[l.number] = l.id
	}
	for _, number := range numbers {
		if ids[number] == 0 {
			return nil, service.UnknownCase(number)
		}
	}
	s, err := e.supply(ctx, cases+len(numbers))
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error {
		d := e.newDesk(tx, s, by, 0)
		if err := d.take(groupsOf(found)); err != nil {
			return err
		}
		for i, number := range numbers {
			c := d.byID[ids[number]]
			if c == nil { // purged meanwhile
				return service.UnknownCase(number)
			}
			if err := do(d, c, i); err != nil {
				return err
			}
		}
		return d.flush()
	}, nil
}

func groupsOf(found []located) []int64 {
	ids := make([]int64, len(found))
	for i, l := range found {
		ids[i] = l.group
	}
	return distinct(ids)
}

// Receive takes in money from the debtor of a case (UB 13:1).
func (e *Enforcements) Receive(ctx context.Context, by service.Officer, number string, amount money.Amount, day calendar.Day, from string) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.receive(c, amount, day, from) })
}

// Lodge enters that what was lacking, or a part of it, has been lodged (UB
// 2:5). Without lacking given, all of it.
func (e *Enforcements) Lodge(ctx context.Context, by service.Officer, number string, lodged ...Lacking) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.lodge(c, lodged) })
}

// OrderCompletion orders the applicant to lodge what is lacking (UB 2:5).
func (e *Enforcements) OrderCompletion(ctx context.Context, by service.Officer, number string, lacks ...Lacking) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error {
		if len(lacks) == 0 {
			lacks = []Lacking{LacksChain}
		}
		return d.orderCompletion(c, lacks)
	})
}

// Start lets the handling of a registered case start before its day. The debtor
// is told of it (UB 4:12).
func (e *Enforcements) Start(ctx context.Context, by service.Officer, number string) error {
	return e.startNow(ctx, by, number, true)
}

// StartUnnoticed is Start without a notice to the debtor, where there is a risk
// or a hurry (UB 4:12).
func (e *Enforcements) StartUnnoticed(ctx context.Context, by service.Officer, number string) error {
	return e.startNow(ctx, by, number, false)
}

func (e *Enforcements) startNow(ctx context.Context, by service.Officer, number string, tell bool) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error {
		d.cancel(c, dueStart)
		return d.startHandling(c, tell)
	})
}

// Resume goes on with a case that is investigated or monitored.
func (e *Enforcements) Resume(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error {
		if c.base != Investigated && c.base != Monitoring {
			return c.wrongState()
		}
		d.cancel(c, dueResume)
		return d.resume(c)
	})
}

// Investigate enters the result of an asset investigation (UB 4:9 a). With a
// day on which further measures are planned the case is monitored until then.
func (e *Enforcements) Investigate(ctx context.Context, by service.Officer, number string, result filing.InvestigationResult, planned calendar.Day, text string) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.investigate(c, result, planned, text) })
}

// AttachEarnings enters a decision on attachment of earnings: new, changed,
// revoked, or respite (UB 7:8, 7:10, 7:11). Reference, case number and day are
// filled in. The applicant, the debtor and the employer are told.
func (e *Enforcements) AttachEarnings(ctx context.Context, by service.Officer, number string, decision EarningsDecision) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.earnings(c, decision) })
}

// Bankrupt interrupts a case, since the debtor has been declared bankrupt (UB
// 4:9 b).
func (e *Enforcements) Bankrupt(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.bar(c, eventBankruptcy, Interrupted) })
}

// BankruptcyEnded lets a case go on as before.
func (e *Enforcements) BankruptcyEnded(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.unbar(c, eventBankruptcyEnded, Interrupted) })
}

// OrderStay enters a court's stay of enforcement (inhibition).
func (e *Enforcements) OrderStay(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, (*desk).orderStay)
}

// LiftStayOf enters that a stay has been lifted.
func (e *Enforcements) LiftStayOf(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, (*desk).liftStay)
}

// Died enters that the debtor has died. An attachment of earnings ends.
func (e *Enforcements) Died(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, (*desk).died)
}

// EstateKnown lets a case go on against the estate (dödsbo) and who acts for
// it.
func (e *Enforcements) EstateKnown(ctx context.Context, by service.Officer, number string, agent filing.Party) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.estateKnown(c, &agent) })
}

// TitleSetAside closes a case whose title no longer stands; money goes back,
// and what has been paid out is demanded of the applicant (UB 3:22).
func (e *Enforcements) TitleSetAside(ctx context.Context, by service.Officer, number string, r Ruling) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.setAside(c, r) })
}

// Withdraw closes a case that the applicant withdraws by letter.
func (e *Enforcements) Withdraw(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error {
		return d.finish(c, eventWithdrawn, Closed, filing.FinalWithdrawn)
	})
}

// End closes a case for another reason: bankruptcy, no assets, or other.
func (e *Enforcements) End(ctx context.Context, by service.Officer, number string, reason filing.FinalReason) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.endFor(c, reason) })
}

// Account pays out and accounts for what has come in, before its day.
func (e *Enforcements) Account(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error {
		d.cancel(c, dueAccount)
		return d.account(c)
	})
}
