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
	born := today.AddDays(-365*20 - r.IntN(365*60))
	year, month, day := born.Date()
	nine := fmt.Sprintf("%02d%02d%02d%03d", year%100, int(month), day, testSerialFirst+r.IntN(testSerials))
	return nine[:6] + "-" + nine[6:] + checkDigit(nine)
}

// organisationNumber draws the number of a limited company from the end of
// the series 559999, ten digits.
func organisationNumber(r *rand.Rand) string {
	nine := fmt.Sprintf("559999%03d", 200+r.IntN(800)) // below 200 are filers and clients
	return nine + checkDigit(nine)
}

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
