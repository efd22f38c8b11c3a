package fee

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// creditNotes makes a credit note for each invoice with credits that have
// none, and returns how many.
func (f *Fees) creditNotes(ctx context.Context, today calendar.Day) (n int, err error) {
	var invoices []int64
	err = f.db.Read(ctx, func(r store.Reader) (err error) {
		invoices, err = store.Collect(store.Only[int64])(r.Query(`SELECT DISTINCT c.invoice_id FROM fee_credit c
			JOIN fee_invoice i ON i.id = c.invoice_id WHERE c.note_id IS NULL AND i.state = 'issued' ORDER BY c.invoice_id`))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("fee: list the credits without a note: %w", err)
	}
	for _, invoice := range invoices {
		id, err := f.invoices.Next(ctx, 1)
		if err != nil {
			return n, err
		}
		made := false
		err = f.db.Do(ctx, func(tx store.Tx) (err error) {
			made, err = note(tx, id, invoice, today)
			return err
		})
		if err != nil {
			return n, fmt.Errorf("fee: make the credit note for invoice %d: %w", invoice, err)
		}
		if made {
			n++
		}
	}
	return n, nil
}

// note makes one credit note of the open credits of an invoice.
func note(tx store.Tx, id, invoice int64, today calendar.Day) (bool, error) {
	var codeID int64
	if err := tx.QueryRow(`SELECT code_id FROM fee_invoice WHERE id = $1`, invoice).Scan(&codeID); err != nil {
		return false, err
	}
	l, err := openLedger(tx, codeID)
	if err != nil {
		return false, err
	}
	var lines int64
	var total money.Amount
	err = tx.QueryRow(`SELECT COUNT(*), COALESCE(CAST(SUM(amount) AS BIGINT), 0) FROM fee_credit WHERE invoice_id = $1 AND note_id IS NULL`,
		invoice).Scan(&lines, &total)
	if err != nil || lines == 0 {
		return false, err
	}
	number, err := nextNumber(tx, today)
	if err != nil {
		return false, err
	}
	_, err = tx.Exec(`INSERT INTO fee_invoice (id, kind, state, number, payment_reference, code_id, main_id, code, name, organisation, street,
		postal_code, town, edi_scheme, edi_id, buyer_reference, corrects, first_day, last_day, day, due, lines, total, bearing, paid,
		credited, late, disputed, reminders)
		SELECT $1, 'credit_note', 'issued', $2, $3, code_id, main_id, code, name, organisation, street, postal_code, town, edi_scheme,
		edi_id, buyer_reference, id, first_day, last_day, $4, $4, $5, $6, 0, 0, 0, FALSE, FALSE, 0 FROM fee_invoice WHERE id = $7`,
		id, number, withCheckDigit(number), today.String(), lines, int64(total), invoice)
	if err != nil {
		return false, err
	}
	_, err = tx.Exec(`UPDATE fee_credit SET note_id = $1, line = n.place FROM
		(SELECT item_id AS item, number AS nth, ROW_NUMBER() OVER (ORDER BY item_id, number) AS place FROM fee_credit
			WHERE invoice_id = $2 AND note_id IS NULL) n
		WHERE item_id = n.item AND number = n.nth`, id, invoice)
	if err != nil {
		return false, err
	}
	if err := l.enter(Event{Day: today, Kind: Issued, InvoiceID: id, Amount: total}); err != nil {
		return false, err
	}
	return true, l.close()
}
