package authority

import (
	"sync"
	"time"

	"filtjanst/authority/evening"
	"filtjanst/calendar"
)

// LastRun is the latest look of this process for what is due.
type LastRun struct {
	At      time.Time   `json:"at"`
	Evening EveningDone `json:"evening"`
	Error   string      `json:"error,omitempty"`
}

// EveningDone is what one run of the evening has done.
type EveningDone struct {
	Day       calendar.Day `json:"day"` // the evening up to which was worked
	Deadlines int64        `json:"deadlines"`
	Files     int64        `json:"files"` // read in to their end
	Documents int64        `json:"documents"`
	Batches   int64        `json:"batches"`          // files put in outboxes, confirmations among them
	Busy      int64        `json:"busy"`             // files that another worker had
	Postponed int64        `json:"postponed"`        // files that failed a short while ago
	Withheld  int64        `json:"withheld"`         // files that wait for a permit in force
	Window    string       `json:"window,omitempty"` // why the run stopped, or did not begin
}

func doneOf(s evening.Summary) EveningDone {
	d := EveningDone{
		Day: s.Day, Deadlines: s.Deadlines, Files: s.Files, Documents: s.Documents,
		Batches: s.Batches, Busy: s.Busy, Postponed: s.Postponed, Withheld: s.Withheld,
	}
	if s.Window != nil {
		d.Window = s.Window.Reason
	}
	return d
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
	r.last = &LastRun{At: at, Evening: doneOf(s)}
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
