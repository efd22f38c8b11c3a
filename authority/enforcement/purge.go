package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// purgeChunk is how many applications one transaction deletes, with all that
// belongs to them.
const purgeChunk = 50

// Purge deletes cases whose time of keeping ended before today (gallring, KFD
// 2:6), with their applications and stories, in chunks, and returns how many
// applications went. One goes when all its cases may, and all that owe the same
// debt. Changes that were held for applications which never came go when such
// data are kept no longer (KFD 1:7).
func (e *Enforcements) Purge(ctx context.Context, today calendar.Day) (int64, error) {
	first, err := e.law.before(statute.KeepOther, today)
	if err != nil {
		return 0, err
	}
	err = e.db.DoLast(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`DELETE FROM enforcement_held WHERE at < $1`, store.Micros(first.At(0, 0)))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("enforcement: delete changes that were held in vain: %w", err)
	}
	all, err := e.db.DoInChunks(ctx, purgeChunk, func(tx store.Tx) (int64, error) { return e.purgeSome(tx, today) })
	if err != nil {
		return all, fmt.Errorf("enforcement: delete cases no longer kept on %s: %w", today, err)
	}
	return all, nil
}

func (e *Enforcements) purgeSome(tx store.Tx, today calendar.Day) (int64, error) {
	ids, err := store.Collect(store.Only[int64])(tx.Query(`SELECT DISTINCT c.application_id FROM enforcement_case c WHERE c.purge_after < $1
		AND NOT EXISTS (SELECT 1 FROM enforcement_case s JOIN enforcement_case o ON o.group_id = s.group_id
			WHERE s.application_id = c.application_id AND (o.purge_after IS NULL OR o.purge_after >= $1)) ORDER BY c.application_id LIMIT $2`, today.String(), purgeChunk))
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	ids, err = listed(tx, `SELECT o.application_id FROM enforcement_case s JOIN enforcement_case o ON o.group_id = s.group_id
		WHERE s.application_id IN %s`, ids, store.Only[int64]) // with those that joined a debt of theirs
	if err != nil {
		return 0, err
	}
	ids = distinct(ids)
	cases, err := listed(tx, `SELECT id FROM enforcement_case WHERE application_id IN %s`, ids, store.Only[int64])
	if err != nil {
		return 0, err
	}
	if err := e.events.Purge(tx, filing.Enforcement, cases); err != nil {
		return 0, err
	}
	for _, id := range cases {
		if err := e.fees.Forget(tx, filing.Enforcement, id); err != nil {
			return 0, err
		}
	}
	if err := executed(tx, `DELETE FROM enforcement_application WHERE id IN %s`, ids); err != nil {
		return 0, err
	}
	return int64(len(ids)), e.config.Disclosure.Deleted(tx)
}

// Block withholds the data of a case after correction (blockering, KFD 3:3 a),
// or lets them out again. The views for extracts follow, and who has extracts is
// told.
func (e *Enforcements) Block(ctx context.Context, by service.Officer, number string, blocked bool) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error {
		event := "unblocked"
		if blocked {
			event = "blocked"
		}
		if _, err := d.note(c, event, c.state(), c.state(), happening{}); err != nil {
			return err
		}
		if err := d.tx.Later(`UPDATE enforcement_case SET blocked = $2 WHERE id = $1`, c.id, blocked); err != nil {
			return err
		}
		return e.config.Disclosure.Tell(d.tx, d.day, c.debtor)
	})
}
