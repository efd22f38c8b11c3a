package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// eventAdvanceOverdue notes that an advance has not been paid in time.
const eventAdvanceOverdue = "advance_overdue"

// AskAdvance asks the applicant for an advance on the costs of a case (AvgF §4).
func (e *Enforcements) AskAdvance(ctx context.Context, by service.Officer, number string, amount money.Amount) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.askAdvance(c, amount) })
}

// PayAdvance enters that the applicant has paid an advance, or a part of it. It
// is held for who pays its fees, and set off as all that is held.
func (e *Enforcements) PayAdvance(ctx context.Context, by service.Officer, number string, amount money.Amount, day calendar.Day) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.payAdvance(c, amount, day) })
}

// EndUnadvanced discontinues a case in which no measure is taken, since the
// advance was not paid in time. If nothing had been done, there is no fee (AvgF
// §3).
func (e *Enforcements) EndUnadvanced(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, (*desk).endUnadvanced)
}

func (e *Enforcements) advanceActs() []service.Act {
	return []service.Act{
		deed("ask_advance", "Begär förskott av sökanden", "Ask the applicant for an advance", "AvgF §4",
			[]service.Param{param("amount", service.AmountParam, true, "belopp", "amount")},
			func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
				amount := v.Amount("amount")
				return func() error { return e.AskAdvance(ctx, by, number, amount) }
			}),
		paying("pay_advance", "Ta emot förskott", "Take an advance", "AvgF §4", e.PayAdvance),
		plain("end_unadvanced", "Skriv av för obetalt förskott", "Discontinue for an unpaid advance", "AvgF §3", e.EndUnadvanced),
	}
}

func (d *desk) askAdvance(c *kase, amount money.Amount) error {
	if c.group.exempt != "" {
		return exempted(c)
	}
	if amount <= 0 || amount > maxAmount {
		return badAmount()
	}
	if _, err := d.stay(c, eventAdvanceAsked, happening{amount: amount}); err != nil {
		return err
	}
	c.advance += amount
	c.advanceBy, c.touched = d.demandUntil(c, dueAdvance, "AvgF §4"), true
	d.letter(c, toApplicant, notice.AdvanceDemand, d.askedOf(c, c.advanceBy, notice.Facts{"amount": notice.Amount(c.advance)}))
	return nil
}

func (d *desk) payAdvance(c *kase, amount money.Amount, day calendar.Day) error {
	if err := d.checkPaid(c, amount, day, c.advance); err != nil {
		return err
	}
	if _, err := d.stay(c, eventAdvancePaid, happening{amount: amount}); err != nil {
		return err
	}
	c.advance, c.touched = c.advance-amount, true
	if c.advance == 0 {
		c.advanceBy = 0
		d.cancel(c, dueAdvance)
	}
	return d.e.fees.HoldAdvance(d.tx, c.group.application.codeID, c.number, amount, day, d.by)
}

func (d *desk) advanceOverdue(c *kase) error {
	if c.advance == 0 {
		return nil
	}
	_, err := d.note(c, eventAdvanceOverdue, c.state(), c.state(), happening{amount: c.advance})
	return err
}

func (d *desk) endUnadvanced(c *kase) error {
	switch {
	case c.advance == 0:
		return service.Refuse("no_advance", fmt.Sprintf("I målet %s återstår inget förskott att betala.", c.number), fmt.Sprintf("In case %s no advance is left to pay.", c.number))
	case d.day <= c.advanceBy:
		return service.Refuse("advance_not_due", fmt.Sprintf("Sökanden får betala förskottet till och med %s.", c.advanceBy), fmt.Sprintf("The applicant may pay the advance until %s.", c.advanceBy))
	}
	c.unadvanced = true
	return d.finish(c, eventAdvanceUnpaid, Discontinued, filing.FinalDiscontinued)
}
