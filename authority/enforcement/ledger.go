package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// bucket is one of the two things owed on an item.
type bucket string

const (
	onPrincipal bucket = "principal"
	onInterest  bucket = "interest"
)

// moveKind is what a movement does.
type moveKind string

// The kinds of movement. The balance of an item is its opening + accrued +
// restored + reversed − allocated − reduced; the money of a case is received =
// allocated − reversed + fees + returned.
const (
	moveAccrued   moveKind = "accrued"    // interest that ran
	moveReceived  moveKind = "received"   // from the debtor, in the case
	moveFees      moveKind = "fees"       // of it, to the authority's fees
	moveAllocated moveKind = "allocated"  // of it, to an item
	moveReturned  moveKind = "returned"   // of it, to the debtor
	movePaidOut   moveKind = "paid_out"   // to the applicant
	moveReduced   moveKind = "reduced"    // by the applicant
	moveReversed  moveKind = "reversed"   // allocation of money not paid out, undone
	moveRestored  moveKind = "restored"   // debt that came back, since money paid out is taken back
	moveTakenBack moveKind = "taken_back" // from the applicant
)

// movement is one thing that happened to a debt or its money.
type movement struct {
	number int64
	caseID int64 // 0 of interest that ran
	day    calendar.Day
	kind   moveKind
	item   int64
	bucket bucket
	amount money.Amount
}

// item is one thing owed, with what is left of it.
type item struct {
	position  int64
	kind      filing.ClaimPartType
	terms     filing.InterestKind
	rate      money.Rate
	from      calendar.Day // first day for which interest is to be computed
	due       calendar.Day
	principal money.Amount
	interest  money.Amount
}

// component is what an account calls a bucket of an item.
type component int

const (
	ofInterest component = iota
	ofCosts
	ofCapital
)

func (i *item) component(b bucket) component {
	switch {
	case b == onInterest || i.kind == filing.CapitalisedInterest:
		return ofInterest
	case i.kind == filing.Capital:
		return ofCapital
	}
	return ofCosts
}

func (i *item) left(b bucket) *money.Amount {
	if b == onInterest {
		return &i.interest
	}
	return &i.principal
}

// debt is what is left of the whole debt.
func (g *group) debt() (sum money.Amount) {
	for i := range g.items {
		sum += g.items[i].principal + g.items[i].interest
	}
	return sum
}

func (g *group) item(position int64) *item {
	i := slices.IndexFunc(g.items, func(i item) bool { return i.position == position })
	if i < 0 {
		return nil
	}
	return &g.items[i]
}

// apply lets a movement change what is left of its item.
func (g *group) apply(m movement) {
	i := g.item(m.item)
	if i == nil {
		return
	}
	switch m.kind {
	case moveAccrued, moveRestored, moveReversed:
		*i.left(m.bucket) += m.amount
	case moveAllocated, moveReduced:
		*i.left(m.bucket) -= m.amount
	}
}

// move appends a movement and applies it. Nothing is moved by zero.
func (g *group) move(m movement) {
	if m.amount <= 0 {
		return
	}
	g.last++
	m.number = g.last
	g.moves = append(g.moves, m)
	g.apply(m)
}

// accrue computes interest up to and including the day.
func (g *group) accrue(l law, day calendar.Day) error {
	if day <= g.accruedTo {
		return nil
	}
	for i := range g.items {
		amount, err := g.items[i].runs(l, g.accruedTo.AddDays(1), day)
		if err != nil {
			return fmt.Errorf("enforcement: interest of item %d of debt %d to %s: %w", g.items[i].position, g.id, day, err)
		}
		g.move(movement{day: day, kind: moveAccrued, item: g.items[i].position, bucket: onInterest, amount: amount})
	}
	g.accruedTo = day
	return nil
}

// runs is the interest on what is left of the principal, for the days from
// first to last, both counted. By the Interest Act it is computed from the
// first day for which a reference rate is known.
func (i *item) runs(l law, first, last calendar.Day) (money.Amount, error) {
	first = max(first, i.from)
	if i.terms == "" || i.from.IsZero() || i.principal <= 0 || first > last {
		return 0, nil
	}
	if i.terms == filing.InterestAgreed {
		n, err := money.Fixed(i.principal, i.rate, first.Time(), last.Time(), money.BothDays)
		return n.Amount, err
	}
	if first = max(first, l.ratesFrom); first > last {
		return 0, nil
	}
	n, err := money.Late(l.table, statute.LateInterestAddition, i.principal, first.Time(), last.Time(), money.BothDays)
	return n.Amount, err
}

// place is a bucket of an item.
type place struct {
	item   *item
	bucket bucket
}

// order is the order in which what comes in is allocated: interest, then
// costs, then capital (UB 13:13), and of each the oldest item first.
func (g *group) order() []place {
	var all []place
	for i := range g.items {
		all = append(all, place{&g.items[i], onInterest}, place{&g.items[i], onPrincipal})
	}
	slices.SortStableFunc(all, func(a, b place) int {
		if c := int(a.item.component(a.bucket)) - int(b.item.component(b.bucket)); c != 0 {
			return c
		}
		return int(a.item.due) - int(b.item.due)
	})
	return all
}

// spread takes at most the amount from the debt, in the order of allocation,
// and returns what was more than the debt.
func (g *group) spread(kind moveKind, caseID int64, amount money.Amount, day calendar.Day) (rest money.Amount) {
	for _, p := range g.order() {
		part := min(amount, *p.item.left(p.bucket))
		if part <= 0 {
			continue
		}
		g.move(movement{caseID: caseID, day: day, kind: kind, item: p.item.position, bucket: p.bucket, amount: part})
		amount -= part
	}
	return amount
}
