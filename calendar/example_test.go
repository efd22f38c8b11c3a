package calendar_test

import (
	"fmt"
	"time"

	"filtjanst/calendar"
)

func ExampleCalendar_Deadline() {
	c := calendar.New()
	verdict := calendar.Date(2026, time.May, 19)
	reopening := c.Deadline(verdict, calendar.Period{Months: 1}, "BFL §53")
	fmt.Println(reopening.Day)
	fmt.Println(reopening.English())
	// Output:
	// 2026-06-22
	// 1 month from 2026-05-19 (BFL §53): 2026-06-19 is Midsummer Eve, so the last day is 2026-06-22 (lag 1930:173)
}

func ExampleEvening_Next() {
	evening := calendar.DefaultEvening(calendar.New())
	friday := calendar.Date(2026, time.November, 20)
	fmt.Println(evening.Next(friday.At(18, 59)), evening.Next(friday.At(19, 0)))
	// Output: 2026-11-20 2026-11-23
}
