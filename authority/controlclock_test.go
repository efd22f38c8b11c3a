package authority_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
	"filtjanst/authority/store"
)

const day = 24 * time.Hour

// Whoever moves the clocks hears how far they have come, and in the end what was
// done in all.
func TestMoveTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	days := map[string][]int{}
	control := authority.Control{Data: h.dir, Moving: func(m authority.Moved) {
		if len(m.Steps) > 0 {
			t.Error("steps are told on the way")
		}
		days[m.World] = append(days[m.World], m.Days)
	}}
	moved, err := control.Advance(t.Context(), 7*day) // from a Monday at noon
	must(t, err)
	want := []int{0, 0, 1, 2, 3, 4, 7} // where it begins, five evenings, the end
	for _, m := range moved {
		if diff := cmp.Diff(want, days[m.World]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", m.World, diff)
		}
		if m.Days != 7 || m.Evenings != 5 || m.Stopped || m.To.Sub(m.From) != 7*day {
			t.Errorf("in the end %+v", m)
		}
	}
	if len(moved) != 2 {
		t.Errorf("%d worlds", len(moved))
	}
}

// The clocks go on together, from due time to due time: a process that ends on
// the way leaves them at most one apart.
func TestWorldsMoveTogether(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := map[string]time.Time{}
	control := authority.Control{Data: h.dir, Moving: func(m authority.Moved) {
		if at[m.World] = m.To; len(at) == 2 && at[authority.Production].Sub(at[authority.Test]).Abs() > 3*day { // a week-end
			t.Errorf("on the way they stand at %v", at)
		}
	}}
	_, err := control.Advance(t.Context(), 30*day)
	must(t, err)
}

// A world that was left behind is brought up to the other by the next move, and
// a move that is stopped meanwhile does not wait for that.
func TestWorldLeftBehindIsBroughtUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	begun := h.World(authority.Production).Clock.Now()
	_, err := h.World(authority.Production).Advance(t.Context(), 40*day)
	must(t, err)
	must(t, h.stop())
	var said bytes.Buffer
	a, err := authority.New(t.Context(), h.config, authority.Outside{Logger: slog.New(slog.NewTextHandler(&said, nil))})
	must(t, err)
	must(t, a.Close())
	if text := said.String(); strings.Count(text, "is behind") != 1 || !strings.Contains(text, "world=test") {
		t.Errorf("at the start is said %s", text)
	}
	h.start()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	moved, err := authority.Control{Data: h.dir, Moving: func(m authority.Moved) {
		if m.World == authority.Test && m.Days == 3 {
			stop()
		}
	}}.Advance(ctx, 4000*day)
	must(t, err)
	ahead, behind := moved[0], moved[1]
	if ahead.Behind || ahead.Days != 0 || !behind.Behind || behind.Days < 3 || behind.Days > 3000 || !behind.Stopped {
		t.Errorf("stopped: %+v, %+v", ahead, behind)
	}
	moved, err = authority.Control{Data: h.dir}.Advance(t.Context(), day)
	must(t, err)
	for _, m := range moved {
		if want := ahead.To.Add(day); !m.To.Equal(want) || m.Behind != (m.From.Before(ahead.To)) || m.Stopped {
			t.Errorf("it was to go to %s: %+v", want, m)
		}
	}
	if ahead.To.Before(begun.Add(40 * day)) {
		t.Errorf("went from %s to %s", begun, ahead.To)
	}
}

// A world whose clock cannot be moved holds the other, and both go on together
// once that is mended.
func TestWorldThatFailsHoldsTheOther(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	control := authority.Control{Data: h.dir}
	last := h.World(authority.Test).Clock.Now().Add(3 * day)
	change := func(statement string) {
		must(t, h.World(authority.Test).DB.Do(t.Context(), func(tx store.Tx) error {
			_, err := tx.Exec(statement)
			return err
		}))
	}
	change(fmt.Sprintf(`CREATE TRIGGER broken BEFORE UPDATE ON clock_field WHEN NEW.seen > %d BEGIN SELECT RAISE(ABORT, 'broken'); END`, last.UnixMicro()))
	_, err := control.Advance(t.Context(), 30*day)
	if err == nil || !strings.Contains(err.Error(), "the clock of world test stays at ") || !strings.Contains(err.Error(), "broken") {
		t.Errorf("failed as %v", err)
	}
	clocks, err := control.Clock(t.Context())
	must(t, err)
	if apart := clocks[0].Now.Sub(clocks[1].Now); clocks[1].Now.After(last) || apart < 0 || apart > 3*day {
		t.Errorf("they stand at %s and %s", clocks[0].Now, clocks[1].Now)
	}
	change(`DROP TRIGGER broken`)
	moved, err := control.Advance(t.Context(), day)
	must(t, err)
	if !moved[0].To.Equal(clocks[0].Now.Add(day)) || !moved[1].To.Equal(moved[0].To) || !moved[1].Behind {
		t.Errorf("mended, they went as %+v", moved)
	}
}

// Clocks that are stopped stand at a due time with what is due there done, all
// worlds at the same, and go on from there.
func TestMoveIsStoppedBetweenDays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	control := authority.Control{Data: h.dir, Moving: func(m authority.Moved) {
		if m.Days == 3 {
			stop()
		}
	}}
	moved, err := control.Advance(ctx, 4000*day)
	must(t, err)
	clocks, err := control.Clock(t.Context())
	must(t, err)
	for i, m := range moved {
		if !m.Stopped || m.Days < 3 || m.Days > 3000 || !m.To.Equal(moved[0].To) || !clocks[i].Now.Equal(m.To) {
			t.Errorf("stopped: %+v, the clock shows %s", m, clocks[i].Now)
		}
	}
	again, err := authority.Control{Data: h.dir}.Advance(t.Context(), day)
	must(t, err)
	if !again[0].From.Equal(moved[0].To) || again[0].Stopped {
		t.Errorf("afterwards %+v", again[0])
	}
}
