package money

import (
	"strconv"
	"strings"

	"filtjanst/statute"
)

// Rate is a yearly rate in ten-thousandths of a percent: 8 % is 80 000. It is
// the unit of statute.Rate.
type Rate int64

const (
	// Percent is one percent.
	Percent Rate = statute.RateUnit
	// Whole is 100 %.
	Whole = 100 * Percent
	// maxRate bounds rates that are taken seriously: 100 000 %.
	maxRate = 1000 * Whole
	// rateDecimals is the number of decimals a Rate can hold.
	rateDecimals = 4
)

// ParseRate reads a rate in percent with up to four decimals after comma or
// point: "12", "12,00", "9.75", "8 %". Errors are *Error.
func ParseRate(s string) (Rate, error) {
	text := strings.TrimSpace(s)
	r, fault := parseRate(text)
	if fault != FaultNone {
		return 0, &Error{Fault: fault, Input: cut(text)}
	}
	return r, nil
}

func parseRate(text string) (Rate, Fault) {
	if text == "" {
		return 0, FaultEmpty
	}
	if scientific(text) {
		return 0, FaultScientific
	}
	text, negative := sign(strings.TrimSpace(strings.TrimSuffix(text, "%")))
	whole, decimals, found := strings.Cut(strings.Replace(text, ".", ",", 1), ",")
	switch {
	case whole == "" || !digitsOnly(whole+decimals):
		return 0, FaultCharacter
	case found && decimals == "" || len(decimals) > rateDecimals:
		return 0, FaultDecimals
	}
	n, err := strconv.ParseInt(whole+(decimals + "0000")[:rateDecimals], 10, 64)
	if err != nil || Rate(n) > maxRate {
		return 0, FaultTooLarge
	}
	if negative {
		n = -n
	}
	return Rate(n), FaultNone
}

// String returns the rate in percent with decimal comma and at least two
// decimals, without the sign for percent: "12,00", "9,125".
func (r Rate) String() string {
	m := magnitude(int64(r))
	text := strconv.FormatUint(m/uint64(Percent), 10) + ","
	fraction := strconv.FormatUint(uint64(Percent)+m%uint64(Percent), 10)[1:]
	text += fraction[:2] + strings.TrimRight(fraction[2:], "0")
	if r < 0 {
		return "-" + text
	}
	return text
}

// Of returns the share of an amount, as of a fee that is a percentage.
func (r Rate) Of(a Amount, rounding Rounding) (Amount, error) {
	return mulDiv(int64(a), int64(r), int64(Whole), rounding)
}
