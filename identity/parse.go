package identity

import (
	"strings"
	"time"
)

// Rules say how a number from outside is read.
type Rules struct {
	// Today decides the century of ten digits and what is the future. The date
	// it shows in its own location counts.
	Today time.Time
	// Strict refuses ten digits without + that fit both a child and a person
	// over 100, instead of taking the child (input.md §5).
	Strict bool
	// IncompleteCoordination admits coordination numbers whose month is 00 or
	// whose day is 60, as issued when the date of birth is not known.
	IncompleteCoordination bool
}

// Parse reads a personal, coordination or organisation number of ten or twelve
// digits, with or without separator. Ten digits with - or without separator
// take the newest century that is not in the future; with + the newest in
// which the person turns at least 100 this year. Errors are *Error.
func Parse(s string, today time.Time) (Number, error) {
	return Rules{Today: today}.Parse(s)
}

// Parse12 reads the stored form that Full wrote: exactly twelve digits, or
// "kind:value".
func Parse12(s string) (Number, error) {
	if kind, value, foreign := strings.Cut(s, ":"); foreign {
		return foreignFromFull(kind, value)
	}
	if len(s) != longLength {
		return Number{}, fail(FaultLength, IdentityNumber, s, -1)
	}
	t := twelve([]byte(s))
	if fault := checkStored(t); fault != FaultNone {
		return Number{}, fail(fault, IdentityNumber, s, -1)
	}
	return swedish(t.kind(), t), nil
}

// checkStored admits incomplete coordination numbers, which Rules let in.
func checkStored(t twelve) Fault {
	fault := CheckDigits(t[:])
	if (fault == FaultMonth || fault == FaultDayOfMonth) && incompleteCoordination(t[2:]) && luhn(t[2:]) {
		return FaultNone
	}
	return fault
}

// ParseOrganisation reads an organisation number of ten digits, or twelve that
// begin with 16. A person's number, as of a sole trader, is
// FaultKindMismatch.
func ParseOrganisation(s string) (Number, error) {
	t := trim(s)
	digits, separator, fault, at := split(t)
	if fault != FaultNone {
		return Number{}, fail(fault, OrganisationNumber, t, at)
	}
	if separator == '+' {
		return Number{}, fail(FaultSeparator, OrganisationNumber, t, strings.IndexByte(t, '+'))
	}
	if len(digits) == longLength && string(digits[:2]) != "16" {
		return Number{}, fail(FaultKindMismatch, OrganisationNumber, t, 0)
	}
	n, fault := organisation(digits[len(digits)-shortLength:])
	if fault != FaultNone {
		return Number{}, fail(fault, OrganisationNumber, t, -1)
	}
	return n, nil
}

// Parse reads a number by the rules. Errors are *Error.
func (r Rules) Parse(s string) (Number, error) {
	t := trim(s)
	digits, separator, fault, at := split(t)
	if fault != FaultNone {
		return Number{}, fail(fault, IdentityNumber, t, at)
	}
	n, fault := r.number(digits, separator)
	if fault != FaultNone {
		return Number{}, fail(fault, IdentityNumber, t, -1)
	}
	return n, nil
}

func (r Rules) number(digits []byte, separator byte) (Number, Fault) {
	short := digits[len(digits)-shortLength:]
	if len(digits) == shortLength {
		if short[2] >= '2' {
			return organisationWith(short, separator)
		}
		return r.tenDigits(short, separator)
	}
	if pair(digits) == organisationPrefix {
		return organisationWith(short, separator)
	}
	return r.twelveDigits(twelve(digits), separator)
}

func organisationWith(short []byte, separator byte) (Number, Fault) {
	if separator == '+' {
		return Number{}, FaultSeparator
	}
	return organisation(short)
}

func organisation(short []byte) (Number, Fault) {
	if short[2] < '2' {
		return Number{}, FaultOrganisationThirdDigit
	}
	if !luhn(short) {
		return Number{}, FaultCheckDigit
	}
	return swedish(Organisation, withPrefix("16", short)), FaultNone
}

func withPrefix(prefix string, short []byte) (t twelve) {
	copy(t[:], prefix)
	copy(t[len(prefix):], short)
	return t
}

func (r Rules) twelveDigits(t twelve, separator byte) (Number, Fault) {
	if fault := r.check(t[:]); fault != FaultNone {
		return Number{}, fault
	}
	if r.future(t) {
		return Number{}, FaultFutureDate
	}
	if separator == '+' && !turnsHundred(t.year(), r.Today) {
		return Number{}, FaultSeparator
	}
	return swedish(t.kind(), t), FaultNone
}

func (r Rules) check(digits []byte) Fault {
	fault := CheckDigits(digits)
	if fault != FaultMonth && fault != FaultDayOfMonth {
		return fault
	}
	short := digits[len(digits)-shortLength:]
	if !r.IncompleteCoordination || !incompleteCoordination(short) {
		return fault
	}
	if !luhn(short) {
		return FaultCheckDigit
	}
	return FaultNone
}

// incompleteCoordination reports a coordination number whose month is 00 or
// whose day is 60 and whose other parts are possible.
func incompleteCoordination(short []byte) bool {
	month, day := pair(short[2:]), pair(short[4:])
	return month <= 12 && day >= coordinationOffset && day <= coordinationOffset+31 &&
		(month == 0 || day == coordinationOffset)
}

func (t twelve) kind() Kind {
	switch {
	case pair(t[:]) == organisationPrefix:
		return Organisation
	case t.day() >= coordinationOffset:
		return Coordination
	}
	return Person
}

// future reports whether the date of birth is after today. An incomplete date
// counts by its year.
func (r Rules) future(t twelve) bool {
	born, ok := t.birthDate()
	if !ok {
		return t.year() > r.Today.Year()
	}
	y, m, d := r.Today.Date()
	return born.After(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}
