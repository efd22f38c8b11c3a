package sandbox

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"time"
)

// revocationFile is the CA's revocation list (CRL), which the gateway holds
// certificates against.
const revocationFile = "ca.crl"

// Revoke enters the certificate in the revocation list, so that a rehearsal
// can show what then happens. A running sandbox follows within a minute.
func (s *Sandbox) Revoke(c *x509.Certificate) error {
	ca, err := s.openCA(now())
	if err != nil {
		return err
	}
	entries, err := s.revoked()
	if err != nil {
		return err
	}
	return s.writeRevocations(ca, now(), append(entries, x509.RevocationListEntry{SerialNumber: c.SerialNumber, RevocationTime: now()}))
}

// renewRevocations signs the list anew, with the entries that it has.
func (s *Sandbox) renewRevocations(ca *CA, now time.Time) error {
	entries, err := s.revoked()
	if err != nil {
		return err
	}
	return s.writeRevocations(ca, now, entries)
}

// revoked reads the entries of the list; a new sandbox has none.
func (s *Sandbox) revoked() ([]x509.RevocationListEntry, error) {
	text, err := os.ReadFile(s.path(revocationFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := x509.ParseRevocationList(text)
	if err != nil {
		return nil, fmt.Errorf("the revocation list %s cannot be read; remove it: %w", s.path(revocationFile), err)
	}
	return list.RevokedCertificateEntries, nil
}

// writeRevocations replaces the list in one step: the gateway may be reading.
func (s *Sandbox) writeRevocations(ca *CA, now time.Time, entries []x509.RevocationListEntry) error {
	list, err := ca.RevocationList(now, entries)
	if err != nil {
		return err
	}
	fresh := s.path(revocationFile + ".new")
	if err := os.WriteFile(fresh, list, 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, s.path(revocationFile))
}
