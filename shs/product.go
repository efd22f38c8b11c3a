package shs

import (
	"fmt"
	"strings"
)

// The special products (produkter) of the protocol itself.
const (
	ProductConfirm   = "confirm"
	ProductError     = "error"
	ProductAgreement = "agreement"
)

// ParseProduct reads a product with or without URN prefix and gives its
// normalised value: a UUID in lower case, or one of the special products.
func ParseProduct(s string) (string, error) {
	value := TrimURN(s)
	if lower := strings.ToLower(value); isSpecialProduct(lower) || IsUUID(value) {
		return lower, nil
	}
	return "", fmt.Errorf("product %q is neither a UUID (8-4-4-4-12) nor confirm, error or agreement", clip(value))
}

func isSpecialProduct(s string) bool {
	return s == ProductConfirm || s == ProductError || s == ProductAgreement
}

// SameProduct compares two products without regard to prefix and case.
func SameProduct(a, b string) bool { return strings.EqualFold(TrimURN(a), TrimURN(b)) }

// IsUUID tells whether s is a UUID written 8-4-4-4-12 in hexadecimal.
func IsUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (s[i] == '-') {
			return false
		}
		if s[i] != '-' && !isHex(s[i]) {
			return false
		}
	}
	return true
}

func isHex(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}

// clip keeps a peer's text short in messages.
func clip(s string) string {
	const most = 80
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
