package enforcement

import (
	"cmp"
	"slices"

	"filtjanst/calendar"
	"filtjanst/money"
)

// payment is money, or a lowering, that comes off a debt. It is made in a case,
// or outside them all.
type payment struct {
	kind   moveKind // moveAllocated or moveReduced
	in     *kase    // nil: outside the cases
	amount money.Amount
	day    calendar.Day
}

// most is what the payment can take from a place.
func (g *group) most(p payment, at place) money.Amount {
	if p.in == nil {
		return max(0, *at.item.left(at.bucket)-g.owedByNobody(at))
	}
	return g.owed(p.in, at)
}

// spread takes at most the amount from the debt, in the order of allocation,
// and returns what was more than the debt. A payment of a day to which more
// interest has been counted already takes that interest back.
func (g *group) spread(l law, p payment) (rest money.Amount, err error) {
	if p.day < g.accruedTo {
		if p.amount, err = g.spreadBack(l, p); err != nil {
			return 0, err
		}
	}
	return g.take(p, nil), nil
}

// take lets a payment take what it can; of the interest of an item not what is
// kept from it.
func (g *group) take(p payment, kept map[int64]money.Amount) (rest money.Amount) {
	var caseID int64
	if p.in != nil {
		caseID = p.in.id
	}
	rest = p.amount
	for _, at := range g.order() {
		most := g.most(p, at)
		if at.bucket == onInterest {
			most -= kept[at.item.position]
		}
		part := max(0, min(rest, most))
		g.move(movement{caseID: caseID, day: p.day, kind: p.kind, item: at.item.position, bucket: at.bucket, amount: part})
		rest -= part
	}
	return rest
}

// spreadBack lets a payment that was made before the day to which interest is
// counted take what was owed then, and takes back the interest since on the
// principal that it paid.
func (g *group) spreadBack(l law, p payment) (rest money.Amount, err error) {
	since, before := map[int64]money.Amount{}, map[int64]money.Amount{}
	for k := range g.items {
		i := &g.items[k]
		before[i.position] = i.principal
		if since[i.position], err = g.ranSince(l, i, p.day); err != nil {
			return 0, err
		}
	}
	rest = g.take(p, since)
	for k := range g.items {
		i := &g.items[k]
		// The principal of the days since is now lower than it was counted.
		right, err := g.ranSince(l, i, p.day)
		if err != nil {
			return 0, err
		}
		if i.principal < before[i.position] {
			g.uncount(i, since[i.position]-right, p.day)
		}
	}
	return rest, nil
}

// ranSince is the interest that was counted on an item for the days after one.
func (g *group) ranSince(l law, i *item, day calendar.Day) (sum money.Amount, err error) {
	changes := g.principalSince(i, day)
	principal := i.principal - g.owedByNobody(place{i, onPrincipal})
	for _, m := range changes {
		principal -= m.amount
	}
	first := day.AddDays(1)
	for _, m := range append(changes, movement{day: g.accruedTo}) {
		part, err := i.interestOn(l, principal, first, min(m.day, g.accruedTo))
		if err != nil {
			return 0, err
		}
		sum, principal, first = sum+part, principal+m.amount, max(first, m.day.AddDays(1))
	}
	return sum, nil
}

// principalSince are the movements after a day that changed the principal of
// an item, by day; the amount is what they added.
func (g *group) principalSince(i *item, day calendar.Day) (all []movement) {
	for _, m := range g.moves {
		if m.day <= day || m.item != i.position || m.bucket != onPrincipal {
			continue
		}
		switch m.kind {
		case moveRaised, moveRestored, moveReversed:
		case moveAllocated, moveReduced:
			m.amount = -m.amount
		default:
			continue
		}
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(a, b movement) int { return cmp.Compare(a.day, b.day) })
	return all
}

// uncount takes back interest that had not run after all. What has been paid
// of it is reckoned on the rest of the debt instead, in the cases that paid it.
func (g *group) uncount(i *item, amount money.Amount, day calendar.Day) {
	interest := place{i, onInterest}
	var again []payment
	var planned money.Amount
	for _, c := range slices.Backward(g.cases) {
		paid := min(amount-i.interest, g.paidOn(c, interest.holds), g.debtOf(c)-g.owed(c, interest)-planned)
		if paid <= 0 {
			continue
		}
		g.move(movement{caseID: c.id, day: day, kind: moveReversed, item: i.position, bucket: onInterest, amount: paid})
		again, planned = append(again, payment{moveAllocated, c, paid, day}), planned+paid
	}
	g.move(movement{day: day, kind: moveUncounted, item: i.position, bucket: onInterest, amount: min(amount, i.interest)})
	for _, p := range again {
		g.take(p, nil)
	}
}
