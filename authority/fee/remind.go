package fee

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
	"filtjanst/statute"
)

// toRemind lists invoices that may have to be reminded of.
func (f *Fees) toRemind(r store.Reader, today calendar.Day) ([]standing, error) {
	rule := f.config.Reminders
	return store.Collect(scanStanding)(r.Query(selectStanding+`WHERE kind = 'invoice' AND state = 'issued' AND paid + credited < total
		AND due <= $1 AND reminders < $2 AND (reminded IS NULL OR reminded <= $3) ORDER BY id`,
		today.AddDays(-rule.After), max(rule.Most, 0), today.AddDays(-rule.Every)))
}

// remind makes the reminders of the day, and returns how many.
func (f *Fees) remind(ctx context.Context, today calendar.Day) (n int, err error) {
	price, err := f.reminderFee(today)
	if err != nil {
		return 0, err
	}
	return f.sweep(ctx, func(r store.Reader) ([]standing, error) { return f.toRemind(r, today) },
		func(l *ledger, s *standing, from supply) (bool, error) { return f.remindOf(l, s, from, price, today) })
}

// remindOf makes one reminder, if the invoice still calls for it.
func (f *Fees) remindOf(l *ledger, s *standing, from supply, price money.Amount, today calendar.Day) (bool, error) {
	disputed, err := disputedAmount(l.tx, *s)
	if err != nil {
		return false, err
	}
	unpaid := s.balance() - disputed
	if unpaid == 0 || s.reminded == today {
		return false, nil
	}
	s.reminders++
	s.reminded = today
	if err := l.enter(Event{Day: today, Kind: Reminded, InvoiceID: s.id, Amount: unpaid}); err != nil {
		return false, err
	}
	err = from.tell(l.tx, Told{Kind: Reminded, Document: InvoiceDocument, CodeID: s.codeID, Number: s.number, Day: today,
		Keep: f.keep(today), Unpaid: unpaid, PayBy: today.AddDays(f.config.Reminders.Every)})
	if err != nil || price == 0 {
		return err == nil, err
	}
	return true, f.Charge(l.tx, Item{ID: from.item, CodeID: s.codeID, Reference: s.number, Kind: ReminderFee, Amount: price, Day: today})
}

// reminderFee is the price of a reminder on the day.
func (f *Fees) reminderFee(today calendar.Day) (money.Amount, error) {
	if f.config.Reminders.Free {
		return 0, nil
	}
	ore, _, err := f.config.Statute.Amount(statute.Reminder, today.Time())
	if err != nil {
		return 0, fmt.Errorf("fee: the reminder fee on %s: %w", today, err)
	}
	if own := f.config.Reminders.Fee; own > 0 {
		return min(own, money.Amount(ore)), nil
	}
	return money.Amount(ore), nil
}

// supply is what is taken before the transaction that may need it.
type supply struct {
	item int64 // id of an item that may be charged
	tell Teller
}

func (f *Fees) supply(ctx context.Context) (s supply, err error) {
	if s.item, err = f.items.Next(ctx, 1); err != nil {
		return s, err
	}
	s.tell, err = f.telling(ctx)
	return s, err
}

// sweep calls act with each invoice listed, one a transaction, and what it may
// need. act says whether it counts.
func (f *Fees) sweep(ctx context.Context, list func(store.Reader) ([]standing, error),
	act func(l *ledger, s *standing, from supply) (bool, error)) (n int, err error) {
	var found []standing
	err = f.db.Read(ctx, func(r store.Reader) (err error) {
		found, err = list(r)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("fee: list invoices: %w", err)
	}
	for _, s := range found {
		from, err := f.supply(ctx)
		if err != nil {
			return n, err
		}
		done := false
		err = f.db.Do(ctx, func(tx store.Tx) error {
			return withinID(tx, s.id, s.codeID, func(l *ledger, now *standing) (err error) {
				done, err = act(l, now, from)
				return err
			})
		})
		if err != nil {
			return n, err
		}
		if done {
			n++
		}
	}
	return n, nil
}
