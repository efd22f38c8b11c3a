package evening

import (
	"sync"
	"time"
)

// The wait before a file that failed is tried again, doubled each time: a file
// that cannot be read in must not be read from its start every few seconds.
const (
	firstWait   = 5 * time.Second
	longestWait = 15 * time.Minute
)

// patience knows which files have failed in this process, by wall time.
type patience struct {
	mu     sync.Mutex
	failed map[int64]failure
}

type failure struct {
	wait  time.Duration
	until time.Time
}

// waits tells whether it is too early to try the file again.
func (p *patience) waits(id int64, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return now.Before(p.failed[id].until)
}

// settle notes how a file went.
func (p *patience) settle(id int64, err error, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		delete(p.failed, id)
		return
	}
	if p.failed == nil {
		p.failed = map[int64]failure{}
	}
	wait := min(max(firstWait, 2*p.failed[id].wait), longestWait)
	p.failed[id] = failure{wait, now.Add(wait)}
}
