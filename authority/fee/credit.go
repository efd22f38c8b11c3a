package fee

import (
	"context"
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

// CreditInvoice takes back lines of an invoice. Without lines it takes back
// all of it. The credit counts at once; Run makes the credit note.
func (f *Fees) CreditInvoice(ctx context.Context, by service.Officer, invoice string, lines []CreditLine, day calendar.Day) error {
	if err := by.Check(); err != nil {
		return err
	}
	return f.db.Do(ctx, func(tx store.Tx) error {
		id, _, err := invoiceNamed(tx, invoice)
		if err != nil {
			return err
		}
		wanted := lines
		if len(wanted) == 0 {
			if wanted, err = wholeOf(tx, id); err != nil {
				return err
			}
		}
		for _, line := range wanted {
			if err := creditLine(tx, id, line, movement{kind: moveCredited, day: day, by: by}); err != nil {
				return err
			}
		}
		return nil
	})
}

func wholeOf(r store.Reader, invoiceID int64) ([]CreditLine, error) {
	return store.Collect(func(rows *store.Rows) (l CreditLine, err error) {
		err = rows.Scan(&l.ItemID)
		return l, err
	})(r.Query(`SELECT id FROM fee_item WHERE invoice_id = $1 AND credited < invoiced ORDER BY line`, invoiceID))
}

func creditLine(tx store.Tx, invoiceID int64, line CreditLine, m movement) error {
	i, err := lockItem(tx, line.ItemID)
	if err != nil {
		return err
	}
	if i.InvoiceID != invoiceID {
		return service.Refuse("unknown_line", "Avgiften står inte på fakturan.", "The fee does not stand on the invoice.")
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
