package enforcement

import (
	"context"
	"time"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Letters puts on paper what does not, or does not only, go as a file (R46,
// R69). The choice of channel is made of what the case and the code want.
type Letters interface {
	// NewIDs returns the first of n ids of letters, before the transaction.
	NewIDs(ctx context.Context, n int) (int64, error)
	// Choose tells how a message goes for a code, by what the case wants, else
	// the code at this time (R47, R69).
	Choose(r store.Reader, m notice.Message, codeID int64, ofCase filing.Notice) (notice.Choice, error)
	// Put enters letters within the transaction of what gave rise to them.
	Put(tx store.Tx, letters ...notice.Letter) error
	// KeepUntil lets the letters of closed cases go after the day.
	KeepUntil(tx store.Tx, s filing.Service, last calendar.Day, numbers ...string) error
	// Protect and Lift keep the register of persons with protected data, and
	// Protected asks it.
	Protect(tx store.Tx, p notice.Protection, by service.Officer, at time.Time) error
	Lift(tx store.Tx, person identity.Number, by service.Officer, at time.Time) error
	Protected(r store.Reader, day calendar.Day, persons ...identity.Number) (map[identity.Number]bool, error)
	// Reaches tells whether a letter finds its way to the person.
	Reaches(r store.Reader, day calendar.Day, p notice.Person) (bool, error)
}

// Protect notes that the debtor's data are protected (skyddade
// personuppgifter), or no longer are: in the case, and in the register of
// protected persons, by which it holds in all cases of the person.
func (e *Enforcements) Protect(ctx context.Context, by service.Officer, number string, protected bool) error {
	return e.act(ctx, by, number, func(d *desk, c *kase) error {
		event := "identity_unprotected"
		if protected {
			event = "identity_protected"
		}
		if _, err := d.note(c, event, c.state(), c.state(), happening{}); err != nil {
			return err
		}
		switch {
		case e.letters == nil:
			return nil
		case protected:
			return e.letters.Protect(d.tx, notice.Protection{Person: c.debtor}, by, d.at)
		}
		return e.letters.Lift(d.tx, c.debtor, by, d.at)
	})
}
