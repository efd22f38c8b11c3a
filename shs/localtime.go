package shs

import (
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // times on the wire are Swedish, also where no zone files are installed
)

const timeLayout = "2006-01-02T15:04:05"

// Stockholm is the zone of all times on the wire, which carry none themselves.
func Stockholm() *time.Location { return stockholm() }

var stockholm = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic("shs: the embedded zone data lacks Europe/Stockholm: " + err.Error())
	}
	return zone
})

// FormatTime writes t as local Swedish time without zone, in whole seconds.
func FormatTime(t time.Time) string { return t.In(Stockholm()).Format(timeLayout) }

// ParseTime reads yyyy-MM-ddTHH:mm:ss as local Swedish time. A date alone, a
// blank for the T, fractions of a second and an explicit zone are accepted too.
func ParseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{timeLayout, time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, Stockholm()); err == nil {
			return t.In(Stockholm()), nil
		}
	}
	return time.Time{}, fmt.Errorf("time %q is not of the form yyyy-MM-ddTHH:mm:ss", clip(s))
}
