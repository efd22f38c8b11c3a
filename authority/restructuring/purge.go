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
	var all int64
	for {
		var n int
		err := m.db.DoLast(ctx, func(tx store.Tx) (err error) {
			n, err = m.purgeSome(tx, today)
			return err
		})
		if err != nil {
			return all, fmt.Errorf("restructuring: delete matters no longer kept on %s: %w", today, err)
		}
		if all += int64(n); n < purgeChunk {
			return all, nil
		}
	}
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

func (m *Matters) purgeSome(tx store.Tx, today calendar.Day) (int, error) {
	matters, err := store.Collect(store.Only[int64])(tx.Query(`SELECT id FROM restructuring_matter
		WHERE purge_after < $1 ORDER BY id LIMIT $2`, today, purgeChunk))
	if err != nil {
		return 0, err
	}
	for _, id := range matters {
		if err := m.purgeMatter(tx, id); err != nil {
			return 0, err
		}
	}
	if len(matters) == 0 {
		return 0, nil
	}
	_, err = tx.Exec(`DELETE FROM restructuring_file WHERE applied = documents
		AND NOT EXISTS (SELECT 1 FROM restructuring_report r WHERE r.file = restructuring_file.file)`)
	return len(matters), err
}

func (m *Matters) purgeMatter(tx store.Tx, id int64) error {
	stories, err := store.Collect(store.Only[int64])(tx.Query(`SELECT id FROM restructuring_report WHERE matter_id = $1`, id))
	if err != nil {
		return err
	}
	if err := m.events.Purge(tx, filing.Restructuring, append(stories, id)); err != nil {
		return err
	}
	if err := (service.Deadlines{}).CancelAll(tx, filing.Restructuring, id); err != nil {
		return err
	}
	_, err = tx.Exec(`DELETE FROM restructuring_matter WHERE id = $1`, id)
	return err
}
