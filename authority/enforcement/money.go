package enforcement

import (
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// receive takes in money from the debtor of the case: first the authority's
// fees, then the debt. What is more goes back to the debtor.
func (d *desk) receive(c *kase, amount money.Amount, day calendar.Day, from string) error {
	if amount <= 0 || amount > maxAmount {
		return badAmount()
	}
	if day < c.registered {
		return service.Refuse("early_day", fmt.Sprintf("Målet %s registrerades först %s.", c.number, c.registered), fmt.Sprintf("Case %s was not registered until %s.", c.number, c.registered))
	}
	if day > d.day {
		return futureDay(day)
	}
	g := c.group
	if _, err := d.stay(c, eventMoney, happening{amount: amount, text: from}); err != nil {
		return err
	}
	if err := g.accrue(d.e.law, day); err != nil {
		return err
	}
	c.measured, c.touched = true, true
	g.move(movement{caseID: c.id, day: day, kind: moveReceived, amount: amount})
	rest, err := d.takeFees(c, amount, day)
	if err != nil {
		return err
	}
	if rest, err = g.spread(d.e.law, payment{moveAllocated, c, rest, day}); err != nil {
		return err
	}
	g.move(movement{caseID: c.id, day: day, kind: moveReturned, amount: rest})
	if c.claimed > 0 {
		if err := d.settle(c); err != nil {
			return err
		}
	}
	for _, other := range g.openCases() {
		if err := d.planAccount(other, day); err != nil {
			return err
		}
	}
	return nil
}

func badAmount() error {
	return service.Refuse("bad_amount", "Beloppet ska vara större än noll och högst 100 miljarder kronor.", "The amount must be above zero and at most 100 thousand million kronor.")
}

func futureDay(day calendar.Day) error {
	return service.Refuse("future_day", fmt.Sprintf("Dagen %s ligger i framtiden.", day), fmt.Sprintf("The day %s lies in the future.", day))
}

// maxAmount keeps sums within what files and amounts can hold.
const maxAmount = 100_000_000_000 * money.Krona

// settle closes the cases whose debtors owe nothing any more, now that
// something has come off the debt in this one.
func (d *desk) settle(c *kase) error {
	if c.open() && c.group.debtOf(c) == 0 {
		if err := d.finish(c, eventPaid, Closed, filing.FinalPaid); err != nil {
			return err
		}
	}
	return d.settleLinked(c.group, c)
}

// settleLinked closes those of a debt who owe nothing any more, but one.
func (d *desk) settleLinked(g *group, but *kase) error {
	for _, c := range g.openCases() {
		if c == but || g.debtOf(c) > 0 {
			continue
		}
		if err := d.finish(c, eventPaidLinked, Closed, filing.FinalPaidLinked); err != nil {
			return err
		}
	}
	return nil
}

// planAccount sees that money which came in is accounted for in time: some
// days after, or within three months where the sum is small (UF 13:3).
func (d *desk) planAccount(c *kase, day calendar.Day) error {
	s := c.group.sums(c, c.accounted)
	if s.received == 0 && s.linked == 0 {
		return nil
	}
	due, err := d.accountDay(day, max(s.allocated(), s.linked))
	if err != nil || !c.accountDue.IsZero() && c.accountDue <= due {
		return err
	}
	c.accountDue, c.touched = due, true
	d.set(c, dueAccount, due)
	return nil
}

// accountDay is when money received on the day is accounted for.
func (d *desk) accountDay(day calendar.Day, sum money.Amount) (calendar.Day, error) {
	l := d.e.law
	small, err := l.amount(statute.SmallSum, day)
	if err != nil {
		return 0, err
	}
	symbol := statute.PayoutTime
	if sum < small {
		symbol = statute.PayoutTimeSmall
	}
	last, err := l.after(symbol, day)
	if err != nil {
		return 0, err
	}
	due := day.AddDays(d.e.config.PayoutAfter)
	if sum < small {
		due = last
	}
	for due = min(due, last); !l.working.IsWorking(due) && due > day; due-- {
	}
	return due, nil
}

// accountInTime accounts for money when its day has come, unless a court has
// stayed the enforcement: that is a bar (UF 13:3).
func (d *desk) accountInTime(c *kase) error {
	if c.has(Stayed) {
		c.accountDue, c.touched = 0, true
		return nil
	}
	return d.account(c)
}

// account pays out what has come in since the last account and tells of it
// (UB 13:1).
func (d *desk) account(c *kase) error {
	c.accountDue, c.touched = 0, true
	if err := c.group.accrue(d.e.law, d.day); err != nil {
		return err
	}
	s := c.group.sums(c, c.accounted)
	if s.received == 0 && s.linked == 0 {
		return nil
	}
	paid := d.payOut(c)
	number, err := d.stay(c, eventPaidOut, happening{amount: paid})
	if err != nil {
		return err
	}
	s.paidOut = paid
	s.received -= s.returned
	for i := range s.own {
		s.own[i] += s.byLinked[i]
	}
	if s.own[ofInterest] < 0 { // paid as interest and told so, that had not run
		s.own[ofCapital], s.own[ofInterest] = s.own[ofCapital]+s.own[ofInterest], 0
	}
	c.accounted = c.group.last
	d.details.accounts = append(d.details.accounts, detail[account]{c.id, number,
		account{day: d.day, sums: s, claimed: c.claimed, remaining: c.group.debtOf(c)}})
	return d.tell(c, outgoing{tx: filing.VEInterimAccount, message: notice.InterimAccount, kind: lineAccount, number: number, facts: func() notice.Facts {
		return interimFacts(s, d.day, c.group.debtOf(c))
	}})
}

// payOut pays what was allocated in the case and is not paid out yet.
func (d *desk) payOut(c *kase) money.Amount {
	s := c.group.sums(c, 0)
	amount := s.allocated() - s.paidOut
	c.group.move(movement{caseID: c.id, day: d.day, kind: movePaidOut, amount: amount})
	return amount
}
