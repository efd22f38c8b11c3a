package paymentorder

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Stop takes back an approved application file before the evening, or lines of it
// by own reference: the filer's own wish, entered by an officer. The cases are
// registered and discontinued at once, as after a withdrawal (R70); the fees are
// owed. A file whose reading-in has begun is not stopped as a whole, and no line
// that is a case already: those are withdrawn.
func (o *Orders) Stop(ctx context.Context, by service.Officer, file int64, references ...string) error {
	stop := service.Stop{File: file, References: references, By: by, At: o.clock.Now()}
	return o.stops.Order(ctx, stop, func(tx store.Tx) error {
		if _, err := takeGate(tx, file, 0); err != nil {
			return err
		}
		n, err := countReadIn(tx, file, references)
		if err != nil {
			return err
		}
		return service.ReadIn(n)
	})
}

// countReadIn counts the applications of the file that are cases already, of
// those with the references if any are given.
func countReadIn(tx store.Tx, file int64, references []string) (n int64, err error) {
	if len(references) == 0 {
		err = tx.QueryRow(`SELECT COUNT(*) FROM paymentorder_case WHERE file = $1`, file).Scan(&n)
		return n, err
	}
	for some := range store.Chunks(references) {
		var more int64
		places, args := store.Among(2, some)
		if err := tx.QueryRow(`SELECT COUNT(*) FROM paymentorder_case WHERE file = $1 AND reference IN (`+places+`)`,
			append([]any{file}, args...)...).Scan(&more); err != nil {
			return 0, err
		}
		n += more
	}
	return n, nil
}
