// Package extracttest makes registers of a made-up country for the sandbox,
// tests and measurements: persons with test numbers, public cases, bankruptcies,
// administrators and reorganisations. The same seed gives the same registers.
//
// It writes the formats that package extract documents, and loads a database
// in bulk where an import would only take time.
package extracttest

import (
	"fmt"
	"strconv"

	"filtjanst/calendar"
	"filtjanst/identity"
)

// Test numbers: the serials 980–999 of each day of birth, as personal numbers
// and as coordination numbers.
const (
	firstSerial = 980
	serials     = 20
	days        = 36_500 // from firstBirth
)

var firstBirth = calendar.MustDay("1905-01-01")

// MaxPersons is how many test persons there are.
const MaxPersons = 2 * serials * days

// Person is the nth test person, from 0 and below MaxPersons, in the order of
// birth: forty to a day.
func Person(n int) identity.Number {
	number, err := identity.Parse12(digits(n))
	if err != nil {
		panic(err)
	}
	return number
}

// digits are the twelve digits of the nth test person.
func digits(n int) string {
	if n < 0 || n >= MaxPersons {
		panic(fmt.Sprintf("extracttest: there is no test person %d", n))
	}
	year, month, day := firstBirth.AddDays(n / (2 * serials)).Date()
	if n/serials%2 == 1 {
		day += 60
	}
	b := make([]byte, 0, 12)
	for _, pair := range [...]int{year / 100, year % 100, int(month), day} {
		b = append(b, '0'+byte(pair/10), '0'+byte(pair%10))
	}
	b = strconv.AppendInt(b, int64(firstSerial+n%serials), 10)
	return string(append(b, checkDigit(b[2:])))
}

// checkDigit is the tenth digit (law.md §10).
func checkDigit(nine []byte) byte {
	sum := 0
	for i, c := range nine {
		d := int(c-'0') * (2 - i%2)
		sum += d/10 + d%10
	}
	return '0' + byte((10-sum%10)%10)
}
