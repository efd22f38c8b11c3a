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

// The kinds of movement. The balance of an item is its opening + accrued −
// uncounted + raised + restored + reversed − allocated − reduced; the money of a
// case is received = allocated − reversed + fees − fees returned + returned.
// What is spared or relieved is no less debt, but not the debtor's of the case.
const (
	moveAccrued   moveKind = "accrued"    // interest that ran
	moveUncounted moveKind = "uncounted"  // interest that had not run after all, since money had come before
	moveRaised    moveKind = "raised"     // debt that a later verdict grants beyond the earlier
	moveSpared    moveKind = "spared"     // of what ran or was raised, not owed by this debtor
	moveRelieved  moveKind = "relieved"   // of the debt, not owed by this debtor
	moveReceived  moveKind = "received"   // from the debtor, in the case
	moveFees      moveKind = "fees"       // of it, to the authority's fees
	moveFeesBack  moveKind = "fees_back"  // from the fees, since there is none after all
	moveAllocated moveKind = "allocated"  // of it, to an item
	moveReturned  moveKind = "returned"   // of it, to the debtor
	movePaidOut   moveKind = "paid_out"   // to the applicant
	moveReduced   moveKind = "reduced"    // by the applicant
	moveReversed  moveKind = "reversed"   // allocation of money not paid out, undone
	moveRestored  moveKind = "restored"   // debt that came back, since money paid out is taken back
	moveTakenBack moveKind = "taken_back" // from the applicant, who owes it
	moveRepaid    moveKind = "repaid"     // by the applicant, of what is taken back, to the debtor
)

// movement is one thing that happened to a debt or its money.
type movement struct {
	number int64
	caseID int64 // 0 of interest that ran, and of what was paid outside the cases
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
	case moveAccrued, moveRaised, moveRestored, moveReversed:
		*i.left(m.bucket) += m.amount
	case moveAllocated, moveReduced, moveUncounted:
		*i.left(m.bucket) -= m.amount
	case moveSpared, moveRelieved:
		g.uneven = true
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
	first := g.accruedTo.AddDays(1)
	for i := range g.items {
		it := &g.items[i]
		bearing := g.bearing(it)
		amount, err := it.interestOn(l, bearing, first, day)
		if err == nil {
			g.move(movement{day: day, kind: moveAccrued, item: it.position, bucket: onInterest, amount: amount})
			err = g.spare(l, it, bearing, amount, first, day)
		}
		if err != nil {
			return fmt.Errorf("enforcement: interest of item %d of debt %d to %s: %w", it.position, g.id, day, err)
		}
	}
	g.accruedTo = day
	return nil
}

// interestOn is the interest on a principal by the terms of the item, for the
// days from first to last, both counted. By the Interest Act it is computed
// from the first day for which a reference rate is known.
func (i *item) interestOn(l law, principal money.Amount, first, last calendar.Day) (money.Amount, error) {
	first = max(first, i.from)
	if i.terms == "" || i.from.IsZero() || principal <= 0 || first > last {
		return 0, nil
	}
	if i.terms == filing.InterestAgreed {
		n, err := money.Fixed(principal, i.rate, first.Time(), last.Time(), money.BothDays)
		return n.Amount, err
	}
	if first = max(first, l.ratesFrom); first > last {
		return 0, nil
	}
	n, err := money.Late(l.table, statute.LateInterestAddition, principal, first.Time(), last.Time(), money.BothDays)
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
