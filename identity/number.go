package identity

import (
	"time"
	"unique"
)

// Kind is the kind of an identity number.
type Kind uint8

// The kinds. The zero Kind belongs to the zero Number.
const (
	_            Kind = iota
	Person            // personnummer
	Coordination      // samordningsnummer
	Organisation      // organisationsnummer
	Foreign           // a party without a Swedish number: kind and value
)

// String returns the name of the kind in codes: "person", "coordination",
// "organisation", "foreign", or "none".
func (k Kind) String() string {
	names := [...]string{"none", "person", "coordination", "organisation", "foreign"}
	if int(k) >= len(names) {
		return names[0]
	}
	return names[k]
}

// Number is an identity number that passed its check. Numbers compare with ==.
// The zero Number is "no number".
//
// The digits do not stand plainly in a field, so that fmt does not reach them
// even where it cannot call methods: in unexported fields of other types.
type Number struct {
	veiled  uint64                // the twelve digits of a Swedish number
	value   unique.Handle[string] // the value of a foreign one
	kind    Kind
	foreign ForeignKind
}

func swedish(kind Kind, t twelve) Number { return Number{veiled: t.veiled(), kind: kind} }

// Kind returns the kind of the number.
func (n Number) Kind() Kind { return n.kind }

// ForeignKind returns which kind of foreign number it is, NotForeign for
// Swedish numbers.
func (n Number) ForeignKind() ForeignKind { return n.foreign }

// IsZero reports whether there is no number.
func (n Number) IsZero() bool { return n.kind == 0 }

// Equal reports whether both are the same number.
func (n Number) Equal(other Number) bool { return n == other }

// IsNatural reports whether the number is a person's: personal number,
// coordination number, date of birth or foreign person's number.
func (n Number) IsNatural() bool {
	switch n.kind {
	case Person, Coordination:
		return true
	case Foreign:
		return n.foreign != ForeignOrganisation
	}
	return false
}

// isSwedish reports whether the number has twelve digits.
func (n Number) isSwedish() bool { return n.kind != 0 && n.kind != Foreign }

func (n Number) digits() twelve { return unveiled(n.veiled) }

// Full returns what Masked hides: the twelve digits, or "kind:value" for a
// foreign number. It is for files, registers and parties themselves, never for
// logs and errors; a test counts its uses.
func (n Number) Full() string {
	switch n.kind {
	case 0:
		return ""
	case Foreign:
		return n.foreign.String() + ":" + n.value.Value()
	}
	t := n.digits()
	return string(t[:])
}

// FullShort returns the ten digits with separator, as people write them:
// YYMMDD-NNNC, with + from the year the person turns 100, counted on today.
// A foreign number is given as by Full. It is as bare as Full.
func (n Number) FullShort(today time.Time) string {
	if !n.isSwedish() {
		return n.Full()
	}
	t := n.digits()
	separator := "-"
	if n.kind != Organisation && turnsHundred(t.year(), today) {
		separator = "+"
	}
	return string(t[2:8]) + separator + string(t[8:])
}

func turnsHundred(born int, today time.Time) bool { return today.Year()-born >= 100 }

// BirthDate returns the date of birth at midnight UTC. ok is false for
// organisations, for foreign numbers other than dates of birth, and for
// coordination numbers with an incomplete date.
func (n Number) BirthDate() (date time.Time, ok bool) {
	switch {
	case n.kind == Person || n.kind == Coordination:
		return n.digits().birthDate()
	case n.foreign == BirthDate:
		t, err := time.Parse(time.DateOnly, n.value.Value())
		return t, err == nil
	}
	return time.Time{}, false
}

func (t twelve) birthDate() (time.Time, bool) {
	month, day := t.month(), t.day()
	if day >= coordinationOffset {
		day -= coordinationOffset
	}
	if month == 0 || day == 0 {
		return time.Time{}, false
	}
	return time.Date(t.year(), time.Month(month), day, 0, 0, 0, 0, time.UTC), true
}

// firstTestSerial begins the serials of generated test persons, 980–999
// (law.md §10).
const firstTestSerial = 980

// IsTest reports whether the serial is one of those kept for generated test
// persons, 980–999. The Tax Agency's published test numbers have other serials
// too and are not recognised by form.
func (n Number) IsTest() bool {
	if n.kind != Person && n.kind != Coordination {
		return false
	}
	return n.Serial() >= firstTestSerial
}

// Serial is the three digits before the check digit (födelsenummer of a
// person); 0 where the number is not Swedish.
func (n Number) Serial() int {
	if !n.isSwedish() {
		return 0
	}
	t := n.digits()
	return pair(t[8:])*10 + int(t[10]-'0')
}
