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

// eventFeeOverdue notes that a demanded fee has not been paid in time.
const eventFeeOverdue = "fee_overdue"

// DemandFees demands of the applicant the fees that the debtor has not paid
// (AvgF §4, UB 17:2, 17:5). It may pay them in the case; what it has not paid in
// time stands on its invoice, and the case may be discontinued.
func (e *Enforcements) DemandFees(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, (*desk).demandFees)
}

// PayFees enters that the applicant has paid demanded fees in the case.
func (e *Enforcements) PayFees(ctx context.Context, by service.Officer, number string, amount money.Amount, day calendar.Day) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.payFees(c, amount, day) })
}

// DiscontinueUnpaid discontinues a case, since the applicant has not paid the
// basic fee in time (UB 17:2), which 17:3 forbids for maintenance and damages
// for crime.
func (e *Enforcements) DiscontinueUnpaid(ctx context.Context, by service.Officer, number string) error {
	return e.act(ctx, by, number, (*desk).discontinueUnpaid)
}

func (e *Enforcements) feeActs() []service.Act {
	return []service.Act{
		plain("demand_fees", "Begär obetalda avgifter av sökanden", "Ask the applicant for unpaid fees", "AvgF §4, UB 17:2, 17:5", e.DemandFees),
		paying("pay_fees", "Ta emot betalning av begärda avgifter", "Take a payment of demanded fees", "UB 17:2", e.PayFees),
		plain("discontinue_unpaid", "Skriv av för obetald grundavgift", "Discontinue for an unpaid basic fee", "UB 17:2", e.DiscontinueUnpaid),
	}
}

func (d *desk) demandFees(c *kase) error {
	g := c.group
	if g.exempt != "" {
		return exempted(c)
	}
	payBy := d.demandUntil(c, dueDemand, "UB 17:2")
	amount, err := d.e.fees.Demand(d.tx, g.id, d.day, payBy)
	if err != nil {
		return err
	}
	if amount == 0 {
		return service.Refuse("no_fee", fmt.Sprintf("I målet %s finns ingen obetald avgift att begära.", c.number), fmt.Sprintf("In case %s there is no unpaid fee to ask for.", c.number))
	}
	if _, err := d.stay(c, eventFeesDemanded, happening{amount: amount}); err != nil {
		return err
	}
	d.letter(c, toApplicant, notice.FeeDemand, d.askedOf(c, payBy, notice.Facts{"fee": notice.Amount(amount)}))
	return nil
}

func (d *desk) payFees(c *kase, amount money.Amount, day calendar.Day) error {
	owed, err := d.e.fees.Owed(d.tx, c.group.id, d.day)
	if err == nil {
		err = d.checkPaid(c, amount, day, owed.Demanded)
	}
	if err != nil {
		return err
	}
	if _, err := d.stay(c, eventFeesPaid, happening{amount: amount}); err != nil {
		return err
	}
	return d.e.fees.PayDemanded(d.tx, c.group.id, amount, day, d.by)
}

// feeOverdue notes that the time to pay has passed: what follows is for the
// officer to decide (UB 17:2).
func (d *desk) feeOverdue(c *kase) error {
	owed, err := d.e.fees.Owed(d.tx, c.group.id, d.day)
	if err != nil || owed.Overdue == 0 {
		return err
	}
	_, err = d.note(c, eventFeeOverdue, c.state(), c.state(), happening{amount: owed.Overdue})
	return err
}

func (d *desk) discontinueUnpaid(c *kase) error {
	if c.group.exempt != "" {
		return service.Refuse("maintenance", "Mål om underhåll, skadestånd på grund av brott och liknande avskrivs inte för obetald avgift (UB 17:3, AvgF §15).",
			"Cases of maintenance, damages for crime and the like are not discontinued for an unpaid fee (UB 17:3, AvgF §15).")
	}
	owed, err := d.e.fees.Owed(d.tx, c.group.id, d.day)
	switch {
	case err != nil:
		return err
	case owed.Unpaid == 0:
		return service.Refuse("no_demand", "Ingen obetald avgift har begärts av sökanden i målet.", "No unpaid fee has been asked of the applicant in the case.")
	case owed.Overdue == 0:
		return service.Refuse("fee_not_due", "Sökandens tid att betala avgiften har inte gått ut.", "The applicant's time to pay the fee has not run out.")
	}
	return d.finish(c, eventFeeUnpaid, Discontinued, filing.FinalDiscontinued)
}
