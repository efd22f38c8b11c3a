package tlsauth

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Pin names one certificate that a peer may show: by its public key, or by
// issuer and the serialNumber of its subject, which outlives a renewal. While a
// peer changes certificates, both are pinned.
type Pin struct {
	SPKI          [sha256.Size]byte // SHA-256 of the public key info; zero when not used
	Issuer        string            // as "CN=…,O=…,C=SE"
	SubjectSerial string
}

// PinOf is the pin of a certificate's public key.
func PinOf(c *x509.Certificate) Pin { return Pin{SPKI: sha256.Sum256(c.RawSubjectPublicKeyInfo)} }

// ParsePin reads a public-key pin: SHA-256 in hexadecimal, or "sha256/" and base64.
func ParsePin(s string) (Pin, error) {
	text := strings.TrimSpace(s)
	decode := hex.DecodeString
	if rest, ok := strings.CutPrefix(text, "sha256/"); ok {
		text, decode = rest, base64.StdEncoding.DecodeString
	}
	digest, err := decode(strings.ReplaceAll(text, ":", ""))
	if err != nil || len(digest) != sha256.Size {
		return Pin{}, fmt.Errorf("pin %q is not a SHA-256 digest in hexadecimal, or in base64 after sha256/", s)
	}
	return Pin{SPKI: [sha256.Size]byte(digest)}, nil
}

// Matches tells whether the certificate is the pinned one.
func (p Pin) Matches(c *x509.Certificate) bool {
	if p.byKey() {
		return sha256.Sum256(c.RawSubjectPublicKeyInfo) == p.SPKI
	}
	return p.Issuer != "" && p.SubjectSerial != "" &&
		SameName(p.Issuer, c.Issuer.String()) && p.SubjectSerial == c.Subject.SerialNumber
}

func (p Pin) byKey() bool { return p.SPKI != [sha256.Size]byte{} }

func pinned(pins []Pin, c *x509.Certificate) bool {
	return slices.ContainsFunc(pins, func(p Pin) bool { return p.Matches(c) })
}

// SameName compares distinguished names without regard to case and to blanks
// around commas.
func SameName(a, b string) bool { return strings.EqualFold(tightName(a), tightName(b)) }

func tightName(s string) string {
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, ",")
}
