package sandbox

import (
	"fmt"
	"math/rand/v2"

	"filtjanst/calendar"
)

// Names are openly made up: no family is called so.
var (
	families = []string{"Provsson", "Testberg", "Exempelsdotter", "Låtsasson", "Påhittsdotter", "Fiktivlund", "Mönsterström", "Övningsgren"}
	firsts   = []string{"Örjan", "Åsa", "Märta", "Göran", "Eva", "Nils", "Fatima", "Ali", "Renée", "Jürgen", "Karin", "Olof"}
	streets  = []string{"Testgatan", "Provvägen", "Exempelallén", "Övningsstigen"}
	towns    = []string{"Provköping", "Testås", "Exempelhamn", "Övningsö"}
	firms    = []string{"Provbolaget i Åmål AB", "Exempelbygg AB", "Testhandel Öst AB", "Mönsterverkstan AB"}
)

// testSerials is the range of serials that is set apart for test numbers.
const (
	testSerialFirst = 980
	testSerials     = 20
)

// personalNumber draws a personal number in ten digits with separator, of an
// adult, with a serial that only test numbers have.
func personalNumber(r *rand.Rand, today calendar.Day) string {
	born := adult(r, today)
	return numbered(born, testSerialFirst+r.IntN(testSerials))
}

// adult draws the day of birth of an adult.
func adult(r *rand.Rand, today calendar.Day) calendar.Day {
	return today.AddDays(-365*20 - r.IntN(365*60))
}

// numbered is the personal number of a day of birth and serial.
func numbered(born calendar.Day, serial int) string {
	year, month, day := born.Date()
	nine := fmt.Sprintf("%02d%02d%02d%03d", year%100, int(month), day, serial)
	return nine[:6] + "-" + nine[6:] + checkDigit(nine)
}

// organisationNumber draws the number of a limited company from the end of
// the series 559999, ten digits.
func organisationNumber(r *rand.Rand) string {
	nine := fmt.Sprintf("559999%03d", firstCompany+r.IntN(1000-firstCompany))
	return nine + checkDigit(nine)
}

// firstCompany is the first serial of debtors that are companies; below are
// filers and their clients.
const firstCompany = 200

func checkDigit(nine string) string {
	sum := 0
	for i := range nine {
		d := int(nine[i]-'0') * (2 - i%2)
		sum += d/10 + d%10
	}
	return string(rune('0' + (10-sum%10)%10))
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func street(r *rand.Rand) string { return fmt.Sprintf("%s %d", pick(r, streets), 1+r.IntN(120)) }
func postalCode(r *rand.Rand) string {
	return fmt.Sprintf("%03d %02d", 100+r.IntN(880), r.IntN(100))
}
