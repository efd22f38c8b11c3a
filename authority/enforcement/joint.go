package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// jointDebt is what the verdicts on one joint debt have in common: those who
// are jointly liable (solidariskt) and were served on different days get
// verdicts of their own. It is "" where nobody else owes the debt.
func (v *FromVerdict) jointDebt() string {
	if !v.Joint {
		return ""
	}
	return jointDebt(v.CodeID, v.PaymentOrderCase, v.Reference)
}

func jointDebt(codeID int64, paymentOrderCase, reference string) string {
	return fmt.Sprintf("%d/%s/%s", codeID, paymentOrderCase, reference)
}

// takeJoint locks the debts that the verdicts join, and lays them on the desk.
func (d *desk) takeJoint(verdicts []FromVerdict) error {
	var keys []string
	for i := range verdicts {
		if key := verdicts[i].jointDebt(); key != "" {
			keys = append(keys, key)
		}
	}
	return d.takeDebts(keys)
}

func (d *desk) takeDebts(keys []string) error {
	groups, err := listed(d.tx, `SELECT id FROM enforcement_group WHERE joint_debt <> '' AND joint_debt IN %s`, unique(keys), store.Only[int64])
	if err == nil {
		err = d.take(distinct(groups))
	}
	if err != nil {
		return fmt.Errorf("enforcement: find joint debts: %w", err)
	}
	return nil
}

// joint is the debt on the desk that an application joins; nil if there is
// none.
func (d *desk) joint(key string) *group {
	if key == "" {
		return nil
	}
	i := slices.IndexFunc(d.order, func(g *group) bool { return g.joint == key })
	if i < 0 {
		return nil
	}
	return d.order[i]
}

// join makes the cases of a later verdict on a joint debt. What has been paid
// is paid in them too: where nothing is left of the debt they end at once.
func (d *desk) join(o *opening, g *group) error {
	if err := g.accrue(d.e.law, d.day); err != nil {
		return err
	}
	for i := range o.Respondents {
		d.openCase(o, g, i)
	}
	if err := d.measure(o, g); err != nil {
		return err
	}
	for _, c := range o.cases {
		c.claimed, c.joined, c.accounted = g.claim(c), g.last, g.last
		if err := d.registered(c); err != nil {
			return err
		}
	}
	if g.debtOf(o.cases[0]) > 0 {
		if err := d.setOut(o.cases); err != nil {
			return err
		}
	}
	for _, c := range o.cases {
		if err := d.confirm(c, o); err != nil {
			return err
		}
	}
	return d.settleLinked(g, nil)
}

// setOut lets the handling of cases that have joined a debt begin, with a basic
// fee for their title (AvgF §5).
func (d *desk) setOut(cases []*kase) error {
	for _, c := range cases {
		if err := d.wait(c, nil); err != nil {
			return err
		}
	}
	return d.titleFee(cases[0])
}

// claim is what the debtor of a case would owe if nothing had been paid.
func (g *group) claim(c *kase) (sum money.Amount) {
	for _, p := range g.order() {
		sum += g.gross(p) - g.relief(c, p)
	}
	return sum
}

// measure holds what a verdict grants against the debt that it joins: what it
// grants beyond that raises the debt, and what it grants less is its debtors'
// relief.
func (d *desk) measure(o *opening, g *group) error {
	granted := map[int64]bool{}
	for k := range o.Debts {
		debt, position := &o.Debts[k], o.position(k)
		granted[position] = true
		if g.item(position) == nil {
			g.items, o.added = append(g.items, o.item(k, d.day)), append(o.added, k)
		}
		if err := d.measureItem(o, g, g.item(position), debt); err != nil {
			return err
		}
	}
	for k := range g.items {
		if i := &g.items[k]; !granted[i.position] {
			d.relieveAll(o.cases, place{i, onPrincipal}, g.gross(place{i, onPrincipal}))
			d.relieveAll(o.cases, place{i, onInterest}, g.gross(place{i, onInterest}))
		}
	}
	return nil
}

// oneOre is how much two computations of the same interest may differ, since
// each stretch of days is rounded.
const oneOre money.Amount = 1

func (d *desk) measureItem(o *opening, g *group, i *item, debt *filing.Debt) error {
	principal, interest := place{i, onPrincipal}, place{i, onInterest}
	since, err := i.interestOn(d.e.law, debt.Amount, runsFrom(debt.Interest, d.day), d.day)
	if err != nil {
		return err
	}
	granted := debt.Interest.Accrued + since
	most, err := g.unpaidInterest(d.e.law, i)
	if err != nil {
		return err
	}
	d.raise(o.cases, principal, debt.Amount-g.gross(principal))
	d.relieveAll(o.cases, principal, g.gross(principal)-debt.Amount)
	switch have := g.gross(interest); {
	case granted > most+oneOre:
		d.raise(o.cases, interest, granted-most)
	case have == granted+oneOre:
		g.move(movement{day: d.day, kind: moveUncounted, item: i.position, bucket: onInterest, amount: min(oneOre, i.interest)})
	default:
		d.relieveAll(o.cases, interest, have-granted)
	}
	return nil
}

// unpaidInterest is what the interest on an item would be today if nothing had
// been paid: a later verdict does not know of payments in enforcement.
func (g *group) unpaidInterest(l law, i *item) (money.Amount, error) {
	p := place{i, onInterest}
	begun := g.gross(p) - g.grown(func(m movement) bool { return p.holds(m) && m.kind != moveRaised })
	ran, err := i.interestOn(l, g.gross(place{i, onPrincipal}), i.from, g.accruedTo)
	return begun + ran, err
}

// raise makes a debt larger for the debtors of the cases alone.
func (d *desk) raise(cases []*kase, p place, amount money.Amount) {
	g := cases[0].group
	m := movement{caseID: cases[0].id, day: d.day, kind: moveRaised, item: p.item.position, bucket: p.bucket, amount: amount}
	g.move(m)
	for _, c := range g.cases {
		if !slices.Contains(cases, c) && c.open() {
			m.caseID, m.kind = c.id, moveSpared
			g.move(m)
		}
	}
}

// relieveAll frees the debtors of the cases from an amount of a place.
func (d *desk) relieveAll(cases []*kase, p place, amount money.Amount) {
	for _, c := range cases {
		c.group.move(movement{caseID: c.id, day: d.day, kind: moveRelieved, item: p.item.position, bucket: p.bucket, amount: amount})
	}
}
