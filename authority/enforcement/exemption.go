package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/money"
)

// Exemption is why an applicant answers for no fees (AvgF §15).
type Exemption string

// The exemptions. Maintenance is known by its title; the others an officer
// notes.
const (
	CrimeDamages   Exemption = "crime_damages"
	Maintenance    Exemption = "maintenance"
	SocialServices Exemption = "social_services"
)

// exemptionOf is what the kind of a title tells; "" if it tells none.
func exemptionOf(title filing.TitleKind) Exemption {
	if title == filing.TitleMaintenance {
		return Maintenance
	}
	return ""
}

// Exempt notes that the applicant answers for no fees (AvgF §15). What it has
// been asked for is taken back, and what it has paid is held for it; fees that
// the debtor does not pay are the state's when the case ends.
func (e *Enforcements) Exempt(ctx context.Context, by service.Officer, number string, ground Exemption) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.exempt(c, ground) })
}

func (e *Enforcements) exemptAct() service.Act {
	return deed("exempt", "Anteckna att sökanden inte svarar för avgifter", "Note that the applicant answers for no fees", "AvgF §15",
		[]service.Param{choice("ground", true, "grund", "ground", string(CrimeDamages), string(Maintenance), string(SocialServices))},
		func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
			ground := Exemption(v.Text("ground"))
			return func() error { return e.Exempt(ctx, by, number, ground) }
		})
}

func (d *desk) exempt(c *kase, ground Exemption) error {
	g := c.group
	if g.exempt != "" {
		return exempted(c)
	}
	g.exempt = ground
	amount, err := d.e.fees.Exempt(d.tx, g.id, d.day, d.by)
	if err != nil {
		return err
	}
	for _, c := range g.openCases() {
		d.cancel(c, dueDemand)
		c.advance, c.advanceBy, c.touched = 0, 0, true
		d.cancel(c, dueAdvance)
	}
	_, err = d.stay(c, eventExempt, happening{amount: amount, text: string(ground)})
	return err
}

func exempted(c *kase) error {
	return service.Refuse("exempt", fmt.Sprintf("Sökanden i målet %s svarar inte för avgifter (AvgF §15).", c.number),
		fmt.Sprintf("The applicant in case %s answers for no fees (AvgF §15).", c.number))
}

// applicantsFees makes what the debtors have not paid of the fees the
// applicant's when the last case of a debt ends, or the state's if it is exempt.
// It returns what the applicant has to pay with what was demanded before.
func (d *desk) applicantsFees(g *group) (money.Amount, error) {
	if g.exempt == "" {
		owed, err := d.e.fees.Owed(d.tx, g.id, d.day)
		if err != nil {
			return 0, err
		}
		passed, err := d.passOn(g)
		return owed.Demanded + passed, err
	}
	by := service.Officer{Name: d.by.Name, Reason: "AvgF §15: " + string(g.exempt)}
	_, err := d.e.fees.ReverseCase(d.tx, filing.Enforcement, g.id, d.day, by)
	return 0, err
}
