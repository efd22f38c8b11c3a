package enforcement

import (
	"filtjanst/authority/notice"
	"filtjanst/filing"
	"filtjanst/money"
)

// finish closes a case with its final account. The fees that the debtor has
// not paid are settled with the last case of the debt.
func (d *desk) finish(c *kase, event string, to State, reason filing.FinalReason) error {
	g := c.group
	if err := g.accrue(d.e.law, d.day); err != nil {
		return err
	}
	attached := c.base == EarningsAttached
	number, err := d.step(c, event, c.end(to), happening{amount: g.debtOf(c), text: string(reason)})
	if err != nil {
		return err
	}
	if attached {
		if err := d.stopEarnings(c); err != nil {
			return err
		}
	}
	d.payOut(c)
	before := g.last
	c.reason = reason
	unpaid, err := d.settleFees(c, reason)
	if err != nil {
		return err
	}
	c.awaits, c.lodgeBy, c.accountDue, c.deferredFrom = nil, 0, 0, 0
	c.closed, c.accounted = d.day, g.last
	d.cleared = append(d.cleared, c)
	d.purges = append(d.purges, c)
	if err := d.moveFeeDays(c); err != nil {
		return err
	}
	if err := d.finalAccount(c, number, unpaid); err != nil {
		return err
	}
	return d.accountAgain(g, before, c, func(c *kase) (int64, error) {
		return d.note(c, "fees_returned", c.state(), c.state(), happening{text: "AvgF §3"})
	})
}

// finalAccount tells the sums of a closed case.
func (d *desk) finalAccount(c *kase, number int64, unpaid money.Amount) error {
	s := c.group.ofDebtor(c)
	s.paidOut -= s.takenBack
	a := account{day: d.day, reason: c.reason, sums: s, claimed: c.claimed, remaining: s.remaining(c.claimed), feesUnpaid: unpaid}
	d.details.accounts = append(d.details.accounts, detail[account]{c.id, number, a})
	return d.tell(c, outgoing{tx: filing.VEFinalAccount, message: notice.FinalAccount, kind: lineAccount, number: number, facts: func() notice.Facts {
		return finalFacts(a)
	}})
}

// setAside closes a case whose title no longer stands, and gives back what it
// has paid (UB 3:22). Fees that were taken stay with the state.
func (d *desk) setAside(c *kase, r Ruling) error {
	before := c.group.last
	if err := d.endTitle(c); err != nil {
		return err
	}
	return d.demandBack(c.group, before, r)
}

func (d *desk) endTitle(c *kase) error {
	g := c.group
	if c.reason == filing.FinalTitleSetAside {
		return nil
	}
	if err := g.accrue(d.e.law, d.day); err != nil {
		return err
	}
	if c.open() {
		g.giveBack(c, d.day)
		if err := d.finish(c, eventSetAside, Closed, filing.FinalTitleSetAside); err != nil {
			return err
		}
		return d.refund(g)
	}
	number, err := d.stay(c, eventSetAside, happening{text: string(filing.FinalTitleSetAside)})
	if err != nil {
		return err
	}
	g.giveBack(c, d.day)
	c.reason, c.touched = filing.FinalTitleSetAside, true
	if err := d.finalAccount(c, number, 0); err != nil {
		return err
	}
	return d.refund(g)
}
