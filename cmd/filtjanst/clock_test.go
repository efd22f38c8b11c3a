package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"filtjanst/authority"
)

func TestClocksApart(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	held := func(at time.Time) authority.ClockState { return authority.ClockState{Now: at, Held: true} }
	for name, test := range map[string]struct {
		clocks []authority.ClockState
		want   bool
	}{
		"together":         {[]authority.ClockState{held(now), held(now)}, false},
		"apart":            {[]authority.ClockState{held(now), held(now.Add(time.Hour))}, true},
		"on the machine's": {[]authority.ClockState{{Now: now}, {Now: now.Add(time.Second)}}, false},
		"one held":         {[]authority.ClockState{{Now: now}, held(now.Add(time.Hour))}, false},
	} {
		if got := apart(test.clocks); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Of a world that was left behind is said so.
func TestMovedFromBehind(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	a := &app{out: &out}
	if err := a.reportMoved([]authority.Moved{{World: "production"}, {World: "test", Behind: true, Stopped: true}}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if strings.Contains(lines[0], "behind") || !strings.Contains(lines[1], "was behind, stopped, 0 days") {
		t.Errorf("said %q", lines)
	}
}
