package enforcement

import (
	"filtjanst/money"
)

// sums are what the movements of a debt come to, as one of its cases sees
// them. Interest, costs and capital are of the money received in the case;
// the same of linked cases stands in byLinked, and in linked as a whole.
type sums struct {
	accrued, restored, reduced money.Amount
	received, fees, returned   money.Amount
	paidOut, takenBack, repaid money.Amount // paidOut without what was taken back
	linked                     money.Amount
	own, byLinked              [3]money.Amount // by component
}

// allocated is what went to the debt of the money received in the case.
func (s sums) allocated() money.Amount { return s.own[ofInterest] + s.own[ofCosts] + s.own[ofCapital] }

// remaining is the debt left, of what was claimed at registration.
func (s sums) remaining(claimed money.Amount) money.Amount {
	return claimed + s.accrued + s.restored - s.allocated() - s.linked - s.reduced
}

// sums adds up the movements after the one with the number that the case sees.
func (g *group) sums(c *kase, after int64) (s sums) {
	for _, m := range g.moves {
		if m.number > after && c.sees(m) {
			g.add(&s, c, m)
		}
	}
	return s
}

func (g *group) add(s *sums, c *kase, m movement) {
	switch m.kind {
	case moveAccrued, moveUncounted, moveRaised, moveSpared, moveRelieved:
		if m.number > c.joined { // else the claim of the case says so
			s.grow(m, m.caseID == c.id)
		}
		return
	case moveReduced:
		s.reduced += m.amount
		return
	case moveRestored:
		s.restored += m.amount
		return
	}
	if m.caseID == c.id {
		g.addOwn(s, m)
		return
	}
	switch m.kind {
	case moveAllocated:
		s.linked += m.amount
		s.byLinked[g.item(m.item).component(m.bucket)] += m.amount
	case moveReversed: // what was credited has been said; the debt comes back
		s.restored += m.amount
	}
}

// grow adds what makes the debt itself larger or smaller.
func (s *sums) grow(m movement, own bool) {
	switch {
	case m.kind == moveAccrued || m.kind == moveRaised:
		s.accrued += m.amount
	case m.kind == moveUncounted || m.kind == moveSpared && own:
		s.accrued -= m.amount
	case m.kind == moveRelieved && own:
		s.reduced += m.amount
	}
}

// ofDebtor are the sums of a case that tell of what its debtor owed alone: what others
// have paid on the rest of the debt is neither credited nor lowered here.
func (g *group) ofDebtor(c *kase) sums {
	s := g.sums(c, 0)
	if g.uneven {
		for _, p := range g.order() {
			rest := g.paidOnRest(c, p)
			linked := min(rest, s.linked)
			s.linked, s.reduced = s.linked-linked, s.reduced-(rest-linked)
		}
	}
	if s.accrued < 0 { // interest of days before the case
		s.linked, s.accrued = s.linked-s.accrued, 0
	}
	if !c.closed.IsZero() { // what was set aside of interest after the account
		s.reduced += min(0, s.remaining(c.claimed))
	}
	return s
}

// paidOnRest is what others have paid of a place on what the debtor of the case
// does not owe, as far as the case sees it.
func (g *group) paidOnRest(c *kase, p place) money.Amount {
	others := g.takenOff(func(m movement) bool { return m.caseID != c.id && p.holds(m) && c.sees(m) })
	lowered := g.takenOff(func(m movement) bool { return p.lowered(m) && c.sees(m) })
	nobody := min(g.owedByNobody(p), g.seen(c, p)-lowered)
	return max(0, min(others, g.relief(c, p)-nobody))
}

// sees tells whether a movement counts in a case: a closed one does not see what
// happened after it but to itself.
func (c *kase) sees(m movement) bool {
	return c.closed.IsZero() || m.number <= c.accounted || m.caseID == c.id
}

func (g *group) addOwn(s *sums, m movement) {
	switch m.kind {
	case moveReceived:
		s.received += m.amount
	case moveFees:
		s.fees += m.amount
	case moveFeesBack:
		s.fees -= m.amount
	case moveReturned:
		s.returned += m.amount
	case moveAllocated:
		s.own[g.item(m.item).component(m.bucket)] += m.amount
	case moveReversed:
		s.own[g.item(m.item).component(m.bucket)] -= m.amount
	case movePaidOut:
		s.paidOut += m.amount
	case moveTakenBack:
		s.takenBack += m.amount
	case moveRepaid:
		s.repaid += m.amount
	}
}
