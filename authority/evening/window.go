package evening

import (
	"fmt"
	"time"

	"filtjanst/calendar"
)

// Window is a time in which nothing is read in or sent, as for maintenance.
type Window struct {
	From, To time.Time // To is the first moment after it
	Reason   string
}

func (w Window) check() error {
	if !w.From.Before(w.To) {
		return fmt.Errorf("evening: maintenance window from %s to %s: it must end after it begins",
			w.From.Format(time.RFC3339), w.To.Format(time.RFC3339))
	}
	return nil
}

// windowAt returns the window that holds the moment, or nil.
func windowAt(windows []Window, t time.Time) *Window {
	for i := range windows {
		if w := &windows[i]; !t.Before(w.From) && t.Before(w.To) {
			return w
		}
	}
	return nil
}

// longestPause is how many days without a run are looked through for the last
// evening.
const longestPause = 366

// lastBegun is the day of the last run that has begun by now. Files that wait
// for it or an earlier one are due: an evening that was missed, or its day
// closed after the file was approved, is caught up with the next.
func lastBegun(e calendar.Evening, now time.Time) (calendar.Day, bool) {
	day := calendar.Of(now)
	for range longestPause {
		if e.Runs(day) && !now.Before(e.Start(day)) {
			return day, true
		}
		day = day.AddDays(-1)
	}
	return 0, false
}
