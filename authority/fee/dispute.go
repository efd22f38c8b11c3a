package fee

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Dispute enters that a filer disputes an invoice, or the lines named by
// their items. By tells who disputes it, and why. What is disputed is not
// reminded of and does not count as unpaid (R65).
func (f *Fees) Dispute(ctx context.Context, by service.Officer, invoice string, items []int64, day calendar.Day) error {
	return f.setDisputed(ctx, by, invoice, items, day, true)
}

// EndDispute enters that a dispute is settled or withdrawn; what was decided
// against the authority is credited separately. Without items it ends that of
// the whole invoice.
func (f *Fees) EndDispute(ctx context.Context, by service.Officer, invoice string, items []int64, day calendar.Day) error {
	return f.setDisputed(ctx, by, invoice, items, day, false)
}

func (f *Fees) setDisputed(ctx context.Context, by service.Officer, invoice string, items []int64, day calendar.Day, on bool) error {
	if err := by.Check(); err != nil {
		return err
	}
	return f.db.Do(ctx, func(tx store.Tx) error {
		return within(tx, invoice, func(l *ledger, s *standing) error {
			e := Event{Day: day, Kind: DisputeOpened, InvoiceID: s.id, By: by}
			if !on {
				e.Kind = DisputeEnded
			}
			if len(items) > 0 {
				return disputeLines(l, e, items, on)
			}
			if s.disputed == on {
				return unchanged(invoice, on)
			}
			s.disputed, e.Amount = on, s.balance()
			return l.enter(e)
		})
	})
}

func disputeLines(l *ledger, e Event, items []int64, on bool) error {
	for _, id := range items {
		var left money.Amount
		err := l.tx.QueryRow(`SELECT invoiced - credited FROM fee_item WHERE id = $1 AND invoice_id = $2`, id, e.InvoiceID).Scan(&left)
		if errors.Is(err, store.ErrNoRows) {
			return unknownLine()
		}
		if err == nil {
			err = store.One(errChanged)(l.tx.Exec(`UPDATE fee_item SET disputed = $1, changes = changes + 1 WHERE id = $2 AND disputed <> $1`, on, id))
		}
		if errors.Is(err, errChanged) {
			return unchanged(strconv.FormatInt(id, 10), on)
		}
		if err != nil {
			return fmt.Errorf("fee: dispute of item %d: %w", id, err)
		}
		e.ItemID, e.Amount = id, left
		if err := l.enter(e); err != nil {
			return err
		}
	}
	return nil
}

func unknownLine() error {
	return service.Refuse("unknown_line", "Avgiften står inte på fakturan.", "The fee does not stand on the invoice.")
}

func unchanged(what string, on bool) error {
	if on {
		return service.Refuse("disputed", fmt.Sprintf("%s är redan bestriden.", what), fmt.Sprintf("%s is disputed already.", what))
	}
	return service.Refuse("not_disputed", fmt.Sprintf("%s är inte bestriden.", what), fmt.Sprintf("%s is not disputed.", what))
}

// disputedAmount is what is disputed of the invoice: all that is left of it,
// or its disputed lines.
func disputedAmount(r store.Reader, s standing) (money.Amount, error) {
	if s.disputed {
		return s.balance(), nil
	}
	var lines money.Amount
	err := r.QueryRow(`SELECT COALESCE(CAST(SUM(invoiced - credited) AS BIGINT), 0) FROM fee_item WHERE invoice_id = $1 AND disputed`, s.id).
		Scan(&lines)
	if err != nil {
		return 0, fmt.Errorf("fee: add up what is disputed of %s: %w", s.number, err)
	}
	return min(lines, s.balance()), nil
}
