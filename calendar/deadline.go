package calendar

import (
	"fmt"
	"strings"
)

// Period is a length of time in the units of statutes. Its fields are those
// of statute.Period, so that one converts into the other. Years and months are
// counted first, then weeks and days.
type Period struct {
	Years, Months, Weeks, Days int
}

// From returns the last day of the period counted from start, which itself is
// not counted: weeks end on the same weekday, months and years on the same
// date or the last day of a month that lacks it (law.md §12).
func (p Period) From(start Day) Day {
	d := start
	if months := 12*p.Years + p.Months; months != 0 {
		d = d.AddMonths(months)
	}
	return d.AddDays(7*p.Weeks + p.Days)
}

// Before returns the day from which the period has just gone by on end: the
// date, or the weekday, so long before.
func (p Period) Before(end Day) Day {
	return Period{Years: -p.Years, Months: -p.Months, Weeks: -p.Weeks, Days: -p.Days}.From(end)
}

// Deadline is a statutory time limit with its reckoning. The last moment is
// the end of Day in Stockholm.
type Deadline struct {
	Start   Day // the day counted from, not counted itself
	Period  Period
	Section string  // the rule, as "BFL §34"
	Counted Day     // the last day before lag 1930:173 was applied
	Day     Day     // the last day
	Off     Holiday // why Counted was moved; zero if it was not
}

// Deadline counts a statutory period from start. If it ends on a day that is
// not a working day, it runs to the next working day (lag 1930:173).
func (c *Calendar) Deadline(start Day, p Period, section string) Deadline {
	counted := p.From(start)
	dl := Deadline{Start: start, Period: p, Section: section, Counted: counted, Day: counted}
	if why, off := c.Off(counted); off {
		dl.Day, dl.Off = c.NextWorking(counted), why
	}
	return dl
}

// Passed reports whether the deadline has passed on the given day.
func (dl Deadline) Passed(today Day) bool { return today > dl.Day }

// Swedish tells how the deadline was counted.
func (dl Deadline) Swedish() string {
	text := fmt.Sprintf("%s från %s%s", dl.Period.Swedish(), dl.Start, inParentheses(dl.Section))
	if dl.Day == dl.Counted {
		return fmt.Sprintf("%s: sista dag %s", text, dl.Day)
	}
	return fmt.Sprintf("%s: %s är %s, sista dag därför %s (lag 1930:173)", text, dl.Counted, dl.Off.Swedish, dl.Day)
}

// English tells how the deadline was counted.
func (dl Deadline) English() string {
	text := fmt.Sprintf("%s from %s%s", dl.Period.English(), dl.Start, inParentheses(dl.Section))
	if dl.Day == dl.Counted {
		return fmt.Sprintf("%s: last day %s", text, dl.Day)
	}
	return fmt.Sprintf("%s: %s is %s, so the last day is %s (lag 1930:173)", text, dl.Counted, dl.Off.English, dl.Day)
}

func inParentheses(section string) string {
	if section == "" {
		return ""
	}
	return " (" + section + ")"
}

// Swedish names the period: "4 veckor".
func (p Period) Swedish() string {
	return p.words([4][2]string{{"år", "år"}, {"månad", "månader"}, {"vecka", "veckor"}, {"dag", "dagar"}}, "och")
}

// English names the period: "4 weeks".
func (p Period) English() string {
	return p.words([4][2]string{{"year", "years"}, {"month", "months"}, {"week", "weeks"}, {"day", "days"}}, "and")
}

func (p Period) words(units [4][2]string, and string) string {
	var parts []string
	for i, n := range [4]int{p.Years, p.Months, p.Weeks, p.Days} {
		switch n {
		case 0:
		case 1:
			parts = append(parts, "1 "+units[i][0])
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, units[i][1]))
		}
	}
	if len(parts) == 0 {
		return "0 " + units[3][1]
	}
	return strings.Join(parts, " "+and+" ")
}
