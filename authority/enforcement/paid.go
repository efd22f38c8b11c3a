package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Paid is money that an applicant tells, in a payment-order case, to have got
// on a joint debt, of which a verdict is enforced already (R43).
type Paid struct {
	PaymentOrderCase string
	Reference        string // the applicant's own
	CodeID           int64
	Day              calendar.Day // when it was paid
	Amount           money.Amount
}

// Crediting lowers joint debts by what was paid outside enforcement, within the
// transaction of who was told of it. A debt of which no verdict is enforced is
// passed over. It may run twice and then does the same.
type Crediting func(tx store.Tx, all []Paid) error

// Crediting sets aside what crediting debts of at most so many cases needs,
// before the transaction.
func (e *Enforcements) Crediting(ctx context.Context, cases int) (Crediting, error) {
	s, err := e.supply(ctx, cases)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx, all []Paid) error {
		d := e.newDesk(tx, s, service.Officer{}, 0)
		keys := make([]string, len(all))
		for i, p := range all {
			keys[i] = jointDebt(p.CodeID, p.PaymentOrderCase, p.Reference)
		}
		if err := d.takeDebts(keys); err != nil {
			return err
		}
		for i, p := range all {
			if err := d.credit(d.joint(keys[i]), p); err != nil {
				return fmt.Errorf("enforcement: credit what was paid on the debt of case %s: %w", p.PaymentOrderCase, err)
			}
		}
		return d.flush()
	}, nil
}

// credit lowers a debt for all who owe it. The applicant's last statement of
// what is left covers what was paid until its day. What is more than the debt
// is between the applicant and who paid it.
func (d *desk) credit(g *group, p Paid) error {
	if g == nil || len(g.openCases()) == 0 || p.Day <= g.stated {
		return nil
	}
	if err := g.accrue(d.e.law, d.day); err != nil {
		return err
	}
	if _, err := d.stay(g.openCases()[0], eventAmount, happening{amount: p.Amount, text: p.PaymentOrderCase}); err != nil {
		return err
	}
	if _, err := g.spread(d.e.law, payment{kind: moveReduced, amount: p.Amount, day: p.Day}); err != nil {
		return err
	}
	return d.settleLinked(g, nil)
}
