package restructuring

import (
	"fmt"

	"filtjanst/authority/store"
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

// take moves a series on by n and returns the first of them.
func take(tx store.Tx, series string, n int64) (first int64, err error) {
	var next int64
	err = tx.QueryRow(`INSERT INTO restructuring_series (name, next) VALUES ($1, 1 + $2)
		ON CONFLICT (name) DO UPDATE SET next = restructuring_series.next + $2
		RETURNING next`, series, n).Scan(&next)
	if err != nil {
		return 0, fmt.Errorf("restructuring: take %d of the series %s: %w", n, series, err)
	}
	return next - n, nil
}

// next is what the series will give.
func next(r store.Reader, series string) (n int64, err error) {
	err = r.QueryRow(`SELECT COALESCE(MAX(next), 1) FROM restructuring_series WHERE name = $1`, series).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("restructuring: read the series %s: %w", series, err)
	}
	return n, nil
}
