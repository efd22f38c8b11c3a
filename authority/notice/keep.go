package notice

import (
	"context"
	"encoding/json"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// rewrite enters anew what withhold may have changed.
func rewrite(tx store.Tx, l Letter) error {
	facts, err := json.Marshal(l.Facts)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE notice_letter SET facts = $2, reference = $3, route = $4 WHERE id = $1`,
		l.ID, string(facts), l.Reference, string(l.Route()))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM notice_person WHERE letter = $1`, l.ID); err != nil {
		return err
	}
	_, err = tx.CopyIn("notice_person", personColumns, personRows([]Letter{l}))
	return err
}

// Block withholds a letter after correction (blockering): it is not offered,
// and not shown.
func (l *Letters) Block(tx store.Tx, id int64) error {
	if _, err := tx.Exec(`UPDATE notice_letter SET blocked = TRUE WHERE id = $1`, id); err != nil {
		return fmt.Errorf("notice: block letter %d: %w", id, err)
	}
	return nil
}

// KeepUntil sets the last day of keeping the letters of cases, as when they are
// closed (law.md §9).
func (l *Letters) KeepUntil(tx store.Tx, s filing.Service, last calendar.Day, caseNumbers ...string) error {
	for some := range store.Chunks(caseNumbers) {
		places, args := store.Among(4, some)
		_, err := tx.Exec(`UPDATE notice_letter SET purge_after = $1
			WHERE substr(message, 1, $2) = $3 AND case_number <> '' AND case_number IN (`+places+`)`,
			append([]any{last, len(s) + 1, string(s) + "."}, args...)...)
		if err != nil {
			return fmt.Errorf("notice: keep the letters of %d cases until %s: %w", len(some), last, err)
		}
	}
	return nil
}

// purgeChunk is how many letters one transaction deletes, with their persons.
const purgeChunk = 100

// Purge deletes letters whose time of keeping ended before today (gallring, KFD
// 1:7, 2:6, 2:12, 2:18), in chunks, and returns how many. What the register told
// of protections that ended long ago goes too.
func (l *Letters) Purge(ctx context.Context, today calendar.Day) (int64, error) {
	if err := l.forgetProtections(ctx, today); err != nil {
		return 0, err
	}
	all, err := l.db.DoInChunks(ctx, purgeChunk, func(tx store.Tx) (int64, error) {
		return store.Changed(tx.Exec(`DELETE FROM notice_letter WHERE id IN
			(SELECT id FROM notice_letter WHERE purge_after < $1 ORDER BY id LIMIT $2)`, today, purgeChunk))
	})
	if err != nil {
		return all, fmt.Errorf("notice: delete letters no longer kept on %s: %w", today, err)
	}
	return all, nil
}
