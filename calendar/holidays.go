package calendar

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/se"
)

// Holiday is a day that is not a working day although it may be a Monday to
// Friday: a public holiday (allmän helgdag) or one of the three eves that lag
// 1930:173 puts on a par with Sundays.
type Holiday struct {
	Day     Day
	Swedish string
	English string
}

// holidayRule is one line of the law on public holidays (lag 1989:253) or of
// the three eves, with the years in which it holds; zero means open.
type holidayRule struct {
	swedish, english string
	first, last      int
	rule             *cal.Holiday
}

func holidayRules() []holidayRule {
	return []holidayRule{
		{swedish: "nyårsdagen", english: "New Year's Day", rule: se.Nyarsdagen},
		{swedish: "trettondedag jul", english: "Epiphany", rule: se.TrettondedagJul},
		{swedish: "långfredagen", english: "Good Friday", rule: se.Langfredagen},
		{swedish: "annandag påsk", english: "Easter Monday", rule: se.AnnandagPask},
		{swedish: "första maj", english: "May Day", rule: se.ForstaMaj},
		{swedish: "Kristi himmelsfärdsdag", english: "Ascension Day", rule: se.KristiHimmelfardsdag},
		// SFS 2004:1320 exchanged Whit Monday for the National Day from 2005.
		{swedish: "annandag pingst", english: "Whit Monday", last: 2004, rule: aa.PentecostMonday},
		{swedish: "nationaldagen", english: "the National Day", first: 2005, rule: se.Nationaldagen},
		{swedish: "midsommarafton", english: "Midsummer Eve", rule: se.Midsommarafton},
		{swedish: "midsommardagen", english: "Midsummer Day", rule: se.Midsommardagen},
		{swedish: "alla helgons dag", english: "All Saints' Day", rule: se.AllaHelgonsDag},
		{swedish: "julafton", english: "Christmas Eve", rule: se.Julafton},
		{swedish: "juldagen", english: "Christmas Day", rule: se.Juldagen},
		{swedish: "annandag jul", english: "Boxing Day", rule: se.AnnandagJul},
		{swedish: "nyårsafton", english: "New Year's Eve", rule: se.Nyarsafton},
	}
}

func (r holidayRule) in(year int) (Holiday, bool) {
	if r.first != 0 && year < r.first || r.last != 0 && year > r.last {
		return Holiday{}, false
	}
	day, ok := r.day(year)
	return Holiday{Day: day, Swedish: r.swedish, English: r.english}, ok
}

// day leaves to the library what has to be calculated. It does so in the zone
// of the machine, some of which have had a New Year's Day without midnight or
// none at all: a date is therefore taken as it stands in the rule.
func (r holidayRule) day(year int) (Day, bool) {
	if dated := r.rule.Day != 0 && r.rule.Weekday == time.Sunday; dated {
		return Date(year, r.rule.Month, r.rule.Day), true
	}
	actual, _ := r.rule.Calc(year)
	if actual.IsZero() {
		return 0, false
	}
	return FromTime(actual), true
}

// holidaysOf returns the holidays of a year in the order of the rules.
func holidaysOf(year int) []Holiday {
	rules := holidayRules()
	days := make([]Holiday, 0, len(rules))
	for _, r := range rules {
		if h, ok := r.in(year); ok {
			days = append(days, h)
		}
	}
	return days
}

func isWeekend(d Day) (Holiday, bool) {
	switch d.Weekday() {
	case time.Saturday:
		return Holiday{Day: d, Swedish: "lördag", English: "a Saturday"}, true
	case time.Sunday:
		return Holiday{Day: d, Swedish: "söndag", English: "a Sunday"}, true
	}
	return Holiday{}, false
}
