package calendar

import (
	"errors"
	"fmt"
	"time"
)

// Day is a civil date in the proleptic Gregorian calendar, counted in days
// with 0001-01-01 as 1. The zero Day means "no day": it prints as the empty
// string and is never taken for a date. Days compare with == and <, and the
// difference of two days is a number of days.
type Day int32

const (
	secondsPerDay = 24 * 60 * 60
	// unixEpoch is 1970-01-01 as a Day.
	unixEpoch Day = 719163
	// lastDay is 9999-12-31, the last day that four year digits can name.
	lastDay Day = 3652059
)

// ErrDay is wrapped by every error of ParseDay and of the decoders of Day.
var ErrDay = errors.New("not a date of the form YYYY-MM-DD")

// Date returns the day of the given year, month and day of the month. Values
// outside their range are normalised as by time.Date; see ValidDate.
func Date(year int, month time.Month, day int) Day {
	return fromUTC(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// ValidDate is Date for input from outside: ok is false when the date does not
// exist or the year is not 1–9999.
func ValidDate(year int, month time.Month, day int) (d Day, ok bool) {
	if year < 1 || year > 9999 {
		return 0, false
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Month() != month || t.Day() != day {
		return 0, false
	}
	return fromUTC(t), true
}

// Of returns the day it is in Stockholm at the instant t.
func Of(t time.Time) Day {
	return FromTime(t.In(Stockholm()))
}

// FromTime returns the date that t shows in its own location. It is the
// inverse of Day.Time; use Of for instants.
func FromTime(t time.Time) Day {
	return Date(t.Date())
}

// fromUTC takes midnight UTC, a whole number of days from the epoch.
func fromUTC(t time.Time) Day {
	return Day(t.Unix()/secondsPerDay) + unixEpoch
}

// Today returns the day it is in Stockholm by the clock.
func Today(c Clock) Day { return Of(c.Now()) }

// IsZero reports whether d is "no day".
func (d Day) IsZero() bool { return d == 0 }

// Time returns midnight UTC of the day, the form in which statute, money and
// identity take dates. The zero Day gives the zero time.Time.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d-unixEpoch)*secondsPerDay, 0).UTC()
}

// At returns the instant at which a Stockholm clock shows hour and minute on
// the day. In the hour that summer time skips or repeats, either reading may be
// returned.
func (d Day) At(hour, minute int) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, hour, minute, 0, 0, Stockholm())
}

// Date returns year, month and day of the month.
func (d Day) Date() (year int, month time.Month, day int) { return d.Time().Date() }

// Year returns the year of the day.
func (d Day) Year() int { return d.Time().Year() }

// Month returns the month of the day.
func (d Day) Month() time.Month { return d.Time().Month() }

// Day returns the day of the month.
func (d Day) Day() int { return d.Time().Day() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday {
	return time.Weekday(((d % 7) + 7) % 7)
}

// AddDays returns the day n days later, earlier if n is negative.
func (d Day) AddDays(n int) Day { return d + Day(n) }

// AddMonths returns the same date n months later; if that month lacks the
// date, its last day (law.md §12).
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date(first.Year(), first.Month(), min(day, last))
}

// Before reports whether d is earlier than other.
func (d Day) Before(other Day) bool { return d < other }

// After reports whether d is later than other.
func (d Day) After(other Day) bool { return d > other }

// Sub returns the number of days from other to d.
func (d Day) Sub(other Day) int { return int(d - other) }

// String returns YYYY-MM-DD, or the empty string for the zero Day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return string(d.AppendText10(make([]byte, 0, 10)))
}

// AppendText10 appends the ten bytes YYYY-MM-DD to b.
func (d Day) AppendText10(b []byte) []byte { return d.Time().AppendFormat(b, time.DateOnly) }

// ParseDay reads YYYY-MM-DD. Other forms of dates are read by profiles.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return 0, fmt.Errorf("calendar: %q: %w", s, ErrDay)
	}
	return fromUTC(t), nil
}

// MustDay is ParseDay for constants in code and tests; it panics on a fault.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}
