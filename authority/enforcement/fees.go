package enforcement

import (
	"cmp"
	"slices"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// The fees of a debt stand under the id of its group, whichever of its cases
// pays them: one basic fee a title (AvgF §§5, 5 a).

// chargeFee charges the basic fee of a debt, in the case that watches its fee
// days, and sets the day of the next.
func (d *desk) chargeFee(c *kase) (money.Amount, error) {
	g := c.group
	titles, err := d.titlesOfAYear(g)
	if err != nil {
		return 0, err
	}
	amount, err := d.charge(c, titles)
	if err != nil {
		return 0, err
	}
	g.feeCase, g.feeNoticed = c.id, 0
	if g.feeNext, err = d.e.law.after(statute.BasicFeeYear, d.day); err != nil {
		return 0, err
	}
	return amount, d.planFeeNotice(c)
}

// charge charges a basic fee for each of so many titles.
func (d *desk) charge(c *kase, titles int64) (money.Amount, error) {
	amount, err := d.e.law.amount(statute.BasicFee, d.day)
	if err != nil || amount == 0 {
		return 0, err
	}
	id, err := d.supply.fees.Take()
	if err != nil {
		return 0, err
	}
	amount *= money.Amount(titles)
	a := c.group.application
	d.charges = append(d.charges, fee.Item{ID: id, CodeID: a.codeID, Service: filing.Enforcement, CaseID: c.group.id, Reference: c.number,
		Own: a.reference, Client: a.client, Kind: fee.BasicFee, Amount: amount, Day: d.day, Bearer: fee.Debtor})
	return amount, nil
}

// titleFee charges the basic fee of a title that has joined the debt. The fee
// days of the debt stand where a case still watches them.
func (d *desk) titleFee(c *kase) (err error) {
	g := c.group
	if watching := d.byID[g.feeCase]; watching.open() && !g.feeNext.IsZero() {
		c.confirmedFee, err = d.charge(c, 1)
		return err
	}
	c.confirmedFee, err = d.chargeFee(c)
	return err
}

// titlesOfAYear counts the titles enforced in open cases for a year or more: so
// many basic fees are charged on a fee day of the debt (AvgF §5), as announced
// even if evenings were missed since. There is one at least: that of the case
// which begins.
func (d *desk) titlesOfAYear(g *group) (int64, error) {
	titles := map[int64]bool{}
	for _, c := range g.openCases() {
		year, err := d.e.law.after(statute.BasicFeeYear, c.registered)
		if err != nil {
			return 0, err
		}
		if year <= cmp.Or(g.feeNext, d.day) {
			titles[c.application] = true
		}
	}
	return max(1, int64(len(titles))), nil
}

// planFeeNotice sets the day on which the next fee is announced, in the middle
// of the weeks before it, or tomorrow if that has passed.
func (d *desk) planFeeNotice(c *kase) error {
	g := c.group
	first, err := d.e.law.before(statute.NewFeeNoticeFirst, g.feeNext)
	if err != nil {
		return err
	}
	last, err := d.e.law.before(statute.NewFeeNoticeLast, g.feeNext)
	if err != nil {
		return err
	}
	d.set(c, dueFeeNotice, max(first+(last-first)/2, d.day.AddDays(1)))
	return nil
}

// feeExempt tells whether no new fee is charged now (AvgF §5): little, since too
// little is unpaid, so that none is charged this year; barred, since there is a
// bar to enforcement, as what remains of a bankrupt's (UB 4:9 b), so that it is
// charged as soon as the case goes on. A case that is monitored is handled.
func (d *desk) feeExempt(g *group) (little, barred bool, err error) {
	limit, err := d.e.law.amount(statute.BasicFeeUnpaidLimit, d.day)
	if err != nil {
		return false, false, err
	}
	if err := g.accrue(d.e.law, d.day); err != nil {
		return false, false, err
	}
	if g.debt() < limit {
		return true, false, nil
	}
	return false, !slices.ContainsFunc(g.openCases(), func(c *kase) bool { return !c.held() }), nil
}

// skipFeeYear lets a year pass without a fee.
func (d *desk) skipFeeYear(c *kase) (err error) {
	g := c.group
	if g.feeNext, err = d.e.law.after(statute.BasicFeeYear, g.feeNext); err != nil {
		return err
	}
	return d.planFeeNotice(c)
}

// passOn makes the open fees of a debt the applicant's to pay.
func (d *desk) passOn(g *group) (money.Amount, error) {
	return d.e.fees.PassOn(d.tx, g.id, d.day)
}

// openFees is what the debtors have not paid of the fees.
func (d *desk) openFees(g *group) (sum money.Amount, err error) {
	for _, i := range d.charges {
		if i.CaseID == g.id {
			sum += i.Amount
		}
	}
	if g.fresh {
		return sum, nil
	}
	if stored, known := d.unpaid[g.id]; known {
		return sum + stored, nil
	}
	stored, err := d.e.fees.CaseUnpaid(d.tx, g.id)
	return sum + stored, err
}

// askUnpaid asks at once for the stored open fees of the debts whose handling
// starts, which their letters tell. What else may move the fees of a debt before
// its turn comes must forget them.
func (d *desk) askUnpaid(due []service.Deadline) error {
	var groups []int64
	for _, dl := range due {
		if c := d.byID[dl.Subject]; dl.Kind == dueStart && c != nil {
			groups = append(groups, c.group.id)
		}
	}
	if len(groups) == 0 || d.e.letters == nil {
		return nil
	}
	all, err := d.e.fees.CasesUnpaid(d.tx, distinct(groups))
	if err != nil {
		return err
	}
	d.unpaid = map[int64]money.Amount{}
	for _, id := range groups {
		d.unpaid[id] = all[id]
	}
	return nil
}

// takeFees takes the open fees of what has come in, and returns the rest. That
// fees are taken first is assumed.
func (d *desk) takeFees(c *kase, amount money.Amount, day calendar.Day) (money.Amount, error) {
	if err := d.writeCharges(); err != nil { // charged in this transaction, paid in it too
		return 0, err
	}
	d.charges = nil
	open, err := d.e.fees.CaseUnpaid(d.tx, c.group.id)
	if err != nil {
		return 0, err
	}
	part := min(open, amount)
	if part == 0 {
		return amount, nil
	}
	c.group.move(movement{caseID: c.id, day: day, kind: moveFees, amount: part})
	return amount - part, d.e.fees.Recover(d.tx, c.group.id, part, day)
}

// settleFees settles the fees when a case closes: there are none if nothing
// was done (AvgF §3), and what is left when the last case of the debt closes
// is the applicant's (AvgF §16 a).
func (d *desk) settleFees(c *kase, reason filing.FinalReason) (money.Amount, error) {
	g := c.group
	if len(g.openCases()) > 0 {
		return 0, nil
	}
	if err := d.writeCharges(); err != nil {
		return 0, err
	}
	d.charges = nil
	if g.withoutFee() {
		return 0, d.forgoFees(g, service.Officer{Name: d.by.Name, Reason: "AvgF §3: " + string(reason)})
	}
	return d.applicantsFees(g)
}

// withoutFee tells whether there is no basic fee at all: each application was
// dismissed, or its case ended by bankruptcy, restructuring or want of an
// advance before anything was done (AvgF §3).
func (g *group) withoutFee() bool {
	return !slices.ContainsFunc(g.cases, func(c *kase) bool {
		switch c.reason {
		case filing.FinalDismissed:
			return false
		case filing.FinalBankruptcy, filing.FinalRestructuring:
			return c.measured
		case filing.FinalDiscontinued:
			return c.measured || !c.unadvanced
		}
		return true
	})
}

// forgoFees takes the fees of a debt back. What its debtors have paid of them
// goes back to them.
func (d *desk) forgoFees(g *group, by service.Officer) error {
	paid, err := d.e.fees.ReturnCase(d.tx, g.id, d.day, by)
	if err != nil {
		return err
	}
	for _, c := range g.cases {
		back := min(paid, g.sums(c, 0).fees)
		g.move(movement{caseID: c.id, day: d.day, kind: moveFeesBack, amount: back})
		g.move(movement{caseID: c.id, day: d.day, kind: moveReturned, amount: back})
		paid -= back
	}
	_, err = d.e.fees.ReverseCase(d.tx, filing.Enforcement, g.id, d.day, by)
	return err
}

// moveFeeDays lets another open case watch the fee days when the one that did
// is closed.
func (d *desk) moveFeeDays(c *kase) error {
	g := c.group
	rest := g.openCases()
	if g.feeCase != c.id || len(rest) == 0 || g.feeNext.IsZero() {
		return nil
	}
	g.feeCase = rest[0].id
	if g.feeNoticed.IsZero() {
		year, err := d.e.law.after(statute.BasicFeeYear, rest[0].registered)
		if err != nil {
			return err
		}
		g.feeNext = max(g.feeNext, year)
		return d.planFeeNotice(rest[0])
	}
	d.set(rest[0], dueFee, g.feeNext)
	return nil
}

// watchFees announces a fee that was not charged while the case rested, now
// that it goes on.
func (d *desk) watchFees(g *group) error {
	if g.feeNext.IsZero() || !g.feeNoticed.IsZero() || g.feeNext > d.day.AddDays(60) {
		return nil
	}
	for _, c := range g.openCases() {
		if c.id == g.feeCase {
			return d.planFeeNotice(c)
		}
	}
	return nil
}
