package shs

import (
	"context"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Peer is who stands at the other end: the organisation its certificate names.
type Peer struct {
	// Organisation is ten digits; empty where the certificate names none.
	Organisation string
	Certificate  *x509.Certificate
}

// Owns tells whether the peer's organisation is that of the address. Whether it
// may act for another is the caller's knowledge.
func (p Peer) Owns(a Address) bool {
	return p.Organisation != "" && p.Organisation == a.Organisation
}

// ErrUnknownPeer is returned by an Inbox or Outbox that does not know the
// peer's organisation or does not let it in; the answer is 403 with IllegalSender.
var ErrUnknownPeer = errors.New("the organisation of the certificate is not admitted")

// ErrForeignAddress is returned by an Outbox for an address that is not of the
// peer's organisation, whether there is such an address or not.
var ErrForeignAddress = fmt.Errorf("the address is not of the organisation in the certificate: %w", ErrUnknownPeer)

type peerKey struct{}

// WithPeer puts a peer into a context, for handlers behind a proxy that has
// ended TLS. It goes before the connection's own certificate.
func WithPeer(ctx context.Context, p Peer) context.Context {
	return context.WithValue(ctx, peerKey{}, p)
}

// PeerOf gives the peer of a request: the one in its context, else that of the
// connection, whose chain must have been verified. Without organisation it
// gives an error that says why.
func PeerOf(r *http.Request) (Peer, error) {
	if p, ok := r.Context().Value(peerKey{}).(Peer); ok {
		if p.Organisation == "" {
			return p, errors.New("the certificate names no organisation")
		}
		return p, nil
	}
	if r.TLS == nil || len(r.TLS.VerifiedChains) == 0 || len(r.TLS.PeerCertificates) == 0 {
		return Peer{}, errors.New("the connection has no verified client certificate")
	}
	certificate := r.TLS.PeerCertificates[0]
	organisation, err := OrganisationOf(certificate)
	return Peer{Organisation: organisation, Certificate: certificate}, err
}

// OrganisationOf gives the organisation number, ten digits, from the subject's
// serialNumber as the issuers write it: 16 and ten digits (Expisoft, Steria),
// SE, ten digits and a suffix (SITHS), EFOS16, ten digits and a suffix (EFOS),
// or plain ten or twelve digits. Several differing numbers are refused.
func OrganisationOf(c *x509.Certificate) (string, error) {
	var found string
	for _, value := range serialNumbers(c) {
		organisation, err := organisationIn(value)
		if err != nil {
			return "", fmt.Errorf("certificate %x: serialNumber of the subject: %w", c.SerialNumber, err)
		}
		if found != "" && found != organisation {
			return "", fmt.Errorf("certificate %x names two organisations", c.SerialNumber)
		}
		found = organisation
	}
	if found == "" {
		return "", fmt.Errorf("certificate %x has no serialNumber in its subject", c.SerialNumber)
	}
	return found, nil
}

func serialNumbers(c *x509.Certificate) []string {
	var values []string
	for _, name := range c.Subject.Names {
		if text, ok := name.Value.(string); ok && name.Type.Equal(asn1.ObjectIdentifier{2, 5, 4, 5}) {
			values = append(values, text)
		}
	}
	if len(values) == 0 && c.Subject.SerialNumber != "" {
		values = []string{c.Subject.SerialNumber}
	}
	return values
}

func organisationIn(serial string) (string, error) {
	serial = strings.ToUpper(strings.TrimSpace(serial))
	for _, prefix := range []string{"EFOS16", "SE"} {
		rest, ok := strings.CutPrefix(serial, prefix)
		if !ok {
			continue
		}
		number, suffix, dashed := strings.Cut(rest, "-")
		if !dashed || suffix == "" || len(number) != 10 || !allDigits(number) {
			return "", fmt.Errorf("%s is not followed by ten digits, a hyphen and a suffix", prefix)
		}
		return number, nil
	}
	if !allDigits(serial) {
		return "", errors.New("the value has none of the known forms")
	}
	return NormaliseOrganisation(serial)
}
