package store

import (
	"fmt"
	"time"

	"filtjanst/identity"
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

// Identity is the stored form of an identity number, which leaves its mask
// here (DESIGN decision 17; a test names the rooms that may): its twelve
// digits, "kind:value" of a foreign one, "" of none. It is for columns, and for
// what is compared with them.
func Identity(n identity.Number) string { return n.Full() }

// ParseIdentity is the inverse of Identity.
func ParseIdentity(full string) (identity.Number, error) {
	if full == "" {
		return identity.Number{}, nil
	}
	return identity.Parse12(full)
}
