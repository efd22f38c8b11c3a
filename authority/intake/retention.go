package intake

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/statute"
)

// purgeAfter is the last day on which the bytes of a half that came to nothing
// are kept, from today (KFD 1:7). For an approved file the services say.
func (s *settlement) purgeAfter() (calendar.Day, error) {
	kept, _, err := s.door.rooms.Statute.Period(statute.KeepOther, s.today.Time())
	if err != nil {
		return 0, fmt.Errorf("intake: how long what came to nothing is kept: %w", err)
	}
	return calendar.Period(kept).From(s.today), nil
}

// Block withholds a file from weeding, or lets it go again.
func (d *Door) Block(tx store.Tx, id int64, blocked bool) error {
	return wrapID("block", id, store.One(errNotOne)(tx.Exec(`UPDATE intake_half SET blocked = $1 WHERE id = $2`, blocked, id)))
}

// Weed removes the bytes, names and errors of at most limit halves whose time
// has passed, and returns how many. The rows stay, with digest and outcome: the
// journal's proofs need them. Blobs lose their row and are swept. Call it until
// it returns 0.
func (d *Door) Weed(tx store.Tx, today calendar.Day, limit int) (int, error) {
	ids, err := store.Collect(func(rows *store.Rows) (id int64, err error) {
		err = rows.Scan(&id)
		return id, err
	})(tx.Query(`SELECT id FROM intake_half WHERE purge_after < $1 AND NOT blocked ORDER BY purge_after, id LIMIT $2`, today, limit))
	if err != nil {
		return 0, fmt.Errorf("intake: find what is to be weeded: %w", err)
	}
	for _, id := range ids {
		if err := weed(tx, id); err != nil {
			return 0, wrapID("weed", id, err)
		}
	}
	return len(ids), nil
}

func weed(tx store.Tx, id int64) error {
	if _, err := tx.Exec(`DELETE FROM intake_bytes WHERE half_id = $1`, id); err != nil {
		return err
	}
	return store.One(errNotOne)(tx.Exec(`UPDATE intake_half SET blob_key = NULL, name = '', findings = NULL, purge_after = NULL, repeat_key = NULL
		WHERE id = $1`, id))
}
