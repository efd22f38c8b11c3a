package authority

import (
	"sync"
	"time"

	"filtjanst/authority/evening"
)

// LastRun is the latest look of this process for what is due.
type LastRun struct {
	At      time.Time       `json:"at"`
	Summary evening.Summary `json:"summary"`
	Error   string          `json:"error,omitempty"`
}

// totals are what this process has done of what fell due.
type totals struct {
	documents, files, batches, deadlines, expired int64
}

// runs remembers what came of looking for what is due.
type runs struct {
	mu   sync.Mutex
	last *LastRun
	sum  totals
}

func (r *runs) note(at time.Time, expired int, s evening.Summary, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = &LastRun{At: at, Summary: s}
	if err != nil {
		r.last.Error = err.Error()
	}
	r.sum.documents += s.Documents
	r.sum.files += s.Files
	r.sum.batches += s.Batches
	r.sum.deadlines += s.Deadlines
	r.sum.expired += int64(expired)
}

// latest is nil before the first look.
func (r *runs) latest() *LastRun {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

func (r *runs) totals() totals {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sum
}
