package identity

import "strings"

// trim removes blanks around the number, no-break spaces among them.
func trim(s string) string { return strings.TrimSpace(s) }

// split takes a trimmed number apart into ten or twelve digits and the
// separator before the last four, 0 if there is none. at is the offset of the
// fault, -1 if it concerns the whole.
func split(s string) (digits []byte, separator byte, fault Fault, at int) {
	if s == "" {
		return nil, 0, FaultEmpty, -1
	}
	if scientific(s) {
		return nil, 0, FaultScientific, -1
	}
	digits = make([]byte, 0, longLength)
	for i := range len(s) {
		c := s[i]
		switch {
		case c-'0' <= 9:
			digits = append(digits, c)
		case c != '-' && c != '+':
			return nil, 0, FaultNonDigit, i
		case separator != 0 || i != len(s)-5:
			return nil, 0, FaultSeparator, i
		default:
			separator = c
		}
	}
	if len(digits) != shortLength && len(digits) != longLength {
		return nil, 0, FaultLength, -1
	}
	return digits, separator, FaultNone, -1
}

// scientific recognises what spreadsheets make of long numbers: 9,00602E+09.
func scientific(s string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(s), "E")
	if !found || mantissa == "" || exponent == "" {
		return false
	}
	return onlyOf(mantissa, "0123456789.,") && onlyOf(exponent, "0123456789+-")
}

func onlyOf(s, allowed string) bool { return strings.Trim(s, allowed) == "" }
