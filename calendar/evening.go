package calendar

import (
	"fmt"
	"time"
)

// RunDays says on which days an evening run is held.
type RunDays uint8

// The rules for run days; R71 is the default, the others are for a run
// calendar that R33 lets the operator choose.
const (
	OnWorkingDays    RunDays = iota // R71
	OnMondayToFriday                // holidays and eves included
	OnEveryDay
)

// Evening is the run calendar (R33): on which days, and at what time in
// Stockholm, approved files are read in (R28, R32).
type Evening struct {
	Calendar *Calendar
	Hour     int
	Minute   int
	Days     RunDays
	// Closed holds days without a run, as maintenance, with the reason.
	Closed map[Day]string
	// Extra holds days with a run though Days says none, with the reason.
	// A day that is in both is closed.
	Extra map[Day]string
}

// DefaultHour is the hour of the run unless configured otherwise. The true
// hour is not published; see service.md §8.
const DefaultHour = 19

// DefaultEvening returns a run at 19:00 on the working days of c.
func DefaultEvening(c *Calendar) Evening {
	return Evening{Calendar: c, Hour: DefaultHour}
}

// Check tells what is wrong with a configured run calendar.
func (e Evening) Check() error {
	switch {
	case e.Calendar == nil:
		return fmt.Errorf("calendar: an evening needs a calendar of working days")
	case e.Hour < 0 || e.Hour > 23 || e.Minute < 0 || e.Minute > 59:
		return fmt.Errorf("calendar: evening run at %d:%02d: give an hour 0–23 and a minute 0–59", e.Hour, e.Minute)
	case e.Days > OnEveryDay:
		return fmt.Errorf("calendar: evening run days %d: unknown rule", e.Days)
	}
	return nil
}

// Runs reports whether a run is held on the evening of d.
func (e Evening) Runs(d Day) bool {
	if _, closed := e.Closed[d]; closed {
		return false
	}
	if _, extra := e.Extra[d]; extra {
		return true
	}
	switch e.Days {
	case OnEveryDay:
		return true
	case OnMondayToFriday:
		_, weekend := isWeekend(d)
		return !weekend
	}
	return e.Calendar.IsWorking(d)
}

// Start returns the instant at which the run of d begins.
func (e Evening) Start(d Day) time.Time { return d.At(e.Hour, e.Minute) }

// Next returns the day of the run that takes a file approved at t: the same
// day if it has a run that has not begun, else the next day with a run.
func (e Evening) Next(t time.Time) Day {
	d := Of(t)
	if e.Runs(d) && t.Before(e.Start(d)) {
		return d
	}
	return e.NextRun(d + 1)
}

// NextRun returns d if a run is held then, else the next day with one.
func (e Evening) NextRun(d Day) Day {
	for !e.Runs(d) {
		d++
	}
	return d
}

// NextEvening is cfg.Next(t).
func NextEvening(t time.Time, cfg Evening) Day { return cfg.Next(t) }
