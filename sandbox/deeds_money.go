package sandbox

import (
	"context"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// payApplicant pays to the filer, who is told by its list of payments.
func payApplicant(ctx context.Context, d *doing) error {
	if d.respondent == 0 {
		return d.payCreditor(ctx)
	}
	c, err := d.order(ctx)
	if err != nil {
		return err
	}
	owed := claimed(c, d.respondent)
	if owed == 0 {
		return nothingOwed(d.number)
	}
	d.paid = &payment{code: c.Code, reference: c.Application.Reference, amount: percent(owed, d.Percent), day: d.due, whole: d.Percent == 100}
	return nil
}

func nothingOwed(number string) error {
	return service.Refuse("nothing_owed", "Ingen skuld finns i målet "+number+".", "Nothing is owed in case "+number+".")
}

// payCreditor pays to the applicant of an enforcement case.
func (d *doing) payCreditor(ctx context.Context) error {
	c, owed, err := d.debt(ctx)
	if err != nil {
		return err
	}
	d.paid = &payment{code: c.Code, reference: c.Reference, amount: percent(owed.Debt, d.Percent), day: d.due, whole: d.Percent == 100}
	return nil
}

// debt is an open enforcement case and what is owed in it.
func (d *doing) debt(ctx context.Context) (c enforcement.Found, owed enforcement.Owed, err error) {
	err = d.read(ctx, func(r store.Reader) error {
		var found bool
		if c, found, err = d.Enforcements.Case(r, d.number); err != nil {
			return err
		}
		if !found {
			return service.UnknownCase(d.number)
		}
		owed, err = d.Enforcements.Owed(r, d.number, calendar.Today(d.Clock))
		return err
	})
	if err == nil && owed.Debt == 0 {
		err = nothingOwed(d.number)
	}
	return c, owed, err
}

func payAuthority(ctx context.Context, d *doing) error {
	_, owed, err := d.debt(ctx)
	if err != nil {
		return err
	}
	amount := percent(owed.Debt+owed.Fees, d.Percent)
	return d.Enforcements.Receive(ctx, d.by, d.number, amount, calendar.Today(d.Clock), "gäldenären")
}

// The decision on earnings: öre a month.
const (
	wages        money.Amount = 600 * money.Krona
	changedWages money.Amount = 450 * money.Krona
	reserve      money.Amount = 13_000 * money.Krona
)

func (d *doing) earnings(kind filing.EarningsDecision, amount money.Amount) enforcement.EarningsDecision {
	return enforcement.EarningsDecision{
		EarningsAttachment: filing.EarningsAttachment{Kind: kind, Employer: filing.Person{Name: "Exempelbygg AB"}, Amount: amount,
			Reserve: reserve, From: monthly(calendar.Today(d.Clock))},
		Address: notice.Address{Street: "Provgatan 12", PostalCode: "12345", Town: "Provköping"},
	}
}

func attachEarnings(ctx context.Context, d *doing) error {
	return d.Enforcements.AttachEarnings(ctx, d.by, d.number, d.earnings(filing.EarningsNew, wages))
}

func changeEarnings(ctx context.Context, d *doing) error {
	return d.Enforcements.AttachEarnings(ctx, d.by, d.number, d.earnings(filing.EarningsChanged, changedWages))
}

// payWages pays what the employer is to withhold, each payday until all is paid.
func payWages(ctx context.Context, d *doing) error {
	_, owed, err := d.debt(ctx)
	if _, paid := service.RefusedAs(err); paid && d.round > 1 {
		return nil
	}
	if err != nil {
		return err
	}
	d.again = monthly(d.due)
	var month money.Amount
	err = d.read(ctx, func(r store.Reader) (err error) {
		month, err = d.Enforcements.Withheld(r, d.number, d.due)
		return err
	})
	if err != nil || month == 0 || !isPayday(d.due) {
		return err
	}
	return d.Enforcements.Receive(ctx, d.by, d.number, min(month, owed.Debt+owed.Fees), calendar.Today(d.Clock), "arbetsgivaren")
}

// measuresAfter is in how many days further measures are planned.
const measuresAfter = 180

func findNothing(ctx context.Context, d *doing) error {
	planned := calendar.Today(d.Clock).AddDays(measuresAfter)
	return d.Enforcements.Investigate(ctx, d.by, d.number, filing.AssetsMissing, planned, "Inga utmätningsbara tillgångar har hittats.")
}

func goBankrupt(ctx context.Context, d *doing) error {
	return d.Enforcements.Bankrupt(ctx, d.by, d.number)
}

func endBankruptcy(ctx context.Context, d *doing) error {
	return d.Enforcements.End(ctx, d.by, d.number, filing.FinalBankruptcy)
}
