package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Register opens the cases of an application that did not come by file, such as
// one on paper, and returns their numbers in the order of its debtors. Any
// title of UB 3:1 may be enforced so.
func (e *Enforcements) Register(ctx context.Context, by service.Officer, c party.Code, a *filing.EnforcementApplication) ([]string, error) {
	if err := by.Check(); err != nil {
		return nil, err
	}
	if len(a.Respondents) == 0 || len(a.Applicants) == 0 {
		return nil, service.Refuse("no_party", "Sökande och gäldenär ska anges.", "Applicant and debtor must be given.")
	}
	cases := len(a.Respondents)
	b, err := e.setAside(ctx, 1, int64(cases))
	if err != nil {
		return nil, err
	}
	s, err := e.supply(ctx, cases)
	if err != nil {
		return nil, err
	}
	var numbers []string
	err = e.db.Do(ctx, func(tx store.Tx) error {
		d := e.newDesk(tx, s, by, 0)
		o := &opening{EnforcementApplication: a, id: b.firstApplication, origin: filing.OriginManual, codeID: c.ID, mainCodeID: c.MainID,
			code: c.Code, arrived: s.at, notice: a.Notice}
		copied := b
		copied.assign(o)
		if err := d.open(o, nil); err != nil {
			return err
		}
		if err := d.barOpened(); err != nil {
			return err
		}
		numbers = o.numbers
		return d.flush()
	})
	if err != nil {
		return nil, fmt.Errorf("enforcement: register an application of %s: %w", c.Code, err)
	}
	return numbers, nil
}
