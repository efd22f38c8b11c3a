package identity

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
	"unique"
)

// ForeignKind is the kind of a number that is not Swedish; statute lets a
// date of birth or another identification number stand in for one (SKSF §6,
// SKSL §19).
type ForeignKind uint8

// The kinds of foreign numbers.
const (
	NotForeign          ForeignKind = iota
	BirthDate                       // date of birth, YYYY-MM-DD, when no number is known
	ForeignPerson                   // a person's number in another country
	ForeignOrganisation             // an organisation's number in another country
	OtherIdentification             // passport or other number; of natural persons
	foreignKindCount
)

func foreignKindNames() [foreignKindCount]string {
	return [foreignKindCount]string{"", "birth_date", "foreign_person", "foreign_organisation", "other"}
}

// String returns the code of the kind, as "birth_date".
func (k ForeignKind) String() string {
	if k >= foreignKindCount {
		return ""
	}
	return foreignKindNames()[k]
}

// maxForeignValue bounds the value of a foreign number, in bytes.
const maxForeignValue = 64

// NewForeign returns a foreign number. The value is trimmed; it must be 1–64
// bytes of printable text, and a date YYYY-MM-DD for BirthDate.
func NewForeign(kind ForeignKind, value string) (Number, error) {
	value = strings.TrimSpace(value)
	if kind == NotForeign || kind >= foreignKindCount {
		return Number{}, fail(FaultForeignKindUnknown, IdentityNumber, value, -1)
	}
	if fault, at := checkForeign(kind, value); fault != FaultNone {
		return Number{}, fail(fault, IdentityNumber, value, at)
	}
	return Number{value: unique.Make(value), kind: Foreign, foreign: kind}, nil
}

func checkForeign(kind ForeignKind, value string) (Fault, int) {
	if value == "" {
		return FaultEmpty, -1
	}
	if len(value) > maxForeignValue {
		return FaultLength, maxForeignValue
	}
	if at := strings.IndexFunc(value, notPrintable); at >= 0 || !utf8.ValidString(value) {
		return FaultNonDigit, at
	}
	if kind == BirthDate {
		return checkBirthDate(value), -1
	}
	return FaultNone, -1
}

func notPrintable(r rune) bool { return !unicode.IsPrint(r) }

func checkBirthDate(value string) Fault {
	if _, err := time.Parse(time.DateOnly, value); err == nil {
		return FaultNone
	}
	return FaultDayOfMonth
}

// ParseForeignKind returns the kind whose code is given, as String wrote it.
func ParseForeignKind(code string) (k ForeignKind, ok bool) {
	for k, name := range foreignKindNames() {
		if name == code && name != "" {
			return ForeignKind(k), true
		}
	}
	return NotForeign, false
}

// foreignFromFull reads "kind:value" as Full wrote it. An unknown kind is left
// to NewForeign to refuse.
func foreignFromFull(code, value string) (Number, error) {
	kind, _ := ParseForeignKind(code)
	return NewForeign(kind, value)
}
