package calendar

import (
	"sync"
	"time"
	_ "time/tzdata" // Stockholm must be known on machines without a zone database
)

// Clock tells the time of the field: of arrivals, evenings and deadlines.
// TLS, sessions and leases use wall time instead.
type Clock interface {
	Now() time.Time
}

// Wall is the machine's own clock.
type Wall struct{}

// Now returns the machine's time in UTC.
func (Wall) Now() time.Time { return time.Now().UTC() }

// Fixed is a clock that stands still until it is moved. It may be used by
// several goroutines. The zero Fixed shows the zero time; see NewFixed.
type Fixed struct {
	mu  sync.RWMutex
	now time.Time
}

// NewFixed returns a clock standing at t.
func NewFixed(t time.Time) *Fixed { return &Fixed{now: t} }

// Now returns the time the clock stands at.
func (c *Fixed) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.now
}

// Set moves the clock to t, forwards or backwards.
func (c *Fixed) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Advance moves the clock by d and returns the new time.
func (c *Fixed) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

var stockholm = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic("calendar: the embedded zone database lacks Europe/Stockholm: " + err.Error())
	}
	return loc
})

// Stockholm returns the location Europe/Stockholm, from the zone database of
// the machine or the one built in.
func Stockholm() *time.Location { return stockholm() }
