package restructuring

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// purgeChunk is how many matters one transaction deletes, with all their rows.
const purgeChunk = 20

// Purge deletes matters whose time of keeping ended before today (gallring, KFD
// 2:18), with all that belongs to them, in chunks, and returns how many.
func (m *Matters) Purge(ctx context.Context, today calendar.Day) (int64, error) {
	if err := m.purgeWatch(ctx, today); err != nil {
		return 0, err
	}
	all, err := m.db.DoInChunks(ctx, purgeChunk, func(tx store.Tx) (int64, error) { return m.purgeSome(tx, today) })
	if err != nil {
		return all, fmt.Errorf("restructuring: delete matters no longer kept on %s: %w", today, err)
	}
	return all, nil
}

// purgeWatch deletes lists that were not lodged anew.
func (m *Matters) purgeWatch(ctx context.Context, today calendar.Day) error {
	err := m.db.DoLast(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`DELETE FROM restructuring_watch WHERE purge_after < $1`, today)
		return err
	})
	if err != nil {
		return fmt.Errorf("restructuring: delete lists no longer kept on %s: %w", today, err)
	}
	return nil
}

func (m *Matters) purgeSome(tx store.Tx, today calendar.Day) (int64, error) {
	matters, err := store.Collect(store.Only[int64])(tx.Query(`SELECT id FROM restructuring_matter
		WHERE purge_after < $1 ORDER BY id LIMIT $2`, today, purgeChunk))
	if err != nil || len(matters) == 0 {
		return 0, err
	}
	places, args := store.Among(1, matters)
	reports, err := store.Collect(store.Only[int64])(tx.Query(`SELECT id FROM restructuring_report WHERE matter_id IN (`+places+`)`, args...))
	if err != nil {
		return 0, err
	}
	if err := m.events.Purge(tx, filing.Restructuring, append(reports, matters...)); err != nil {
		return 0, err
	}
	if err := (service.Deadlines{}).CancelAll(tx, filing.Restructuring, matters...); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(`DELETE FROM restructuring_matter WHERE id IN (`+places+`)`, args...); err != nil {
		return 0, err
	}
	_, err = tx.Exec(`DELETE FROM restructuring_file WHERE applied = documents
		AND NOT EXISTS (SELECT 1 FROM restructuring_report r WHERE r.file = restructuring_file.file)`)
	if err != nil {
		return 0, err
	}
	return int64(len(matters)), m.disclosed.Deleted(tx)
}
