package authority_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
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
