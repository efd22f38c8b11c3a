package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Stop takes back an approved application file before the evening, or lines of it
// by own reference: the filer's own wish, entered by an officer. The cases are
// registered and closed at once, as after a withdrawal (R70), and no basic fee is
// charged. A file whose reading-in has begun is not stopped as a whole, and no
// line that is a case already: those are withdrawn.
func (e *Enforcements) Stop(ctx context.Context, by service.Officer, file int64, references ...string) error {
	stop := service.Stop{File: file, References: references, By: by, At: e.clock.Now()}
	return e.stops.Order(ctx, stop, func(tx store.Tx) error {
		if err := guardFile(tx, file); err != nil {
			return err
		}
		n, err := countReadIn(tx, file, references)
		if err != nil {
			return fmt.Errorf("enforcement: count what is read in of file %d: %w", file, err)
		}
		return service.ReadIn(n)
	})
}

// countReadIn counts the applications of the file that are cases already, of
// those with the references if any are given.
func countReadIn(tx store.Tx, file int64, references []string) (n int64, err error) {
	if len(references) == 0 {
		err = tx.QueryRow(`SELECT COUNT(*) FROM enforcement_application WHERE file = $1`, file).Scan(&n)
		return n, err
	}
	all, err := listedFor(tx, `SELECT COUNT(*) FROM enforcement_application WHERE file = $1 AND reference IN %s`, file, unique(references),
		func(rows *store.Rows) (n int64, err error) { return n, rows.Scan(&n) })
	for _, some := range all {
		n += some
	}
	return n, err
}
