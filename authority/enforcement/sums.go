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
	paidOut, takenBack         money.Amount // paidOut without what was taken back
	linked                     money.Amount
	own, byLinked              [3]money.Amount // by component
}

// allocated is what went to the debt of the money received in the case.
func (s sums) allocated() money.Amount { return s.own[ofInterest] + s.own[ofCosts] + s.own[ofCapital] }

// remaining is the debt left, of what was claimed at registration.
func (s sums) remaining(claimed money.Amount) money.Amount {
	return claimed + s.accrued + s.restored - s.allocated() - s.linked - s.reduced
}

// sums adds up the movements after the one with the number. A closed case does
// not see what happened after it but to itself.
func (g *group) sums(c *kase, after int64) (s sums) {
	for _, m := range g.moves {
		if m.number <= after || !c.closed.IsZero() && m.number > c.accounted && m.caseID != c.id {
			continue
		}
		g.add(&s, c, m)
	}
	return s
}

func (g *group) add(s *sums, c *kase, m movement) {
	switch m.kind {
	case moveAccrued:
		s.accrued += m.amount
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

func (g *group) addOwn(s *sums, m movement) {
	switch m.kind {
	case moveReceived:
		s.received += m.amount
	case moveFees:
		s.fees += m.amount
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
	}
}
