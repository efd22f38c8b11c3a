package filing

import (
	"errors"
	"time"

	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/layout"
)

// identity judges a number by its kind; each way of being wrong has its own
// code. Twelve digits, the form that files should have, cost no memory.
func (r *run) identity(n layout.Node, kind, value layout.KeyID, who role) {
	t := r.doc
	if !t.Given(n, value) || t.Given(n, kind) && !t.Has(n, kind) {
		return
	}
	number := t.Raw(n, value)
	fault := identity.FaultNone
	switch {
	case r.foreign(n, kind) && r.plainForeign(t.Symbol(n, kind), number):
	case r.foreign(n, kind):
		_, err := readIdentity(t.Symbol(n, kind), t.Text(n, value), r.today.Time())
		fault = faultOf(err)
	case twelveDigits(number):
		fault = r.twelve(number)
	default:
		_, err := readIdentity("", textOf(number), r.today.Time())
		fault = faultOf(err)
	}
	if fault != identity.FaultNone {
		code := r.codes.ofFault(Document, "identity:"+fault.Code())
		r.at(code, t, n, value, who.swedish, who.english)
	}
}

// plainForeign tells numbers that identity takes for certain, so that most cost
// no memory; of the others identity decides.
func (r *run) plainForeign(kind string, number []byte) bool {
	for _, c := range number {
		if c <= ' ' && c != ' ' || c > '~' {
			return false
		}
	}
	if kind != birthDate {
		return len(number) <= longestForeign
	}
	if len(number) != len(time.DateOnly) || !allDigits(number[:4]) || number[4] != '-' || !allDigits(number[5:7]) || number[7] != '-' || !allDigits(number[8:]) {
		return false
	}
	year, month, day, _ := bornOn(number)
	_, exists := calendar.ValidDate(year, time.Month(month), day)
	return exists && year >= firstBirthYear && !(date{year, month, day}).after(r.civil)
}

const (
	longestForeign = 64
	firstBirthYear = 1900
)

// foreign tells whether the number is stated to be other than Swedish.
func (r *run) foreign(n layout.Node, kind layout.KeyID) bool {
	return r.doc.Has(n, kind) && r.doc.Num(n, kind) != 0
}

func faultOf(err error) identity.Fault {
	if err == nil {
		return identity.FaultNone
	}
	if fault, ok := errors.AsType[identity.Fault](err); ok {
		return fault
	}
	return identity.FaultNonDigit
}

func twelveDigits(b []byte) bool { return len(b) == longestIdentity && allDigits(b) }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// twelve judges twelve digits as identity.Parse does, without allocating.
func (r *run) twelve(number []byte) identity.Fault {
	fault := identity.CheckDigits(number)
	if fault != identity.FaultNone {
		return fault
	}
	if year, month, day, ok := r.born(number); ok {
		if (date{year, month, day}).after(r.civil) {
			return identity.FaultFutureDate
		}
	}
	return identity.FaultNone
}

// date is a day by its parts, so that dates of birth compare without counting.
type date struct{ year, month, day int }

func (d date) after(o date) bool {
	if d.year != o.year {
		return d.year > o.year
	}
	if d.month != o.month {
		return d.month > o.month
	}
	return d.day > o.day
}

// born reads the date of birth of a person's number of twelve digits, or of
// another form by way of identity; false for organisations.
func (r *run) born(number []byte) (year, month, day int, ok bool) {
	if len(number) == len(time.DateOnly) && number[4] == '-' && number[7] == '-' {
		return bornOn(number)
	}
	if !twelveDigits(number) {
		return r.bornOther(number)
	}
	if number[0] == '1' && number[1] == '6' {
		return 0, 0, 0, false
	}
	two := func(i int) int { return int(number[i]-'0')*10 + int(number[i+1]-'0') }
	day = two(6)
	if day > 60 {
		day -= 60 // samordningsnummer
	}
	return two(0)*100 + two(2), two(4), day, true
}

// bornOn reads a date of birth that has been checked to be one.
func bornOn(text []byte) (year, month, day int, ok bool) {
	two := func(i int) int { return int(text[i]-'0')*10 + int(text[i+1]-'0') }
	return two(0)*100 + two(2), two(5), two(8), true
}

func (r *run) bornOther(number []byte) (year, month, day int, ok bool) {
	n, err := readIdentity("", textOf(number), r.today.Time())
	if err != nil {
		return 0, 0, 0, false
	}
	born, ok := n.BirthDate()
	if !ok {
		return 0, 0, 0, false
	}
	return born.Year(), int(born.Month()), born.Day(), true
}
