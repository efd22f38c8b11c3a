package fee

import (
	"context"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Begin does of Close what comes before an interruption: it begins the invoice
// of a payer and puts some of its fees on it.
func (f *Fees) Begin(ctx context.Context, payer int64, p Period, today calendar.Day) error {
	var who invoiced
	err := f.db.Read(ctx, func(r store.Reader) (err error) {
		who, err = f.payerFor(r, payer)
		return err
	})
	if err != nil {
		return err
	}
	if err := f.draft(ctx, who, p, today); err != nil {
		return err
	}
	return f.db.Do(ctx, func(tx store.Tx) error {
		var d draftRow
		rows, err := store.Collect(scanDraft)(tx.Query(`SELECT id, code_id, last_day, day, due FROM fee_invoice WHERE state = 'closing' AND code_id = $1`, payer))
		if err != nil {
			return err
		}
		d = rows[0]
		_, err = claim(tx, d, payer)
		return err
	})
}
