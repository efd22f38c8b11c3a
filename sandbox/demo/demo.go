// Package demo is the narrated play of what the sandbox is for: a filer's list of
// claims on its way to a confirmation, a file that is rejected and corrected, and
// each of the services from the first file to the end, with debtors who answer.
//
// What happens, in which order, and the words in both languages stand here. Who
// calls starts the world, chooses what is played, and decides what becomes of the
// lines: demo writes files in the world's folder and nothing to a terminal.
package demo

import (
	"context"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filing"
	"filtjanst/sandbox"
)

// Begin is the Monday morning on which the world of a play should begin.
func Begin() time.Time { return calendar.MustDay("2026-11-23").At(9, 0) }

// Line is one line of what is told.
type Line struct {
	Step    int // the number of the step; 0 for a detail of the step before
	Swedish string
	English string
}

// Options are how a play is given.
type Options struct {
	Dir     string      // of the world
	Keep    bool        // the folder stays: the play tells where files stand
	Form    filing.Form // of the files that are sent
	Narrate func(Line)  // nil to play in silence
}

// kept is the folder that stays; "" if it does not.
func (o Options) kept() string {
	if !o.Keep {
		return ""
	}
	return o.Dir
}

// play gives one play by the filer that rehearses.
func (o Options) play(ctx context.Context, world *sandbox.Sandbox, act func(*story) error) error {
	desk, err := world.Desk(ctx, protagonist, func(c *filer.Config) { c.Form = o.Form })
	if err != nil {
		return err
	}
	defer desk.Close()
	s := &story{Options: o, world: world, desk: desk, peeked: map[string]bool{}}
	s.tell("En påhittad myndighet är igång på %s; klockan där är %s.", "A made-up authority is up at %s; the clock there is %s.", world.Ready().Gateway, s.clock())
	s.show("Layouter och koder är projektets egen profil, inte myndighetens.", "Layouts and codes are the project's own profile, not the authority's.")
	if err := act(s); err != nil {
		return err
	}
	if o.Keep {
		s.tell("Allt ligger kvar i %s.", "Everything is kept in %s.", o.Dir)
	}
	return nil
}

// protagonist is the party code of the filer that acts where no other does.
const protagonist = "ABC"
