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
	return o.stops.Order(ctx, stop, "paymentorder_case", func(tx store.Tx) error {
		_, err := takeGate(tx, file, 0)
		return err
	})
}
