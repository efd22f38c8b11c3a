package enforcement

import (
	"context"

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
	return e.stops.Order(ctx, stop, "enforcement_application", func(tx store.Tx) error { return guardFile(tx, file) })
}
