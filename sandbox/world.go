package sandbox

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"filtjanst/authority"
	"filtjanst/filer"
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

// Now is where the clock stands; it is the same in both worlds.
func (s *Sandbox) Now() time.Time { return s.Authority.World(authority.Test).Clock.Now() }

// Evening moves the clocks of both worlds to the next evening and runs it.
func (s *Sandbox) Evening(ctx context.Context) ([]authority.Moved, error) {
	var all []authority.Moved
	for _, name := range worldNames() {
		m, err := s.Authority.World(name).AdvanceToEvening(ctx)
		if err != nil {
			return all, err
		}
		all = append(all, m)
	}
	return all, nil
}
