package sandbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/store"
	"filtjanst/filer"
	"filtjanst/identity"
)

// Desk opens the desk of a filer with its ready configuration, on the clock
// of the world that the configuration names. change, which may be nil, alters
// the configuration first. The caller closes the desk.
func (s *Sandbox) Desk(ctx context.Context, code string, change func(*filer.Config)) (*filer.Desk, error) {
	c, err := filer.LoadConfig(s.path("filers", code, configFile))
	if err != nil {
		return nil, err
	}
	if change != nil {
		change(&c)
	}
	world := s.Authority.World(c.World)
	if world == nil {
		return nil, fmt.Errorf("sandbox: there is no world %q", c.World)
	}
	return filer.Open(ctx, c, world.Clock.Now, rand.Reader)
}

// MatterOf is the number of the debt restructuring of a debtor in the test
// world.
func (s *Sandbox) MatterOf(ctx context.Context, d Debtor) (number string, err error) {
	w := s.Authority.World(authority.Test)
	who, err := identity.Rules{Today: s.Now()}.Parse(d.Number)
	if err != nil {
		return "", err
	}
	err = w.DB.Read(ctx, func(r store.Reader) error {
		all, err := w.Matters.OfDebtor(r, who)
		if err == nil && len(all) == 0 {
			err = errors.New("the debtor has no debt restructuring")
		}
		if err == nil {
			number = all[len(all)-1].Number
		}
		return err
	})
	return number, err
}

// Now is where the clock stands; it is the same in both worlds.
func (s *Sandbox) Now() time.Time { return s.Authority.World(authority.Test).Clock.Now() }

// Advance moves the clocks of both worlds, by way of what falls due.
func (s *Sandbox) Advance(ctx context.Context, by time.Duration) ([]authority.Moved, error) {
	return s.Authority.Advance(ctx, by)
}

// Evening moves the clocks of both worlds to the next evening and runs it.
func (s *Sandbox) Evening(ctx context.Context) ([]authority.Moved, error) {
	return s.Authority.AdvanceToEvening(ctx)
}
