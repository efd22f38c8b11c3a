package identity

import (
	"fmt"
	"strings"
)

// Fault is one way in which an identity or giro number can be wrong. A Fault
// is an error, so that errors.Is(err, identity.FaultCheckDigit) works.
type Fault uint8

// The faults. FaultNone is the absence of one.
const (
	FaultNone                   Fault = iota
	FaultEmpty                        // nothing there
	FaultLength                       // wrong number of digits
	FaultNonDigit                     // a character that is not a digit
	FaultSeparator                    // separator unknown or in the wrong place
	FaultMonth                        // month not 01–12
	FaultDayOfMonth                   // the month has no such day
	FaultFutureDate                   // born after today
	FaultCheckDigit                   // last digit does not fit the others
	FaultOrganisationThirdDigit       // organisation number whose third digit is below 2
	FaultCenturyPrefix                // twelve digits that do not begin with 16, 18, 19 or 20
	FaultCenturyUnclear               // ten digits that may mean a child or a person over 100
	FaultScientific                   // a spreadsheet wrote 9,00602E+09: digits are lost
	FaultKindMismatch                 // a valid number of another kind than asked for
	FaultForeignKindUnknown           // no such kind of foreign number
	faultCount
)

// ErrCenturyUnclear is the fault that Rules.Strict adds.
const ErrCenturyUnclear = FaultCenturyUnclear

type faultText struct{ code, swedish, english string }

// text holds the table of codes and texts.
func (f Fault) text() faultText {
	table := [faultCount]faultText{
		FaultNone:                   {"none", "inget fel", "no fault"},
		FaultEmpty:                  {"empty", "numret saknas", "the number is missing"},
		FaultLength:                 {"length", "fel antal siffror; ange 10 eller 12 siffror, inledande nollor medräknade", "wrong number of digits; give 10 or 12 digits, leading zeros included"},
		FaultNonDigit:               {"non_digit", "otillåtet tecken; endast siffror och ett skiljetecken får förekomma", "character not allowed; only digits and one separator may occur"},
		FaultSeparator:              {"separator", "skiljetecknet är okänt eller står fel; \"-\" eller \"+\" skrivs före de fyra sista siffrorna", "separator unknown or misplaced; \"-\" or \"+\" stands before the last four digits"},
		FaultMonth:                  {"month", "månaden är inte 01–12", "the month is not 01–12"},
		FaultDayOfMonth:             {"day", "månaden har ingen sådan dag", "the month has no such day"},
		FaultFutureDate:             {"future_date", "födelsedatumet ligger i framtiden", "the date of birth is in the future"},
		FaultCheckDigit:             {"check_digit", "kontrollsiffran stämmer inte; jämför numret med källan", "the check digit does not fit; compare the number with its source"},
		FaultOrganisationThirdDigit: {"organisation_third_digit", "tredje siffran i ett organisationsnummer är minst 2", "the third digit of an organisation number is at least 2"},
		FaultCenturyPrefix:          {"century_prefix", "tolv siffror börjar med 18, 19 eller 20 för personer och 16 för organisationer", "twelve digits begin with 18, 19 or 20 for persons and 16 for organisations"},
		FaultCenturyUnclear:         {"century_unclear", "seklet är oklart: ett barn eller en person över 100 år; ange tolv siffror", "the century is unclear: a child or a person over 100; give twelve digits"},
		FaultScientific:             {"scientific", "ett kalkylprogram har gjort numret till ett tal i potensform och siffror är förlorade; exportera kolumnen som text", "a spreadsheet turned the number into scientific notation and digits are lost; export the column as text"},
		FaultKindMismatch:           {"kind", "numret är av ett annat slag än det som ska anges här", "the number is of another kind than belongs here"},
		FaultForeignKindUnknown:     {"foreign_kind", "okänt slag av utländskt nummer", "unknown kind of foreign number"},
	}
	if f >= faultCount {
		f = FaultNonDigit
	}
	return table[f]
}

// Code is the stable name of the fault, as "check_digit".
func (f Fault) Code() string { return f.text().code }

// Swedish tells the fault and what to do.
func (f Fault) Swedish() string { return f.text().swedish }

// English tells the fault and what to do.
func (f Fault) English() string { return f.text().english }

// Error is English.
func (f Fault) Error() string { return "identity: " + f.English() }

// Subject is what was being read when a fault was found.
type Subject uint8

// The subjects of errors.
const (
	IdentityNumber Subject = iota
	OrganisationNumber
	BankgiroNumber
	PlusgiroNumber
)

func (s Subject) names() (swedish, english string) {
	table := [...][2]string{
		IdentityNumber:     {"identitetsnummer", "identity number"},
		OrganisationNumber: {"organisationsnummer", "organisation number"},
		BankgiroNumber:     {"bankgironummer", "bankgiro number"},
		PlusgiroNumber:     {"plusgironummer", "plusgiro number"},
	}
	return table[s][0], table[s][1]
}

// Error is a number that could not be read. It never holds the number itself,
// only the shape it had.
type Error struct {
	Fault   Fault
	Subject Subject
	// Shape is the input with every digit and letter replaced: "######-####".
	Shape string
	// Offset is the byte in the trimmed input at which the fault was found,
	// -1 if it concerns the whole.
	Offset int
}

// Error is English.
func (e *Error) Error() string {
	_, name := e.Subject.names()
	return fmt.Sprintf("identity: %s of the form %q: %s", name, e.Shape, e.English())
}

// Unwrap returns the Fault.
func (e *Error) Unwrap() error { return e.Fault }

// Swedish tells the fault and what to do.
func (e *Error) Swedish() string {
	if e.Subject.isGiro() {
		return e.Fault.giroText().swedish
	}
	return e.Fault.Swedish()
}

// English tells the fault and what to do.
func (e *Error) English() string {
	if e.Subject.isGiro() {
		return e.Fault.giroText().english
	}
	return e.Fault.English()
}

func (s Subject) isGiro() bool { return s == BankgiroNumber || s == PlusgiroNumber }

// giroText replaces the texts that speak of ten and twelve digits.
func (f Fault) giroText() faultText {
	switch f {
	case FaultLength:
		return faultText{"length", "fel antal siffror; bankgiro har 7 eller 8, plusgiro 2–8", "wrong number of digits; bankgiro has 7 or 8, plusgiro 2–8"}
	case FaultSeparator:
		return faultText{"separator", "otillåtet skiljetecken; bindestreck och blanksteg får förekomma", "separator not allowed; hyphens and blanks may occur"}
	}
	return f.text()
}

// maxShape bounds the shape in an error.
const maxShape = 24

// shape hides every letter and digit of s.
func shape(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i >= maxShape {
			b.WriteString("…")
			break
		}
		b.WriteRune(hidden(r))
	}
	return b.String()
}

func hidden(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '#'
	case strings.ContainsRune("+-., :/", r):
		return r
	}
	return '?'
}

func fail(f Fault, subject Subject, input string, offset int) error {
	return &Error{Fault: f, Subject: subject, Shape: shape(input), Offset: offset}
}
