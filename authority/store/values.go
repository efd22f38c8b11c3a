package store

import (
	"fmt"
	"time"
)

// Micros is the stored form of a moment: microseconds since 1970 UTC, rounded
// down.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// Moment is the inverse of Micros, in UTC.
func Moment(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// Day is the stored form of a day: YYYY-MM-DD of t in its own location.
func Day(t time.Time) string { return t.Format(time.DateOnly) }

// ParseDay is the inverse of Day, at midnight UTC.
func ParseDay(s string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("store: %q is no day of the form YYYY-MM-DD", s)
	}
	return t, nil
}
