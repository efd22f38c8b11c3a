package statute_test

import (
	"fmt"
	"time"

	"filtjanst/statute"
)

func ExampleAmount() {
	day := time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
	ore, entry, err := statute.Amount(statute.ApplicationFee, day)
	fmt.Println(ore, entry.Section, entry.English, err)
	// Output: 30000 AvgF §1 application fee, one per application <nil>
}

func ExampleRate() {
	day := time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
	rate, entry, err := statute.Rate(statute.ReferenceRate, day)
	fmt.Println(rate/statute.RateUnit, "% assumed:", entry.Assumed, err)
	// Output: 2 % assumed: true <nil>
}
