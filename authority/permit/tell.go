package permit

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Post makes ready to tell a filer of one decision. It is called before the
// transaction of the decision, and what it returns within.
type Post func(context.Context) (Teller, error)

// Teller tells the filer of a decision about its permit, which stands as it did
// before.
type Teller func(store.Tx, Permit, Decided) error

// The kinds of decision that the filer is told of.
const (
	Suspension = "suspend"
	Resuming   = "resume"
)

// decideAndTell is a decision that the filer is told of.
func (d *Desk) decideAndTell(ctx context.Context, by service.Officer, code string, s filing.Service, kind string,
	do func(store.Tx, int64, Act) error) error {
	tell := func(store.Tx, Permit, Decided) error { return nil }
	if d.post != nil {
		var err error
		if tell, err = d.post(ctx); err != nil {
			return err
		}
	}
	return d.decideOf(ctx, by, code, s, func(tx store.Tx, p Permit, act Act) error {
		if err := do(tx, p.ID, act); err != nil {
			return err
		}
		return tell(tx, p, Decided{Act: act, Kind: kind})
	})
}
