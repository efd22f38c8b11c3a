package identity

import (
	"strings"
)

// Bankgiro is a bankgiro number that passed its check: 7 or 8 digits. Leading
// zeros are kept and never added. The zero Bankgiro is "none". A passing check
// does not prove that the account exists.
type Bankgiro struct{ digits string }

// Plusgiro is a plusgiro number that passed its check: 2 to 8 digits. The zero
// Plusgiro is "none".
type Plusgiro struct{ digits string }

// ParseBankgiro reads a bankgiro number; blanks and hyphens are ignored.
// Errors are *Error.
func ParseBankgiro(s string) (Bankgiro, error) {
	digits, err := parseGiro(s, BankgiroNumber, 7, 8)
	return Bankgiro{digits}, err
}

// ParsePlusgiro reads a plusgiro number; blanks and hyphens are ignored.
// Errors are *Error.
func ParsePlusgiro(s string) (Plusgiro, error) {
	digits, err := parseGiro(s, PlusgiroNumber, 2, 8)
	return Plusgiro{digits}, err
}

func parseGiro(s string, subject Subject, shortest, longest int) (string, error) {
	t := trim(s)
	if t == "" {
		return "", fail(FaultEmpty, subject, t, -1)
	}
	if scientific(t) {
		return "", fail(FaultScientific, subject, t, -1)
	}
	digits, fault, at := giroDigits(t)
	switch {
	case fault != FaultNone:
		return "", fail(fault, subject, t, at)
	case len(digits) < shortest || len(digits) > longest:
		return "", fail(FaultLength, subject, t, -1)
	case !luhn(digits):
		return "", fail(FaultCheckDigit, subject, t, -1)
	}
	return string(digits), nil
}

func giroDigits(s string) (digits []byte, fault Fault, at int) {
	for i, r := range s {
		switch r {
		case ' ', '-', '\u00a0', '\u202f':
			continue
		case '–', '/', '+', '.', ',', ':':
			return nil, FaultSeparator, i
		}
		if r < '0' || r > '9' {
			return nil, FaultNonDigit, i
		}
		digits = append(digits, byte(r))
	}
	return digits, FaultNone, -1
}

// IsZero reports whether there is no number.
func (b Bankgiro) IsZero() bool { return b.digits == "" }

// Digits returns the 7 or 8 digits.
func (b Bankgiro) Digits() string { return b.digits }

// String returns NNN-NNNN or NNNN-NNNN.
func (b Bankgiro) String() string {
	if b.digits == "" {
		return ""
	}
	cut := len(b.digits) - 4
	return b.digits[:cut] + "-" + b.digits[cut:]
}

// MarshalText is String.
func (b Bankgiro) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText is ParseBankgiro; the empty text gives the zero Bankgiro.
func (b *Bankgiro) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*b = Bankgiro{}
		return nil
	}
	*b, err = ParseBankgiro(string(text))
	return err
}

// IsZero reports whether there is no number.
func (p Plusgiro) IsZero() bool { return p.digits == "" }

// Digits returns the 2 to 8 digits.
func (p Plusgiro) Digits() string { return p.digits }

// String returns pairs counted from the right and the check digit:
// "90 19 50-6".
func (p Plusgiro) String() string {
	if p.digits == "" {
		return ""
	}
	body, check := p.digits[:len(p.digits)-1], p.digits[len(p.digits)-1:]
	first := 2 - len(body)%2
	groups := []string{body[:first]}
	for rest := body[first:]; rest != ""; rest = rest[2:] {
		groups = append(groups, rest[:2])
	}
	return strings.Join(groups, " ") + "-" + check
}

// MarshalText is String.
func (p Plusgiro) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText is ParsePlusgiro; the empty text gives the zero Plusgiro.
func (p *Plusgiro) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*p = Plusgiro{}
		return nil
	}
	*p, err = ParsePlusgiro(string(text))
	return err
}
