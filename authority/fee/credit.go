package fee

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// CreditLine takes back a part of what one line of an invoice asks.
type CreditLine struct {
	ItemID int64        // of the line
	Amount money.Amount // 0: all that is left of it
}

// creditChunk is how many lines of a whole invoice one transaction takes back.
const creditChunk = 100

// CreditInvoice takes back lines of an invoice. Without lines it takes back
// all of it, some lines at a time; done again after an interruption it goes on.
// The credit counts at once; Run makes the credit note.
func (f *Fees) CreditInvoice(ctx context.Context, by service.Officer, invoice string, lines []CreditLine, day calendar.Day) error {
	if err := by.Check(); err != nil {
		return err
	}
	m := movement{kind: moveCredited, day: day, by: by}
	if len(lines) > 0 {
		return f.creditLines(ctx, invoice, m, func(store.Reader, int64) ([]CreditLine, error) { return lines, nil })
	}
	for {
		left := 0
		err := f.creditLines(ctx, invoice, m, func(r store.Reader, id int64) ([]CreditLine, error) {
			some, err := uncredited(r, id)
			left = len(some)
			return some, err
		})
		if err != nil || left < creditChunk {
			return err
		}
	}
}

// creditLines takes back the lines that are chosen within the transaction.
func (f *Fees) creditLines(ctx context.Context, invoice string, m movement, choose func(store.Reader, int64) ([]CreditLine, error)) error {
	return f.db.Do(ctx, func(tx store.Tx) error {
		id, _, err := invoiceNamed(tx, invoice)
		if err != nil {
			return err
		}
		lines, err := choose(tx, id)
		if err != nil {
			return err
		}
		for _, line := range lines {
			if err := creditLine(tx, id, line, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// uncredited lists some lines of which something is left.
func uncredited(r store.Reader, invoiceID int64) ([]CreditLine, error) {
	return store.Collect(func(rows *store.Rows) (l CreditLine, err error) {
		err = rows.Scan(&l.ItemID)
		return l, err
	})(r.Query(`SELECT id FROM fee_item WHERE invoice_id = $1 AND credited < invoiced ORDER BY line LIMIT $2`, invoiceID, creditChunk))
}

func creditLine(tx store.Tx, invoiceID int64, line CreditLine, m movement) error {
	i, err := lockItem(tx, line.ItemID)
	if errors.Is(err, store.ErrNoRows) || err == nil && i.InvoiceID != invoiceID {
		return unknownLine()
	}
	if err != nil {
		return err
	}
	amount := line.Amount
	if amount == 0 {
		amount = i.Invoiced - i.Credited
	}
	return takeBack(tx, i, amount, m.day, m.by)
}

// credit takes back a part of a locked item that stands on an invoice.
func credit(tx store.Tx, i held, m movement) error {
	m.kind = moveCredited
	i.Credited += m.amount
	if err := i.moved(tx, m); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO fee_credit (item_id, number, invoice_id, amount, day, line) VALUES ($1, $2, $3, $4, $5, 0)`,
		i.ID, i.changes+1, i.InvoiceID, int64(m.amount), m.day)
	if err != nil {
		return fmt.Errorf("fee: credit item %d: %w", i.ID, err)
	}
	var codeID int64
	if err := tx.QueryRow(`SELECT code_id FROM fee_invoice WHERE id = $1`, i.InvoiceID).Scan(&codeID); err != nil {
		return fmt.Errorf("fee: find invoice %d: %w", i.InvoiceID, err)
	}
	return withinID(tx, i.InvoiceID, codeID, func(l *ledger, s *standing) error { return s.take(l, i.Item, m) })
}

// take lowers the invoice by the credit of an item. What was paid beyond is
// held for the payer. An invoice that is still being made counts its credits
// when it is sealed.
func (s *standing) take(l *ledger, i Item, m movement) error {
	if s.state != stateIssued {
		return nil
	}
	s.credited += m.amount
	if info, _ := i.Kind.Info(); info.Bears {
		s.bearing -= min(m.amount, s.bearing)
	}
	if err := l.enter(Event{Day: m.day, Kind: CreditedItem, InvoiceID: s.id, ItemID: i.ID, Amount: m.amount, By: m.by}); err != nil {
		return err
	}
	excess := max(0, -s.balance())
	s.paid -= excess
	l.credit += excess
	return l.enter(Event{Day: m.day, Kind: Released, InvoiceID: s.id, Amount: excess})
}
