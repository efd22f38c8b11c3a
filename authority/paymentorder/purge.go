package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// purgeChunk is how many cases one transaction deletes, with all their rows.
const purgeChunk = 50

// Purge deletes cases whose time of keeping ended before today (gallring, KFD
// 2:12), with all that belongs to them, in chunks, and returns how many.
func (o *Orders) Purge(ctx context.Context, today calendar.Day) (int64, error) {
	var all int64
	for {
		var n int64
		err := o.db.DoLast(ctx, func(tx store.Tx) error {
			res, err := tx.Exec(`DELETE FROM paymentorder_case WHERE id IN
				(SELECT id FROM paymentorder_case WHERE purge_after < $1 ORDER BY id LIMIT $2)`, today, purgeChunk)
			if err != nil {
				return err
			}
			n, err = res.RowsAffected()
			return err
		})
		if err != nil {
			return all, fmt.Errorf("paymentorder: delete cases no longer kept on %s: %w", today, err)
		}
		if all += n; n < purgeChunk {
			return all, nil
		}
	}
}
