package identity

// Forms of the digits: ten are YYMMDDNNNC, twelve have the century or 16 in
// front. Offsets below are into the ten.
const (
	shortLength = 10
	longLength  = 12
	// coordinationOffset is added to the day of a coordination number.
	coordinationOffset = 60
	// organisationPrefix stands where a century would, in twelve digits.
	organisationPrefix = 16
)

// CheckDigits validates ten or twelve ASCII digits without allocating: length,
// digits, century prefix, date or organisation number, check digit. It knows
// no today, so it does not find future dates, and 29 February of a ten-digit
// number passes if any century has it.
func CheckDigits(b []byte) Fault {
	if len(b) != shortLength && len(b) != longLength {
		return FaultLength
	}
	if !allDigits(b) {
		return FaultNonDigit
	}
	short := b[len(b)-shortLength:]
	if fault := checkDate(b, short); fault != FaultNone {
		return fault
	}
	if !luhn(short) {
		return FaultCheckDigit
	}
	return FaultNone
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return true
}

func checkDate(b, short []byte) Fault {
	if len(b) == shortLength {
		if short[2] >= '2' {
			return FaultNone
		}
		return checkMonthDay(pair(short[2:]), pair(short[4:]), pair(short)%4 == 0)
	}
	century := pair(b)
	switch century {
	case organisationPrefix:
		if short[2] < '2' {
			return FaultOrganisationThirdDigit
		}
		return FaultNone
	case 18, 19, 20:
		return checkMonthDay(pair(short[2:]), pair(short[4:]), isLeap(century*100+pair(short)))
	}
	return FaultCenturyPrefix
}

func checkMonthDay(month, day int, leap bool) Fault {
	if month < 1 || month > 12 {
		return FaultMonth
	}
	if day > coordinationOffset {
		day -= coordinationOffset
	}
	if day < 1 || day > daysIn(month, leap) {
		return FaultDayOfMonth
	}
	return FaultNone
}

func daysIn(month int, leap bool) int {
	switch month {
	case 2:
		if leap {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func isLeap(year int) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

func pair(b []byte) int { return int(b[0]-'0')*10 + int(b[1]-'0') }

// luhn checks modulus 10 over digits of any number, the last being the check
// digit: every second digit from the right is doubled and the digits of the
// products are added (law.md §10, §11).
func luhn(digits []byte) bool {
	const doubled = "\x00\x02\x04\x06\x08\x01\x03\x05\x07\x09"
	sum, double := 0, false
	for i := len(digits) - 1; i >= 0; i-- {
		d := digits[i] - '0'
		if double {
			d = doubled[d]
		}
		sum += int(d)
		double = !double
	}
	return sum%10 == 0
}
