package fee

import (
	"context"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// purgeChunk is how many lines one transaction blanks.
const purgeChunk = 500

// keep is the last day on which an invoice of today says whose claims its
// lines concern.
func (f *Fees) keep(today calendar.Day) calendar.Day {
	return calendar.Date(today.Year()+f.config.KeepYears, time.December, 31)
}

// Purge blanks references and clients on the lines of invoices whose time of
// keeping ended before today, in chunks, and returns how many lines. Amounts
// and payers stay, so that the accounts still add up.
func (f *Fees) Purge(ctx context.Context, today calendar.Day) (int64, error) {
	var all int64
	for {
		var n int64
		var done bool
		err := f.db.DoLast(ctx, func(tx store.Tx) (err error) {
			n, done, err = purgeSome(tx, today)
			return err
		})
		if err != nil {
			return all, fmt.Errorf("fee: blank lines no longer kept on %s: %w", today, err)
		}
		if all += n; done {
			return all, nil
		}
	}
}

// purgeSome blanks some lines of one invoice; done is true when none is left.
func purgeSome(tx store.Tx, today calendar.Day) (n int64, done bool, err error) {
	old, err := store.Collect(store.Only[int64])(tx.Query(`SELECT id FROM fee_invoice WHERE purge_after < $1 ORDER BY id LIMIT 1`, today))
	if err != nil || len(old) == 0 {
		return 0, true, err
	}
	n, err = store.Changed(tx.Exec(`UPDATE fee_item SET reference = '', own = '', client = '' WHERE id IN
		(SELECT id FROM fee_item WHERE invoice_id = $1 AND (reference <> '' OR own <> '' OR client <> '') ORDER BY line LIMIT $2)`,
		old[0], purgeChunk))
	if err != nil || n == purgeChunk {
		return n, false, err
	}
	_, err = tx.Exec(`UPDATE fee_invoice SET purge_after = NULL WHERE id = $1`, old[0])
	return n, false, err
}

// Forget blanks references and clients of those fees of a case that stand on
// no invoice, within the transaction that deletes the case. Those that do are
// blanked with their invoice.
func (*Fees) Forget(tx store.Tx, s filing.Service, caseID int64) error {
	_, err := tx.Exec(`UPDATE fee_item SET reference = '', own = '', client = ''
		WHERE case_id = $1 AND service = $2 AND invoice_id IS NULL`, caseID, string(s))
	if err != nil {
		return fmt.Errorf("fee: forget the fees of case %d: %w", caseID, err)
	}
	return nil
}
