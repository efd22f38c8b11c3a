package enforcement

import (
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// The debtors of a link group may owe different amounts of its debt: one has a
// verdict for less, or a court has set his aside in part. What one owes less
// than the debt as a whole is a ceiling on his liability: it is spared or
// relieved by movements in his case. What others pay is reckoned first on what
// he does not owe, so that he owes what is left of the debt but never more than
// his own part (docs/decisions/0014).

// balance is what the debtor of a case owes of a place; below zero he has paid
// more than he owes.
func (g *group) balance(c *kase, p place) money.Amount {
	left := *p.item.left(p.bucket)
	if !g.uneven {
		return left
	}
	nobody := g.owedByNobody(p)
	return left - nobody - max(0, g.relief(c, p)-nobody-g.paidByOthers(c, p))
}

// owed is the balance, but not less than nothing.
func (g *group) owed(c *kase, p place) money.Amount { return max(0, g.balance(c, p)) }

// debtOf is what the debtor of a case owes.
func (g *group) debtOf(c *kase) (sum money.Amount) {
	for _, p := range g.order() {
		sum += g.owed(c, p)
	}
	return sum
}

// debt is what somebody whose case is open owes; where none is, what is left.
func (g *group) debt() (most money.Amount) {
	open := g.openCases()
	if g.uneven && len(open) > 0 {
		for _, c := range open {
			most = max(most, g.debtOf(c))
		}
		return most
	}
	for _, p := range g.order() {
		most += *p.item.left(p.bucket) - g.owedByNobody(p)
	}
	return most
}

// relief is what the debtor of a case owes less of a place than the debt.
func (g *group) relief(c *kase, p place) (sum money.Amount) {
	for _, m := range g.moves {
		if m.caseID == c.id && p.holds(m) && (m.kind == moveSpared || m.kind == moveRelieved) {
			sum += m.amount
		}
	}
	return sum
}

// owedByNobody is what all those whose titles stand are relieved of, as far as
// the applicant has not lowered it.
func (g *group) owedByNobody(p place) (least money.Amount) {
	if !g.uneven {
		return 0
	}
	least = g.gross(p) - g.takenOff(p.lowered)
	for _, c := range g.cases {
		if c.reason != filing.FinalTitleSetAside {
			least = min(least, g.relief(c, p))
		}
	}
	return least
}

// lowered tells whether the movement lowers the place at the applicant's word.
func (p place) lowered(m movement) bool { return p.holds(m) && m.kind == moveReduced }

// paidByOthers is what has come off a place otherwise than by the debtor of the
// case.
func (g *group) paidByOthers(c *kase, p place) money.Amount {
	return g.takenOff(func(m movement) bool { return m.caseID != c.id && p.holds(m) })
}

// takenOff is what the chosen movements have paid or lowered, without what was
// undone.
func (g *group) takenOff(chosen func(movement) bool) (sum money.Amount) {
	for _, m := range g.moves {
		if !chosen(m) {
			continue
		}
		switch m.kind {
		case moveAllocated, moveReduced:
			sum += m.amount
		case moveReversed, moveRestored:
			sum -= m.amount
		}
	}
	return sum
}

// gross is a place as it would be if nothing had been paid or lowered.
func (g *group) gross(p place) money.Amount { return *p.item.left(p.bucket) + g.takenOff(p.holds) }

// relieve frees the debtor of a case from an amount of a place, as far as he
// owed it and it has not been lowered in his case already.
func (g *group) relieve(c *kase, p place, amount money.Amount, day calendar.Day) {
	own := g.takenOff(func(m movement) bool { return m.caseID == c.id && p.lowered(m) })
	g.move(movement{caseID: c.id, day: day, kind: moveRelieved, item: p.item.position, bucket: p.bucket,
		amount: min(amount, g.seen(c, p)-g.relief(c, p)-own)})
}

// seen is the gross of a place, but of what it grew by as far as the case sees
// it.
func (g *group) seen(c *kase, p place) money.Amount {
	return g.gross(p) - g.grown(func(m movement) bool { return p.holds(m) && !c.sees(m) })
}

// grown is what the chosen movements have added to the debt.
func (g *group) grown(chosen func(movement) bool) (sum money.Amount) {
	for _, m := range g.moves {
		switch {
		case !chosen(m):
		case m.kind == moveAccrued || m.kind == moveRaised:
			sum += m.amount
		case m.kind == moveUncounted:
			sum -= m.amount
		}
	}
	return sum
}

// refund gives back to each debtor what he has paid above what he owes.
func (g *group) refund(day calendar.Day) {
	for _, p := range g.order() {
		for _, c := range g.cases {
			if over := -g.balance(c, p); over > 0 {
				g.undo(c, p.holds, min(over, g.paidOn(c, p.holds)), day)
			}
		}
	}
}

// bearing is the principal of an item on which interest runs: the most that
// anybody owes of it.
func (g *group) bearing(i *item) (most money.Amount) {
	p := place{i, onPrincipal}
	open := g.openCases()
	if !g.uneven || len(open) == 0 {
		return i.principal - g.owedByNobody(p)
	}
	for _, c := range open {
		most = max(most, g.owed(c, p))
	}
	return most
}

// spare frees each debtor who owes less of the principal from the interest on
// the rest.
func (g *group) spare(l law, i *item, bearing, ran money.Amount, first, last calendar.Day) error {
	if !g.uneven {
		return nil
	}
	for _, c := range g.openCases() {
		own := g.owed(c, place{i, onPrincipal})
		if own >= bearing {
			continue
		}
		part, err := i.interestOn(l, own, first, last)
		if err != nil {
			return err
		}
		g.move(movement{caseID: c.id, day: last, kind: moveSpared, item: i.position, bucket: onInterest, amount: ran - part})
	}
	return nil
}
