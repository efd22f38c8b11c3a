package calendar

import (
	"cmp"
	"maps"
	"slices"
)

// The years whose holidays a Calendar holds ready and that the golden table
// covers. Other years are computed when asked for, by the same rules.
const (
	firstYear = 1990
	lastYear  = 2060
)

// Override says that a day is, or is not, a working day whatever the rules
// say: a new holiday before the library knows it, or an extra day off.
type Override struct {
	Day     Day
	Working bool
	// Swedish and English name the reason as it appears in basis texts; empty
	// means "ledig dag", "a day off".
	Swedish, English string
}

func (o Override) holiday() Holiday {
	return Holiday{Day: o.Day, Swedish: cmp.Or(o.Swedish, "ledig dag"), English: cmp.Or(o.English, "a day off")}
}

// Calendar knows working days (R71): Monday to Friday, no public holiday, no
// Midsummer Eve, Christmas Eve or New Year's Eve. It is immutable and safe for
// concurrent use.
type Calendar struct {
	holidays  map[Day]Holiday
	overrides map[Day]Override
}

// New returns the Swedish calendar with overrides from configuration. When a
// day is named twice the later override holds.
func New(overrides ...Override) *Calendar {
	c := &Calendar{
		holidays:  make(map[Day]Holiday, (lastYear-firstYear+1)*len(holidayRules())),
		overrides: make(map[Day]Override, len(overrides)),
	}
	for year := firstYear; year <= lastYear; year++ {
		for _, h := range holidaysOf(year) {
			c.add(h)
		}
	}
	for _, o := range overrides {
		c.overrides[o.Day] = o
	}
	return c
}

// add keeps the first name when two holidays meet on one day.
func (c *Calendar) add(h Holiday) {
	if _, taken := c.holidays[h.Day]; !taken {
		c.holidays[h.Day] = h
	}
}

// IsWorking reports whether d is a working day.
func (c *Calendar) IsWorking(d Day) bool {
	_, off := c.Off(d)
	return !off
}

// Off returns why d is not a working day; ok is false for a working day.
func (c *Calendar) Off(d Day) (why Holiday, ok bool) {
	if o, found := c.overrides[d]; found {
		return o.holiday(), !o.Working
	}
	if h, found := c.holiday(d); found {
		return h, true
	}
	return isWeekend(d)
}

func (c *Calendar) holiday(d Day) (Holiday, bool) {
	if year := d.Year(); year < firstYear || year > lastYear {
		return computedHoliday(d, year)
	}
	h, ok := c.holidays[d]
	return h, ok
}

func computedHoliday(d Day, year int) (Holiday, bool) {
	for _, h := range holidaysOf(year) {
		if h.Day == d {
			return h, true
		}
	}
	return Holiday{}, false
}

// NextWorking returns d itself if it is a working day, else the first working
// day after it.
func (c *Calendar) NextWorking(d Day) Day {
	for !c.IsWorking(d) {
		d++
	}
	return d
}

// AddWorking returns the nth working day after d, for n of at least 1; for 0
// it is NextWorking.
func (c *Calendar) AddWorking(d Day, n int) Day {
	for d = c.NextWorking(d); n > 0; n-- {
		d = c.NextWorking(d + 1)
	}
	return d
}

// Holidays returns the days of a year, overrides included, that are not
// working days though they fall on Monday to Friday, in order.
func (c *Calendar) Holidays(year int) []Holiday {
	days := map[Day]Holiday{}
	for d := Date(year, 1, 1); d.Year() == year; d++ {
		_, weekend := isWeekend(d)
		if why, off := c.Off(d); off && !weekend {
			days[d] = why
		}
	}
	byDay := func(a, b Holiday) int { return cmp.Compare(a.Day, b.Day) }
	return slices.SortedFunc(maps.Values(days), byDay)
}
