package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// purgeChunk is how many cases one transaction deletes, with all their rows.
const purgeChunk = 50

// Purge deletes cases and verdicts whose time of keeping ended before today
// (gallring, KFD 2:12), with all that belongs to them, in chunks, and returns how
// many. A verdict is kept longer than its case and stands alone. What was held
// in vain goes when such data are kept no longer (KFD 1:7).
func (o *Orders) Purge(ctx context.Context, today calendar.Day) (int64, error) {
	kept, _, err := o.statute.Period(statute.KeepOther, today.Time())
	if err != nil {
		return 0, fmt.Errorf("paymentorder: how long what is held is kept: %w", err)
	}
	err = o.db.DoLast(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`DELETE FROM paymentorder_held WHERE day < $1`, calendar.Period(kept).Before(today).String())
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("paymentorder: delete what is held no longer on %s: %w", today, err)
	}
	cases, err := o.purgeAll(ctx, today, o.purgeCases)
	if err != nil {
		return cases, fmt.Errorf("paymentorder: delete cases no longer kept on %s: %w", today, err)
	}
	verdicts, err := o.purgeAll(ctx, today, purgeVerdicts)
	if err != nil {
		return cases + verdicts, fmt.Errorf("paymentorder: delete verdicts no longer kept on %s: %w", today, err)
	}
	return cases + verdicts, nil
}

func (o *Orders) purgeAll(ctx context.Context, today calendar.Day, some func(store.Tx, calendar.Day) (int64, error)) (int64, error) {
	return o.db.DoInChunks(ctx, purgeChunk, func(tx store.Tx) (int64, error) {
		n, err := some(tx, today)
		if err == nil && n > 0 {
			err = o.disclosed.Deleted(tx)
		}
		return n, err
	})
}

func (o *Orders) purgeCases(tx store.Tx, today calendar.Day) (int64, error) {
	ids, err := store.Collect(store.Only[int64])(tx.Query(`SELECT id FROM paymentorder_case WHERE purge_after < $1 ORDER BY id LIMIT $2`, today, purgeChunk))
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	if err := o.events.Purge(tx, filing.PaymentOrder, ids); err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := o.fees.Forget(tx, filing.PaymentOrder, id); err != nil {
			return 0, err
		}
	}
	places, args := store.Among(1, ids)
	_, err = tx.Exec(`DELETE FROM paymentorder_case WHERE id IN (`+places+`)`, args...)
	return int64(len(ids)), err
}

func purgeVerdicts(tx store.Tx, today calendar.Day) (int64, error) {
	return store.Changed(tx.Exec(`DELETE FROM paymentorder_verdict WHERE id IN
		(SELECT id FROM paymentorder_verdict WHERE purge_after < $1 ORDER BY id LIMIT $2)`, today, purgeChunk))
}
