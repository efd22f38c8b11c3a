package enforcement

import (
	"filtjanst/authority/notice"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// announceFee tells of a new basic fee four to six weeks ahead.
func (d *desk) announceFee(c *kase) error {
	g := c.group
	if !g.feeNoticed.IsZero() || g.feeNext.IsZero() || g.feeCase != c.id {
		return nil
	}
	little, barred, err := d.feeExempt(g)
	switch {
	case err != nil || barred:
		return err
	case little:
		return d.skipFeeYear(c)
	}
	least, err := d.e.law.after(statute.NewFeeNoticeLast, d.day)
	if err != nil {
		return err
	}
	g.feeNext, g.feeNoticed = max(g.feeNext, least), d.day
	d.set(c, dueFee, g.feeNext)
	return d.tellNewFee(c)
}

func (d *desk) tellNewFee(c *kase) error {
	g := c.group
	n := newFee{noticed: d.day, day: g.feeNext}
	var err error
	if n.fee, err = d.e.law.amount(statute.BasicFee, g.feeNext); err != nil {
		return err
	}
	titles, err := d.titlesOfAYear(g)
	if err != nil {
		return err
	}
	n.fee *= money.Amount(titles)
	if n.unpaid, err = d.openFees(g); err != nil {
		return err
	}
	number, err := d.stay(c, eventFeeNotice, happening{amount: n.fee})
	if err != nil {
		return err
	}
	d.details.newFees = append(d.details.newFees, detail[newFee]{c.id, number, n})
	return d.tell(c, outgoing{tx: filing.VENewFee, message: notice.NewFee, kind: lineNewFee, number: number, facts: func() notice.Facts {
		return notice.Facts{"fee": notice.Amount(n.fee), "earliest": notice.Date(n.day), "latest": notice.Date(n.day), "unpaid": notice.Amount(n.unpaid)}
	}})
}

// renewFee charges the fee that was announced. What the debtor has not paid of
// the year before becomes the applicant's to pay (UB 17:5).
func (d *desk) renewFee(c *kase) error {
	g := c.group
	if g.feeNoticed.IsZero() || g.feeCase != c.id {
		return nil
	}
	little, barred, err := d.feeExempt(g)
	if little || barred {
		g.feeNoticed = 0
	}
	switch {
	case err != nil || barred:
		return err
	case little:
		return d.skipFeeYear(c)
	}
	if !d.e.config.KeepUnpaidFees && g.exempt == "" {
		if _, err := d.passOn(g); err != nil {
			return err
		}
	}
	amount, err := d.chargeFee(c)
	if err != nil {
		return err
	}
	_, err = d.stay(c, eventFeeCharged, happening{amount: amount})
	return err
}
