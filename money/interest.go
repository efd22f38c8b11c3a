package money

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"filtjanst/statute"
)

// DayCount says which days of a period carry interest. The Interest Act has no
// rule (law.md §4), so it is a setting. The year always has 365 days.
type DayCount uint8

const (
	// BothDays counts the first and the last day: filers' usual figures
	// (input.md §4) and the default.
	BothDays DayCount = iota
	// WithoutLast leaves the last day out.
	WithoutLast
)

// daysPerYear is the divisor of actual/365.
const daysPerYear = 365

// ErrInterest is wrapped when interest is asked for a time that ends before it
// begins, on a negative capital, or at a rate that is negative or absurd.
var ErrInterest = errors.New("interest cannot be computed")

// Span is a part of an interest period with one rate.
type Span struct {
	From, To time.Time // both count; midnight UTC
	Days     int
	Rate     Rate // the whole rate
	// Reference is the reference rate in it; zero for a fixed rate.
	Reference Rate
	// Assumed marks a reference rate that is an assumption (statute.Entry).
	Assumed bool
}

// Interest is the accrued interest of one claim part and how it came about.
type Interest struct {
	Amount Amount // rounded once, HalfUp
	Days   int
	Spans  []Span
}

// Assumed reports whether a rate in it is an assumption.
func (i Interest) Assumed() bool {
	for _, s := range i.Spans {
		if s.Assumed {
			return true
		}
	}
	return false
}

// Fixed returns the interest on capital at a fixed yearly rate from one day to
// another, as of an agreed rate. The rate must not be negative.
func Fixed(capital Amount, rate Rate, from, to time.Time, count DayCount) (Interest, error) {
	first, end, err := period(capital, from, to, count)
	if err != nil {
		return Interest{}, err
	}
	return accrue(capital, []Span{{From: first, To: end.AddDate(0, 0, -1), Rate: rate}})
}

// Late returns the interest on late payment: the reference rate in force at
// each time and an addition, which is statute.LateInterestAddition (RL §6)
// or statute.RescissionAddition (RL §5).
func Late(table *statute.Table, addition statute.Symbol, capital Amount, from, to time.Time, count DayCount) (Interest, error) {
	first, end, err := period(capital, from, to, count)
	if err != nil {
		return Interest{}, err
	}
	spans := divide(first, end, changes(table, addition, first, end))
	for i := range spans {
		if err := setRate(&spans[i], table, addition); err != nil {
			return Interest{}, err
		}
	}
	return accrue(capital, spans)
}

// LateSince returns the first day for which Late knows its rate; the zero time
// where the table lacks it. The Act of before 2002-07-01 knew no such rate.
func LateSince(table *statute.Table, addition statute.Symbol) time.Time {
	reference, known := table.Since(statute.ReferenceRate)
	added, law := table.Since(addition)
	switch {
	case !known || !law:
		return time.Time{}
	case added.After(reference):
		return added
	}
	return reference
}

// changes returns the days within the period on which a rate changes.
func changes(table *statute.Table, addition statute.Symbol, first, end time.Time) []time.Time {
	last := end.AddDate(0, 0, -1)
	days := slices.Concat(table.Changes(statute.ReferenceRate, first, last), table.Changes(addition, first, last))
	slices.SortFunc(days, time.Time.Compare)
	return slices.Compact(days)
}

// divide cuts the days from first until the day before end at each change.
func divide(first, end time.Time, changes []time.Time) []Span {
	spans := make([]Span, 0, len(changes)+1)
	for _, next := range append(changes, end) {
		spans = append(spans, Span{From: first, To: next.AddDate(0, 0, -1)})
		first = next
	}
	return spans
}

func setRate(s *Span, table *statute.Table, addition statute.Symbol) error {
	reference, known, err := table.Rate(statute.ReferenceRate, s.From)
	if err != nil {
		return err
	}
	added, law, err := table.Rate(addition, s.From)
	if err != nil {
		return err
	}
	s.Reference = Rate(reference)
	s.Rate = max(0, Rate(reference+added))
	s.Assumed = known.Assumed || law.Assumed
	return nil
}

// accrue adds capital × rate × days of all spans exactly and rounds once.
func accrue(capital Amount, spans []Span) (Interest, error) {
	result := Interest{Spans: spans}
	var weight int64 // rate × days
	for i := range spans {
		s := &spans[i]
		if s.Rate < 0 || s.Rate > maxRate {
			return Interest{}, fmt.Errorf("money: interest rate %s %%: %w", s.Rate, ErrInterest)
		}
		s.Days = daysBetween(s.From, s.To) + 1
		result.Days += s.Days
		weight += int64(s.Rate) * int64(s.Days)
	}
	var err error
	result.Amount, err = mulDiv(int64(capital), weight, int64(Whole)*daysPerYear, HalfUp)
	return result, err
}

// period returns the first day and the day after the last that counts.
func period(capital Amount, from, to time.Time, count DayCount) (first, end time.Time, err error) {
	first, end = date(from), date(to)
	if capital < 0 {
		return first, end, fmt.Errorf("money: negative capital %s: %w", capital, ErrInterest)
	}
	if end.Before(first) {
		return first, end, fmt.Errorf("money: interest from %s to %s, which is earlier: %w",
			first.Format(time.DateOnly), end.Format(time.DateOnly), ErrInterest)
	}
	if count == BothDays {
		end = end.AddDate(0, 0, 1)
	}
	return first, end, nil
}

func daysBetween(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }

// date is midnight UTC of the date that t shows in its own location.
func date(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
