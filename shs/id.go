package shs

import (
	"encoding/hex"
	"fmt"
	"io"
)

// NewID makes a random UUID (version 4) from the given source of randomness:
// the same bytes give the same identity.
func NewID(random io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("read randomness for an identity: %w", err)
	}
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}

// NewBoundary makes a MIME boundary of 128 random bits, so that no payload
// holds it by chance.
func NewBoundary(random io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("read randomness for a boundary: %w", err)
	}
	return "=_shs_" + hex.EncodeToString(b[:]), nil
}

// isToken tells whether s may be an identity of the protocol: an NMTOKEN of
// ASCII characters, at most 128 of them, so that it is safe in headers and URLs.
func isToken(s string) bool {
	if s == "" || len(s) > 128 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && !(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_' && c != ':' {
			return false
		}
	}
	return true
}
