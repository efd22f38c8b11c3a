package restructuring

import (
	"fmt"

	"filtjanst/calendar"
)

// Series that are not of a year.
const matchSeries = "match"

// yearSeries is the series of numbers with a prefix in the year of the day.
func yearSeries(prefix string, day calendar.Day) string {
	return fmt.Sprintf("%s-%04d", prefix, day.Year())
}

func number(series string, serial int64) string { return fmt.Sprintf("%s-%06d", series, serial) }

// outgoingSeries counts the files of a transaction sent to a code.
func outgoingSeries(tx string, codeID int64) string { return fmt.Sprintf("%s/%d", tx, codeID) }
