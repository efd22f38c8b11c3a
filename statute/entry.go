package statute

import "time"

// Symbol names a number of law, as "fee.application".
type Symbol string

// Kind says which of the look-ups answers for a symbol.
type Kind uint8

// The kinds of numbers.
const (
	AnAmount Kind = iota + 1 // money, in öre
	ARate                    // percent or percentage points, in Rate units
	APeriod                  // years, months, weeks or days
	ACount                   // a plain number, as of deferrals in a year
)

// String names the kind: "amount", "rate", "period", "count".
func (k Kind) String() string {
	return [...]string{"none", "amount", "rate", "period", "count"}[k]
}

// Source says how well a number is known, by the marks of law.md.
type Source string

// The marks.
const (
	FromStatute  Source = "L" // read in the statute text
	FromWeb      Source = "W" // from a public web page
	FromGeneral  Source = "K" // general knowledge, to be verified
	FromInferred Source = "I" // inferred
	FromProject  Source = "P" // project decision
)

// RateUnit is one percent in the unit of Rate: rates are kept in
// ten-thousandths of a percent, so 8 % is 80 000.
const RateUnit = 10_000

// Length is a length of time in the units of statutes. It converts into
// calendar.Period, which has the same fields.
type Length struct {
	Years, Months, Weeks, Days int
}

// Entry is one number from one day on.
type Entry struct {
	Symbol  Symbol
	Kind    Kind
	Section string // "AvgF §1"
	Swedish string
	English string
	// From is the first day, at midnight UTC, on which the number holds.
	From time.Time
	// Until is the last day it is known for; zero means until replaced.
	Until time.Time
	// Source marks the number, FromSource the day it holds from.
	Source     Source
	FromSource Source
	// Assumed marks a number that nobody has decided yet: an assumption in the
	// table, or the last known one carried beyond its Until. It must be shown
	// as such.
	Assumed bool
	// Ore is the amount of AnAmount in öre.
	Ore int64
	// Rate is the value of ARate in ten-thousandths of a percent.
	Rate int64
	// Period is the value of APeriod.
	Period Length
	// Count is the value of ACount.
	Count int64
}
