package money

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Parse reads an amount in kronor as Swedish systems write it:
//
//	1348  1348,5  1348,50  1 348,00  -12,00  −12,00  - 12,00  1 348,00 kr
//
// Thousands may be parted by blank, no-break space (U+00A0), narrow no-break
// space (U+202F) or thin space (U+2009), one kind in one amount and complete
// groups of three. The decimal sign is a comma; a single point is taken for it
// before one or two last digits (1348.50). Points between thousands are
// accepted only together with a decimal comma (1.348,00). Refused are what can
// be read in two ways, as 1.348 and 1,348, and English writing, as 1,348.00.
//
// Errors are *Error.
func Parse(s string) (Amount, error) {
	text := strings.TrimSpace(s)
	a, fault := parse(text)
	if fault != FaultNone {
		return 0, &Error{Fault: fault, Input: cut(text)}
	}
	return a, nil
}

func parse(text string) (Amount, Fault) {
	if text == "" {
		return 0, FaultEmpty
	}
	if scientific(text) {
		return 0, FaultScientific
	}
	text, negative := sign(withoutUnit(text))
	whole, decimals, fault := parts(text)
	if fault != FaultNone {
		return 0, fault
	}
	if whole, fault = ungroup(whole); fault != FaultNone {
		return 0, fault
	}
	return value(whole, decimals, negative)
}

// withoutUnit removes a unit of kronor after the amount.
func withoutUnit(s string) string {
	for _, unit := range []string{"kr", "SEK"} {
		if rest, found := strings.CutSuffix(s, unit); found {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

func sign(s string) (rest string, negative bool) {
	for _, minus := range []string{"-", "\u2212"} {
		if rest, found := strings.CutPrefix(s, minus); found {
			return strings.TrimSpace(rest), true
		}
	}
	return strings.TrimPrefix(s, "+"), false
}

// parts finds the decimal sign.
func parts(s string) (whole, decimals string, fault Fault) {
	commas, points := strings.Count(s, ","), strings.Count(s, ".")
	separator := ","
	switch {
	case commas == 0 && points == 0:
		return s, "", FaultNone
	case commas > 1, commas == 0 && points > 1:
		return "", "", FaultAmbiguous
	case commas == 1 && points > 0 && strings.LastIndex(s, ".") > strings.Index(s, ","):
		return "", "", FaultAmbiguous
	case commas == 0:
		separator = "."
	}
	whole, decimals, _ = strings.Cut(s, separator)
	return whole, decimals, checkDecimals(decimals)
}

func checkDecimals(decimals string) Fault {
	switch {
	case !digitsOnly(decimals):
		return FaultCharacter
	case len(decimals) == 0:
		return FaultDecimals
	case len(decimals) == 3:
		return FaultAmbiguous
	case len(decimals) > 3:
		return FaultDecimals
	}
	return FaultNone
}

// separators of thousands.
const separators = " \u00a0\u202f\u2009."

// ungroup removes the separators between thousands.
func ungroup(s string) (string, Fault) {
	at := strings.IndexAny(s, separators)
	if at < 0 {
		return s, FaultNone
	}
	if strings.Trim(s, "0123456789"+separators) != "" {
		return "", FaultCharacter
	}
	_, width := utf8.DecodeRuneInString(s[at:])
	groups := strings.Split(s, s[at:at+width])
	if !complete(groups) {
		return "", FaultGrouping
	}
	return strings.Join(groups, ""), FaultNone
}

// complete reports whether all groups have three digits, the first one to
// three.
func complete(groups []string) bool {
	for i, g := range groups {
		if !digitsOnly(g) || g == "" || len(g) > 3 || i > 0 && len(g) < 3 {
			return false
		}
	}
	return true
}

func value(whole, decimals string, negative bool) (Amount, Fault) {
	if whole == "" || !digitsOnly(whole) {
		return 0, FaultCharacter
	}
	digits := whole + (decimals + "00")[:2]
	var n uint64
	for i := range len(digits) {
		digit := uint64(digits[i] - '0')
		if n > (math.MaxInt64-digit)/10 {
			return 0, FaultTooLarge
		}
		n = n*10 + digit
	}
	if negative {
		return -Amount(n), FaultNone
	}
	return Amount(n), FaultNone
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return true
}

// scientific recognises 1,35E+05.
func scientific(s string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(s), "E")
	if !found || mantissa == "" || exponent == "" {
		return false
	}
	return strings.Trim(mantissa, "+-0123456789.,") == "" && strings.Trim(exponent, "+-0123456789") == ""
}
