package evening

import (
	"errors"
	"testing"
	"time"
)

func TestPatience(t *testing.T) {
	t.Parallel()
	var p patience
	now := time.Date(2026, 3, 2, 19, 0, 0, 0, time.UTC)
	if p.waits(1, now) {
		t.Error("a file that never failed waits")
	}
	broken := errors.New("broken")
	for _, want := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second} {
		p.settle(1, broken, now)
		if !p.waits(1, now.Add(want-1)) || p.waits(1, now.Add(want)) || p.waits(2, now) {
			t.Errorf("does not wait just %v", want)
		}
		now = now.Add(want)
	}
	for range 20 {
		p.settle(1, broken, now)
	}
	if p.waits(1, now.Add(longestWait)) {
		t.Error("waits for ever")
	}
	p.settle(1, nil, now)
	if p.waits(1, now) {
		t.Error("waits after it went well")
	}
}
