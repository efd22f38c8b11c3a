package enforcement

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// The kinds of deadline. Their subject is a case.
const (
	dueStart     = "start"      // handling starts
	dueLodge     = "lodge"      // what is lacking has not come
	dueDeferral  = "deferral"   // the day after a deferral
	dueLapse     = "lapse"      // a deferral has lasted more than two months
	dueResume    = "resume"     // planned measures
	dueRespite   = "respite"    // the day after a respite in earnings attachment
	dueAccount   = "account"    // money is accounted for
	dueFeeNotice = "fee_notice" // a new basic fee is announced
	dueFee       = "fee"        // and charged
	dueDemand    = "demand"     // the applicant has not paid demanded fees
	dueAdvance   = "advance"    // nor an advance
	dueRepay     = "repay"      // nor what goes back
)

// handlers is what follows from each kind of deadline. Each looks at the case
// first, and does nothing if what it was set for is over.
func handlers() map[string]func(*desk, *kase) error {
	return map[string]func(*desk, *kase) error{
		dueStart: (*desk).start, dueLodge: (*desk).notLodged, dueDeferral: (*desk).deferralEnds, dueLapse: (*desk).lapse,
		dueResume: (*desk).resume, dueRespite: (*desk).respiteEnds, dueAccount: (*desk).accountInTime,
		dueFeeNotice: (*desk).announceFee, dueFee: (*desk).renewFee, dueDemand: (*desk).feeOverdue,
		dueAdvance: (*desk).advanceOverdue, dueRepay: (*desk).repaymentOverdue,
	}
}

// Due prepares what follows from deadlines, all at once.
func (e *Enforcements) Due(ctx context.Context, due []service.Deadline) (service.Work, error) {
	known := handlers()
	ids := make([]int64, len(due))
	for i, dl := range due {
		if known[dl.Kind] == nil {
			return nil, fmt.Errorf("enforcement: no deadline of kind %s", dl.Kind)
		}
		ids[i] = dl.Subject
	}
	groups, n, err := e.debtsOf(ctx, `SELECT group_id FROM enforcement_case WHERE id IN %s`, ids)
	if err != nil {
		return nil, err
	}
	s, err := e.supply(ctx, n+len(due))
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error {
		d := e.newDesk(tx, s, service.Officer{}, 0)
		if err := d.take(groups); err != nil {
			return err
		}
		if err := d.askUnpaid(due); err != nil {
			return err
		}
		for _, dl := range due {
			c := d.byID[dl.Subject]
			if c == nil || !c.open() && !outlives(dl.Kind) {
				continue
			}
			if dl.Kind != dueStart {
				delete(d.unpaid, c.group.id)
			}
			if err := known[dl.Kind](d, c); err != nil {
				return fmt.Errorf("enforcement: %s of case %s: %w", dl.Kind, c.number, err)
			}
		}
		return d.flush()
	}, nil
}

// outlives tells whether a deadline stands when its case has ended.
func outlives(kind string) bool { return kind == dueRepay }

// debtsOf finds debts by a query for a list of values, and how many cases
// they have in all.
func (e *Enforcements) debtsOf(ctx context.Context, query string, values []int64) (groups []int64, cases int, err error) {
	err = e.db.Read(ctx, func(r store.Reader) error {
		if groups, err = listed(r, query, values, store.Only[int64]); err != nil {
			return err
		}
		groups = distinct(groups)
		cases, err = countCases(r, groups)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("enforcement: find the debts of %d cases: %w", len(values), err)
	}
	return groups, cases, nil
}

func distinct(ids []int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}

func countCases(r store.Reader, groups []int64) (n int, err error) {
	counts, err := listed(r, `SELECT cases FROM enforcement_group WHERE id IN %s`, groups, store.Only[int64])
	for _, c := range counts {
		n += int(c)
	}
	return n, err
}

// start begins the handling of a registered case. One that is held begins when
// the hold ends.
func (d *desk) start(c *kase) error {
	if c.held() || c.base != Registered {
		return nil
	}
	return d.startHandling(c, true)
}

// notLodged dismisses a case whose applicant has not lodged what was lacking.
func (d *desk) notLodged(c *kase) error {
	if c.held() || len(c.awaits) == 0 || d.day <= c.lodgeBy {
		return nil
	}
	return d.finish(c, eventNotLodged, Dismissed, filing.FinalDismissed)
}

func (d *desk) deferralEnds(c *kase) error {
	if c.base != Deferral {
		return nil
	}
	c.deferredFrom = 0
	_, err := d.step(c, eventDeferralEnded, c.at(InProgress), happening{})
	return err
}

// lapse lets the application lapse (UB 4:10). A held case rests by its hold,
// not by its deferral.
func (d *desk) lapse(c *kase) error {
	if c.base != Deferral {
		return nil
	}
	if c.held() {
		return d.deferralEnds(c)
	}
	return d.finish(c, eventDeferralTooLong, Lapsed, filing.FinalLapsed)
}

// resume goes on with a monitored case when planned measures are due.
func (d *desk) resume(c *kase) error {
	if c.base != Monitoring && c.base != Investigated {
		return nil
	}
	_, err := d.step(c, eventResumed, c.at(InProgress), happening{})
	return err
}

func (d *desk) respiteEnds(c *kase) error {
	if c.base != EarningsAttached {
		return nil
	}
	_, err := d.note(c, "earnings_respite_ended", c.state(), c.state(), happening{})
	return err
}

// wake sets what a case waits for again when its last hold has ended.
func (d *desk) wake(c *kase) {
	switch {
	case c.held():
	case c.base == Registered:
		d.set(c, dueStart, d.day.AddDays(d.e.config.StartAfter))
	case len(c.awaits) > 0:
		c.lodgeBy = d.e.law.working.Deadline(d.day, d.e.config.LodgeTime, "UB 2:5").Day
		d.set(c, dueLodge, c.lodgeBy.AddDays(1))
	}
}
