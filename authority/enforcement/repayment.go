package enforcement

import (
	"cmp"
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Events of what an applicant is to pay back that stand in no table.
const (
	eventRepaymentDemanded = "repayment_demanded"
	eventRepaymentOverdue  = "repayment_overdue"
)

// Ruling is the decision by which a court has set a title aside.
type Ruling struct {
	Court string       // "": not told
	Day   calendar.Day // zero: today
}

// Repay enters that the applicant has paid back what it was paid on a title
// that was set aside, or a part of it (UB 3:22). The money goes to the debtor.
func (e *Enforcements) Repay(ctx context.Context, by service.Officer, number string, amount money.Amount, day calendar.Day) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.repay(c, amount, day) })
}

func (e *Enforcements) repayAct() service.Act {
	return paying("repay", "Ta emot återbetalning från sökanden", "Take a repayment by the applicant", "UB 3:22", e.Repay)
}

// paying is an act that enters what an applicant has paid, and when.
func paying(name, sv, en, basis string, do func(context.Context, service.Officer, string, money.Amount, calendar.Day) error) service.Act {
	day := param("day", service.DayParam, true, "dag", "day")
	day.Past = true
	return deed(name, sv, en, basis, []service.Param{param("amount", service.AmountParam, true, "belopp", "amount"), day},
		func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
			amount, day := v.Amount("amount"), v.Day("day")
			return func() error { return do(ctx, by, number, amount, day) }
		})
}

// demandBack demands of the applicant what the debtors of a debt are to have
// back, of what has been paid out to it, since the movement.
func (d *desk) demandBack(g *group, since int64, r Ruling) error {
	for _, c := range g.cases {
		taken := g.sums(c, since).takenBack
		if taken == 0 {
			continue
		}
		if _, err := d.note(c, eventRepaymentDemanded, c.state(), c.state(), happening{amount: taken, text: r.Court}); err != nil {
			return err
		}
		payBy := d.demandUntil(c, dueRepay, "UB 3:22")
		d.letter(c, toApplicant, notice.RepaymentDemand, d.askedOf(c, payBy, notice.Facts{"amount": notice.Amount(g.toRepay(c)),
			"court": notice.Text(cmp.Or(r.Court, "domstol")), "decided": notice.Date(cmp.Or(r.Day, d.day))}))
	}
	return nil
}

// toRepay is what the applicant has still to pay back in a case.
func (g *group) toRepay(c *kase) money.Amount {
	s := g.sums(c, 0)
	return s.takenBack - s.repaid
}

func (d *desk) repay(c *kase, amount money.Amount, day calendar.Day) error {
	if err := d.checkPaid(c, amount, day, c.group.toRepay(c)); err != nil {
		return err
	}
	if _, err := d.stay(c, eventRepaid, happening{amount: amount}); err != nil {
		return err
	}
	c.group.move(movement{caseID: c.id, day: day, kind: moveRepaid, amount: amount})
	if c.group.toRepay(c) == 0 {
		d.cancel(c, dueRepay)
	}
	return nil
}

// repaymentOverdue notes that what goes back has not come in time, for the
// officer to see to.
func (d *desk) repaymentOverdue(c *kase) error {
	left := c.group.toRepay(c)
	if left == 0 {
		return nil
	}
	_, err := d.note(c, eventRepaymentOverdue, c.state(), c.state(), happening{amount: left})
	return err
}

// demandUntil sets until when an applicant may pay, and what follows the day
// after. How long is decided here: the law has no figure.
func (d *desk) demandUntil(c *kase, kind, basis string) calendar.Day {
	last := d.e.law.working.Deadline(d.day, d.e.config.DemandTime, basis).Day
	d.set(c, kind, last.AddDays(1))
	return last
}

// askedOf adds to what a demand says how it is paid.
func (d *desk) askedOf(c *kase, payBy calendar.Day, facts notice.Facts) notice.Facts {
	facts["pay_by"], facts["account"] = notice.Date(payBy), notice.Text(d.e.config.Account)
	facts["payment_reference"] = notice.Text(c.number)
	return facts
}

// checkPaid refuses what an applicant cannot have paid: nothing, more than is
// asked, or in the future.
func (d *desk) checkPaid(c *kase, amount money.Amount, day calendar.Day, asked money.Amount) error {
	switch {
	case amount <= 0 || amount > asked:
		return service.Refuse("paid_amount", fmt.Sprintf("I målet %s återstår %s att betala för sökanden; %s kan inte bokföras.", c.number, asked.Kronor(), amount.Kronor()),
			fmt.Sprintf("In case %s the applicant has %s left to pay; %s cannot be entered.", c.number, asked.Kronor(), amount.Kronor()))
	case day > d.day:
		return futureDay(day)
	}
	return nil
}
