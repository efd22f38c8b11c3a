package store

import (
	"sync"
	"time"
)

// tally gathers Stats.
type tally struct {
	mu sync.Mutex
	s  Stats
}

func (t *tally) stats() Stats {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.s
}

// ran notes one closure.
func (t *tally) ran(waited, held time.Duration, failed bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.LongestWait = max(t.s.LongestWait, waited)
	t.s.LongestHold = max(t.s.LongestHold, held)
	if failed {
		t.s.Failed++
	}
	if held > MaxHold {
		t.s.Overheld++
	}
}

// group notes one commit of n writes.
func (t *tally) group(n int, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.Groups++
	t.s.Writes += int64(n)
	t.s.LargestGroup = max(t.s.LargestGroup, int64(n))
	t.s.LongestGroup = max(t.s.LongestGroup, took)
}

// failed notes writes undone with their group; those with an error of their own
// were noted when they ran.
func (t *tally) failed(members []*request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range members {
		if r.err == nil {
			t.s.Failed++
		}
	}
}

// failedCommit notes one write undone, or perhaps undone, by its commit.
func (t *tally) failedCommit() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.Failed++
}

func (t *tally) retried() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.Retries++
}
