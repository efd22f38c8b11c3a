package restructuring

import (
	"fmt"

	"filtjanst/calendar"
	"filtjanst/money"
	"filtjanst/statute"
)

// held is the money that waits for accounts.
func (a *act) held() (money.Amount, error) {
	var held int64
	err := a.tx.QueryRow(`SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM restructuring_payout_line
		WHERE matter_id = $1 AND state = 'held'`, a.ID).Scan(&held)
	if err != nil {
		return 0, fmt.Errorf("restructuring: sum what is held in matter %s: %w", a.Number, err)
	}
	return money.Amount(held), nil
}

// accountTime is the last day on which money that waits for an account can be
// had, three months after the last payout (SKSL §41 a, FSKS §43 a). The last
// payout does not come before the end of the plan; a restructuring that lapsed
// has none, and its creditors keep the time of which their notices told. Zero
// where no plan was granted.
func (a *act) accountTime() (calendar.Day, error) {
	last := max(a.PlanEnd, a.day)
	switch a.State {
	case Plan, PlanOver:
	case Lapsed:
		last = max(a.PlanEnd, a.Since)
	case AwaitingAccounts, Completed:
		if err := a.tx.QueryRow(`SELECT MAX(day) FROM restructuring_payout WHERE matter_id = $1`, a.ID).Scan(&last); err != nil {
			return 0, fmt.Errorf("restructuring: find the last payout of matter %s: %w", a.Number, err)
		}
	default:
		return 0, nil
	}
	return a.room.lastDay(statute.PayoutForfeited, last)
}

// waitForAccounts lets what is held wait when no payout follows, in a matter
// that is over too.
func (a *act) waitForAccounts() error {
	held, err := a.held()
	if err != nil || held == 0 {
		return err
	}
	last, err := a.accountTime()
	if err != nil {
		return err
	}
	return a.deadline(accountTimeEnded, last)
}

// lose ends the right to what is held. It completes a matter that waited for
// accounts; one that is over stays as it is.
func (a *act) lose() error {
	lost, err := a.held()
	if err != nil {
		return err
	}
	if err := a.moveLines(0, Held, Lost); err != nil {
		return err
	}
	if !a.Open() {
		return a.record(accountTimeEnded, fact{amount: lost})
	}
	if err := a.moveClaims(completed); err != nil {
		return err
	}
	return a.move(accountTimeEnded, fact{amount: lost})
}
