package restructuring

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Stop takes back an approved file of claim reports before the evening, or lines
// of it by own reference: the filer's own wish, entered by an officer. The reports
// are registered as withdrawn, so that each has its number and its line. A file
// whose reading-in has begun is not stopped as a whole, and no line that is
// registered already: those are withdrawn (see [Matters.WithdrawClaim]).
func (m *Matters) Stop(ctx context.Context, by service.Officer, file int64, references ...string) error {
	stop := service.Stop{File: file, References: references, By: by, At: m.clock.Now()}
	return m.stops.Order(ctx, stop, "restructuring_report", func(store.Tx) error { return nil })
}
