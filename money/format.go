package money

import (
	"strconv"
	"strings"
)

// noBreakSpace parts thousands in texts for people, so that lines do not break
// inside an amount.
const noBreakSpace = "\u00a0"

// String returns the amount as written in text files: "-1348,00".
func (a Amount) String() string { return a.Decimal(',') }

// Decimal returns the amount with two decimals after the given separator and
// no thousands separator.
func (a Amount) Decimal(separator byte) string {
	b := make([]byte, 0, 24)
	return string(a.AppendDecimal(b, separator))
}

// AppendDecimal appends Decimal to b.
func (a Amount) AppendDecimal(b []byte, separator byte) []byte {
	m := magnitude(int64(a))
	if a < 0 {
		b = append(b, '-')
	}
	b = strconv.AppendUint(b, m/uint64(Krona), 10)
	ore := byte(m % uint64(Krona))
	return append(b, separator, '0'+ore/10, '0'+ore%10)
}

// Kronor returns the amount for people: "1 348,00 kr", with no-break spaces
// between thousands and before kr.
func (a Amount) Kronor() string { return a.Grouped() + noBreakSpace + "kr" }

// Grouped returns "1 348,00", with no-break spaces between thousands.
func (a Amount) Grouped() string {
	plain := a.String()
	sign := ""
	if plain[0] == '-' {
		sign, plain = "-", plain[1:]
	}
	whole, ore, _ := strings.Cut(plain, ",")
	first := (len(whole)-1)%3 + 1
	groups := []string{whole[:first]}
	for rest := whole[first:]; rest != ""; rest = rest[3:] {
		groups = append(groups, rest[:3])
	}
	return sign + strings.Join(groups, noBreakSpace) + "," + ore
}
