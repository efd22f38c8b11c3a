package authority

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"filtjanst/authority/evening"
	"filtjanst/calendar"
)

// move is how clocks are to be moved.
type move struct {
	to    func(foremost *World, now time.Time) time.Time // where all go, from the one that is foremost
	halt  context.Context                                // ends it at the next due time; what is under way goes on
	reach func(Moved)                                    // told at each due time, without the steps; may be nil
}

// trip is a move of the clocks of some worlds. It is always the hindmost that
// goes on, to its next due time: a world that a move which failed has left
// behind comes up to the others first, and one that fails holds them all.
type trip struct {
	move
	end     time.Time
	halted  bool
	stopped bool // before where it should have gone
	all     []*journey
}

// journey is one world's part of a trip.
type journey struct {
	*World
	moved   Moved
	letters int64 // the last one written before
	failed  error // what is due and fails is tried again, and does not stop time
}

// Advance moves the held clocks of all worlds, to so long after the time of the
// foremost, each by way of what falls due.
func (a *Authority) Advance(ctx context.Context, by time.Duration) ([]Moved, error) {
	return travel(ctx, a.worlds, move{to: after(by), halt: ctx})
}

// AdvanceToEvening moves the held clocks of all worlds to the next evening of
// the foremost and runs it.
func (a *Authority) AdvanceToEvening(ctx context.Context) ([]Moved, error) {
	return travel(ctx, a.worlds, move{to: (*World).nextEvening, halt: ctx})
}

// travel moves the held clocks among those of the worlds.
func travel(ctx context.Context, worlds []*World, to move) ([]Moved, error) {
	held := heldAmong(worlds)
	if len(held) == 0 {
		return nil, fmt.Errorf("authority: %w", ErrMachineClock)
	}
	for _, w := range held {
		w.turn.Lock()
		defer w.turn.Unlock()
	}
	t, err := begin(ctx, held, to)
	if err != nil {
		return nil, err
	}
	err = t.run(ctx)
	return t.done(context.WithoutCancel(ctx), err)
}

func heldAmong(worlds []*World) []*World {
	return slices.DeleteFunc(slices.Clone(worlds), func(w *World) bool { return w.held == nil })
}

// warnOfClocksApart tells of a move that ended half way.
func (a *Authority) warnOfClocksApart(ctx context.Context) {
	held := heldAmong(a.worlds)
	for _, w := range held {
		if latest := foremost(held).held.Now(); w.held.Now().Before(latest) {
			a.log.WarnContext(ctx, "authority: a world's clock is behind the other's; the next move brings it up first",
				"world", w.Name, "stands", w.held.Now(), "foremost", latest)
		}
	}
}

func begin(ctx context.Context, worlds []*World, to move) (*trip, error) {
	t := &trip{move: to}
	foremost := foremost(worlds)
	latest := foremost.held.Now()
	if t.end = to.to(foremost, latest); t.end.Before(latest) {
		return nil, fmt.Errorf("authority: the clock is moved forward only, not by %s", t.end.Sub(latest))
	}
	for _, w := range worlds {
		_, letters, err := w.lettersAfter(ctx, 0)
		if err != nil {
			return nil, err
		}
		from := w.held.Now()
		t.all = append(t.all, &journey{World: w, letters: letters, moved: Moved{World: w.Name, From: from.In(calendar.Stockholm()), To: from.In(calendar.Stockholm()), Behind: from.Before(latest)}})
	}
	return t, nil
}

// foremost is the world whose held clock shows the latest time.
func foremost(worlds []*World) *World {
	return slices.MaxFunc(worlds, func(a, b *World) int { return a.held.Now().Compare(b.held.Now()) })
}

// run goes on until all are at the end, or it is stopped.
func (t *trip) run(ctx context.Context) error {
	for _, j := range t.all {
		t.visit(ctx, j)
	}
	for j := t.hindmost(); j.moved.To.Before(t.end); j = t.hindmost() {
		select {
		case <-ctx.Done():
			t.stopped = true
			return nil
		default:
		}
		if t.halt.Err() != nil && !t.halted {
			t.shorten(j)
			continue
		}
		if err := j.moveOn(ctx, t.end); err != nil {
			return fmt.Errorf("authority: the clock of world %s stays at %s, and the others wait: mend this and move again, and it is brought up to them first: %w",
				j.Name, j.moved.To.Format(time.RFC3339), err)
		}
		t.visit(ctx, j)
	}
	return nil
}

func (t *trip) hindmost() *journey {
	return slices.MinFunc(t.all, func(a, b *journey) int { return a.moved.To.Compare(b.moved.To) })
}

// shorten ends a trip that is halted where the foremost of those that have
// moved is.
func (t *trip) shorten(hindmost *journey) {
	t.halted = true
	reached := hindmost.moved.To
	for _, j := range t.all {
		if j.moved.To.After(j.moved.From) && j.moved.To.After(reached) {
			reached = j.moved.To
		}
	}
	t.stopped = reached.Before(t.end)
	t.end = reached
}

// visit does what is due where a journey has come.
func (t *trip) visit(ctx context.Context, j *journey) {
	j.reading = t.reads(j.moved)
	defer func() { j.reading = nil }()
	step, err := j.doDue(ctx)
	j.failed = errors.Join(j.failed, err)
	j.moved.add(step)
	t.tell(j.moved)
}

// moveOn moves to the next due time, or to the end if that comes first.
func (j *journey) moveOn(ctx context.Context, end time.Time) error {
	next, err := j.nextDue(ctx, j.moved.To)
	if err != nil {
		return err
	}
	if next.After(end) {
		next = end
	}
	if err := j.held.Move(ctx, next); err != nil {
		return err
	}
	m, day := &j.moved, calendar.Of(next)
	m.To, m.Days = next, int(day-calendar.Of(m.From))
	if j.calendar.Runs(day) && j.calendar.Start(day).Equal(next) {
		m.Evenings++
	}
	return nil
}

// done tells what became of each journey, and of all of them.
func (t *trip) done(ctx context.Context, failed error) ([]Moved, error) {
	all := make([]Moved, len(t.all))
	for i, j := range t.all {
		written, _, err := j.lettersAfter(ctx, j.letters)
		j.moved.Letters, j.moved.Stopped = written, t.stopped
		all[i] = j.moved
		if j.failed != nil {
			err = errors.Join(err, fmt.Errorf("authority: the clock of world %s was moved to %s; what failed on the way is tried again: %w",
				j.Name, j.moved.To.Format(time.RFC3339), j.failed))
		}
		failed = errors.Join(failed, err)
	}
	return all, failed
}

// reads tells how far the files of an evening have been read in, counted with
// what was done before.
func (t move) reads(before Moved) func(evening.Progress) {
	files := map[int64]int64{}
	return func(p evening.Progress) {
		files[p.File] = p.Done
		now := before
		for _, documents := range files {
			now.Documents += documents
		}
		t.tell(now)
	}
}

func (t move) tell(m Moved) {
	if t.reach != nil {
		m.Steps = nil
		t.reach(m)
	}
}
