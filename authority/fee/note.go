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
		made, err := f.noteOf(ctx, invoice, today)
		if err != nil {
			return n, fmt.Errorf("fee: make the credit note for invoice %d: %w", invoice, err)
		}
		if made {
			n++
		}
	}
	return n, nil
}

// noteOf makes the credit note of an invoice, if it has open credits, and tells
// its payer.
func (f *Fees) noteOf(ctx context.Context, invoice int64, today calendar.Day) (made bool, err error) {
	id, err := f.invoices.Next(ctx, 1)
	if err != nil {
		return false, err
	}
	tell, err := f.telling(ctx)
	if err != nil {
		return false, err
	}
	told := Told{Kind: Issued, Document: CreditNote, Day: today, Keep: f.keep(today)}
	err = f.db.Do(ctx, func(tx store.Tx) (err error) {
		told.CodeID, told.Number, err = note(tx, id, invoice, today)
		if made = told.Number != ""; !made || err != nil {
			return err
		}
		return tell(tx, told)
	})
	return made, err
}

// note makes one credit note of the open credits of an invoice, and returns
// its payer and its number, "" if there are none.
func note(tx store.Tx, id, invoice int64, today calendar.Day) (codeID int64, number string, err error) {
	if err := tx.QueryRow(`SELECT code_id FROM fee_invoice WHERE id = $1`, invoice).Scan(&codeID); err != nil {
		return 0, "", err
	}
	l, err := openLedger(tx, codeID)
	if err != nil {
		return 0, "", err
	}
	var lines int64
	var total money.Amount
	err = tx.QueryRow(`SELECT COUNT(*), COALESCE(CAST(SUM(amount) AS BIGINT), 0) FROM fee_credit WHERE invoice_id = $1 AND note_id IS NULL`,
		invoice).Scan(&lines, &total)
	if err != nil || lines == 0 {
		return 0, "", err
	}
	if number, err = nextNumber(tx, today); err != nil {
		return 0, "", err
	}
	_, err = tx.Exec(`INSERT INTO fee_invoice (id, kind, state, number, payment_reference, code_id, main_id, code, name, organisation, street,
		postal_code, town, edi_scheme, edi_id, buyer_reference, corrects, first_day, last_day, day, due, lines, total, bearing, paid,
		credited, late, disputed, reminders)
		SELECT $1, 'credit_note', 'issued', $2, $3, code_id, main_id, code, name, organisation, street, postal_code, town, edi_scheme,
		edi_id, buyer_reference, id, first_day, last_day, $4, $4, $5, $6, 0, 0, 0, FALSE, FALSE, 0 FROM fee_invoice WHERE id = $7`,
		id, number, withCheckDigit(number), today.String(), lines, int64(total), invoice)
	if err == nil {
		err = fillNote(tx, id, invoice)
	}
	if err == nil {
		err = l.enter(Event{Day: today, Kind: Issued, InvoiceID: id, Amount: total})
	}
	if err != nil {
		return 0, "", err
	}
	return codeID, number, l.close()
}

// fillNote puts the open credits of an invoice on its credit note.
func fillNote(tx store.Tx, id, invoice int64) error {
	_, err := tx.Exec(`UPDATE fee_credit SET note_id = $1, line = n.place FROM
		(SELECT item_id AS item, number AS nth, ROW_NUMBER() OVER (ORDER BY item_id, number) AS place FROM fee_credit
			WHERE invoice_id = $2 AND note_id IS NULL) n
		WHERE item_id = n.item AND number = n.nth`, id, invoice)
	return err
}
