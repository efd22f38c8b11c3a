package shs

import (
	"fmt"
	"strings"
)

// URNPrefix stands before addresses and products on the wire. It is compared
// without regard to case and always written so.
const URNPrefix = "urn:X-shs:"

// TrimURN takes the URN prefix and surrounding blanks off.
func TrimURN(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= len(URNPrefix) && strings.EqualFold(s[:len(URNPrefix)], URNPrefix) {
		return strings.TrimSpace(s[len(URNPrefix):])
	}
	return s
}

// URN puts the prefix before a value that may already have it. An empty value
// stays empty.
func URN(value string) string {
	if value = TrimURN(value); value == "" {
		return ""
	}
	return URNPrefix + value
}

// Address is an organisation and, after the first dot, its internal id. It is
// the name of an outbox.
type Address struct {
	// Organisation is the organisation number (organisationsnummer), ten digits.
	Organisation string
	// Internal is what follows the first dot, or empty.
	Internal string

	original string
}

// ParseAddress reads an address with or without URN prefix. The organisation
// number has ten digits, with or without hyphen, or twelve; it is normalised
// for comparison and the original is kept for output.
func ParseAddress(s string) (Address, error) {
	value := TrimURN(s)
	number, internal, dotted := strings.Cut(value, ".")
	organisation, err := NormaliseOrganisation(number)
	if err != nil {
		return Address{}, err
	}
	if dotted && !validInternal(internal) {
		return Address{}, fmt.Errorf("address %s has an internal id that is empty or holds blanks or control characters", mask(organisation))
	}
	return Address{Organisation: organisation, Internal: internal, original: value}, nil
}

func validInternal(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '/' }) < 0
}

// NormaliseOrganisation gives the ten digits of an organisation number written
// with ten digits, with a hyphen before the last four, or with twelve digits.
func NormaliseOrganisation(s string) (string, error) {
	digits := strings.TrimSpace(s)
	if n := len(digits); n > 5 && digits[n-5] == '-' {
		digits = digits[:n-5] + digits[n-4:]
	}
	if !allDigits(digits) {
		return "", fmt.Errorf("organisation number of %d characters does not consist of ten or twelve digits", len(s))
	}
	if len(digits) == 12 && twelveDigitPrefix(digits[:2]) {
		digits = digits[2:]
	}
	if len(digits) != 10 {
		return "", fmt.Errorf("organisation number has %d digits, should be ten, or twelve beginning with 16", len(digits))
	}
	return digits, nil
}

// twelveDigitPrefix knows 16 for legal persons, and the centuries for sole traders.
func twelveDigitPrefix(s string) bool { return s == "16" || s == "19" || s == "20" }

func allDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// IsZero tells whether the address is empty.
func (a Address) IsZero() bool { return a.Organisation == "" }

// Key is the normalised form, equal for equal addresses: ten digits, and the
// internal id after a dot.
func (a Address) Key() string {
	if a.Internal == "" {
		return a.Organisation
	}
	return a.Organisation + "." + a.Internal
}

// Equal compares organisation and internal id exactly, without regard to how
// the organisation number was written.
func (a Address) Equal(b Address) bool { return a.Key() == b.Key() }

// URN is the address as written on the wire, in its original spelling.
func (a Address) URN() string {
	if a.IsZero() {
		return ""
	}
	return URNPrefix + a.Value()
}

// Value is the original spelling without prefix.
func (a Address) Value() string {
	if a.original != "" {
		return a.original
	}
	return a.Key()
}

// String is for messages and logs: the number of a sole trader is a personal
// number and is masked.
func (a Address) String() string {
	if a.Internal == "" {
		return mask(a.Organisation)
	}
	return mask(a.Organisation) + "." + a.Internal
}

// mask hides the last four digits of a number whose third digit says that it is
// a person's; those of legal persons have 2 or more there.
func mask(number string) string {
	if len(number) == 10 && number[2] < '2' {
		return number[:6] + "-****"
	}
	return number
}
