package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
)

// eventGuardianAwaited notes that the chief guardian is to be told of a debtor
// who is a minor, for the officer to see to.
const eventGuardianAwaited = "guardian_awaited"

// TellGuardian tells the chief guardian (överförmyndaren) of a case against a
// debtor who was under age when it was registered (UF 2:9).
func (e *Enforcements) TellGuardian(ctx context.Context, by service.Officer, number string, guardian notice.Office) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error { return d.tellGuardian(c, guardian.Guardian()) })
}

func (e *Enforcements) guardianAct() service.Act {
	return deed("tell_guardian", "Underrätta överförmyndaren", "Tell the chief guardian", "UF 2:9", notice.GuardianParams(),
		func(ctx context.Context, by service.Officer, number string, v *service.Values) func() error {
			guardian := notice.GuardianOf(v)
			return func() error { return e.TellGuardian(ctx, by, number, guardian) }
		})
}

func (d *desk) tellGuardian(c *kase, to notice.Person) error {
	young, err := d.underAge(c)
	if err != nil {
		return err
	}
	if !young {
		return service.Refuse("not_minor", fmt.Sprintf("Gäldenären i målet %s var inte under 18 år när målet registrerades.", c.number),
			fmt.Sprintf("The debtor of case %s was not under 18 when the case was registered.", c.number))
	}
	if _, err := d.stay(c, eventGuardian, happening{text: to.Name}); err != nil || d.e.letters == nil {
		return err
	}
	bill, err := d.bill(c)
	if err != nil {
		return err
	}
	d.mail = append(d.mail, mail{about: c, to: toGuardian, outside: to, message: notice.EnforcementGuardian, officer: d.by.Name,
		facts: notice.Facts{"total": notice.Amount(bill.total), "registered": notice.Date(c.registered)}})
	return nil
}

// awaitGuardian notes of a case just registered that the chief guardian is to
// be told. Who that is, no register here says.
func (d *desk) awaitGuardian(c *kase) error {
	young, err := d.underAge(c)
	if err != nil || !young {
		return err
	}
	_, err = d.note(c, eventGuardianAwaited, c.state(), c.state(), happening{})
	return err
}

// underAge tells whether the debtor was a minor when the case was registered.
// Of one whose number does not tell when he was born it is not known.
func (d *desk) underAge(c *kase) (bool, error) {
	born, known := c.debtor.BirthDate()
	if !known {
		return false, nil
	}
	young, err := d.e.law.table.UnderAge(born, c.registered.Time())
	if err != nil {
		return false, fmt.Errorf("enforcement: %w", err)
	}
	return young, nil
}
