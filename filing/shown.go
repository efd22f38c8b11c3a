package filing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostShown bounds how many characters of a value stand in an error.
const mostShown = 80

// shown makes a value from a file fit to stand in an error: clean, and without
// anything that looks like an identity number.
func shown(value string) string {
	return maskNumbers(clean(value))
}

// clean keeps printable characters that every form can carry, and not too many
// of them.
func clean(value string) string {
	if plain(value) {
		return value
	}
	var b strings.Builder
	n := 0
	for _, r := range value {
		if n++; n > mostShown {
			b.WriteString("...")
			break
		}
		b.WriteRune(printable(r))
	}
	return b.String()
}

// plain tells whether the value is clean already, as most are.
func plain(value string) bool {
	for i := range len(value) {
		if c := value[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return len(value) <= mostShown
}

func printable(r rune) rune {
	switch {
	case r == utf8.RuneError, r > 0xFF, !unicode.IsPrint(r):
		return '?'
	}
	return r
}

// An identity number has ten digits, or twelve.
const shortestIdentity, longestIdentity = 10, 12

// lastDigits are the digits after the separator of an identity number.
const lastDigits = 4

// zeroFilled is how counts and amounts begin in a text file; no identity number
// has the month 00.
const zeroFilled = "0000"

// maskNumbers stars the last digits of every run of ten or twelve digits,
// written together or with a separator before the last four, as identity
// numbers are.
func maskNumbers(s string) string {
	if len(s) < shortestIdentity {
		return s
	}
	out := []byte(s)
	for i := 0; i < len(out); {
		end, digits := numberAt(out, i)
		if (digits == shortestIdentity || digits == longestIdentity) && !strings.HasPrefix(string(out[i:end]), zeroFilled) {
			star(out[i:end], digits)
		}
		i = max(end, i+1)
	}
	return string(out)
}

// numberAt returns the end of the run of digits at i, with a separator before
// its last four if there is one, and how many digits it has.
func numberAt(b []byte, i int) (end, digits int) {
	digits = digitsAt(b, i)
	end = i + digits
	if digits == 0 || end == len(b) || b[end] != '-' && b[end] != '+' {
		return end, digits
	}
	if digitsAt(b, end+1) == lastDigits {
		return end + 1 + lastDigits, digits + lastDigits
	}
	return end, digits
}

// digitsAt counts the digits that stand together at i.
func digitsAt(b []byte, i int) (n int) {
	for i+n < len(b) && isDigit(b[i+n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// star keeps as many digits in front as identity.Number shows.
func star(number []byte, digits int) {
	keep := 4 - (longestIdentity - digits)
	for i, c := range number {
		if isDigit(c) {
			if keep--; keep < 0 {
				number[i] = '*'
			}
		}
	}
}
