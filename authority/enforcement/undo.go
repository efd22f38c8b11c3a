package enforcement

import (
	"slices"

	"filtjanst/calendar"
	"filtjanst/money"
)

// giveBack undoes what a case has paid: what is not paid out yet goes to the
// debtor, what has been paid out is taken back from the applicant (UB 3:22).
func (g *group) giveBack(c *kase, day calendar.Day) {
	for _, p := range g.order() {
		g.undo(c, p.holds, g.paidOn(c, p.holds), day)
	}
}

// holds tells whether the movement is on the place.
func (p place) holds(m movement) bool { return m.item == p.item.position && m.bucket == p.bucket }

// undo gives back at most the amount of what the case has allocated by the
// chosen movements, the last first.
func (g *group) undo(c *kase, chosen func(movement) bool, amount money.Amount, day calendar.Day) {
	s := g.sums(c, 0)
	held := s.allocated() - s.paidOut
	var returned, takenBack money.Amount
	for _, m := range slices.Backward(slices.Clone(g.moves)) {
		if m.caseID != c.id || m.kind != moveAllocated || !chosen(m) {
			continue
		}
		part := min(amount, m.amount)
		back := min(held-returned, part)
		g.move(movement{caseID: c.id, day: day, kind: moveReversed, item: m.item, bucket: m.bucket, amount: back})
		g.move(movement{caseID: c.id, day: day, kind: moveRestored, item: m.item, bucket: m.bucket, amount: part - back})
		returned, takenBack, amount = returned+back, takenBack+part-back, amount-part
	}
	g.move(movement{caseID: c.id, day: day, kind: moveReturned, amount: returned})
	g.move(movement{caseID: c.id, day: day, kind: moveTakenBack, amount: takenBack})
}

// paidOn is what a case has paid by the chosen movements, without what has
// been undone.
func (g *group) paidOn(c *kase, chosen func(movement) bool) (sum money.Amount) {
	for _, m := range g.moves {
		switch {
		case m.caseID != c.id || !chosen(m):
		case m.kind == moveAllocated:
			sum += m.amount
		case m.kind == moveReversed || m.kind == moveRestored:
			sum -= m.amount
		}
	}
	return sum
}
