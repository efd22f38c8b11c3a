package fee

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
	"filtjanst/statute"
)

// interest charges the interest on what was paid late of invoices that are
// settled, or waives it below the amount of AvgF §17 a, and returns how many
// were charged.
func (f *Fees) interest(ctx context.Context, today calendar.Day) (int, error) {
	ore, _, err := f.config.Statute.Amount(statute.FeeInterestWaiver, today.Time())
	if err != nil {
		return 0, fmt.Errorf("fee: the interest that may be waived on %s: %w", today, err)
	}
	least := money.Amount(ore)
	if f.config.ChargeSmallInterest {
		least = 0
	}
	settled := func(r store.Reader) ([]standing, error) {
		return store.Collect(scanStanding)(r.Query(selectStanding + `WHERE late AND paid + credited = total ORDER BY id`))
	}
	return f.sweep(ctx, settled, func(l *ledger, s *standing, from supply) (bool, error) {
		return f.decideInterest(l, s, from.item, least, today)
	})
}

// decideInterest charges the interest of an invoice that is settled still, if
// it reaches the least amount.
func (f *Fees) decideInterest(l *ledger, s *standing, item int64, least money.Amount, today calendar.Day) (bool, error) {
	if !s.late || s.balance() > 0 {
		return false, nil
	}
	s.late = false
	amount, err := f.interestOf(l.tx, s)
	if err != nil {
		return false, err
	}
	if amount == 0 || amount < least {
		return false, l.enter(Event{Day: today, Kind: InterestWaived, InvoiceID: s.id, Amount: amount})
	}
	if err := l.enter(Event{Day: today, Kind: InterestCharged, InvoiceID: s.id, Amount: amount}); err != nil {
		return false, err
	}
	return true, f.Charge(l.tx, Item{ID: item, CodeID: s.codeID, Reference: s.number, Kind: LateInterest, Amount: amount, Day: today})
}

// interestOf adds up the interest on the part of the invoice that bears any:
// each payment in its order, as far as that part reaches. What was credited
// has borne none.
func (f *Fees) interestOf(r store.Reader, s *standing) (money.Amount, error) {
	payments, err := store.Collect(scanEvent)(r.Query(selectEvent+`WHERE invoice_id = $1 AND kind IN ('paid', 'set_off') ORDER BY day, number`, s.id))
	if err != nil {
		return 0, fmt.Errorf("fee: read the payments of invoice %s: %w", s.number, err)
	}
	left := s.bearing
	var all money.Amount
	for _, e := range payments {
		part := min(e.Amount, left)
		left -= part
		interest, err := f.lateInterest(part, s.due, e.Day)
		if err != nil {
			return 0, err
		}
		all += interest
	}
	return all, nil
}

// lateInterest is the interest on an amount due on one day and paid on another
// (RL §6): for each day after the due day up to the day of payment, which
// counts unless the day count leaves the last day out.
func (f *Fees) lateInterest(amount money.Amount, due, paid calendar.Day) (money.Amount, error) {
	if amount == 0 || !paid.After(due) {
		return 0, nil
	}
	i, err := money.Late(f.config.Statute, statute.LateInterestAddition, amount, due.AddDays(1).Time(), paid.Time(), f.config.DayCount)
	if err != nil {
		return 0, fmt.Errorf("fee: interest on %s from %s to %s: %w", amount, due, paid, err)
	}
	return i.Amount, nil
}
