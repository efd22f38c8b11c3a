package tlsauth

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"time"
)

// skew is how much the clocks of authorities may go ahead of ours.
const skew = 5 * time.Minute

// CRLs are revocation lists whose signatures hold, made once and then only read.
type CRLs struct{ byIssuer map[string][]revocationList }

type revocationList struct {
	keyID                  []byte // of the issuer, tells authorities of one name apart
	thisUpdate, nextUpdate time.Time
	partial                bool // does not speak of all certificates of its issuer
	revoked                map[string]bool
}

// NewCRLs verifies and indexes the lists. Each must be signed by one of the issuers.
func NewCRLs(lists []*x509.RevocationList, issuers []*x509.Certificate) (*CRLs, error) {
	c := &CRLs{byIssuer: map[string][]revocationList{}}
	for _, l := range lists {
		issuer := signer(l, issuers)
		if issuer == nil {
			return nil, fmt.Errorf("the revocation list of %s of %s is not signed by any accepted issuer", l.Issuer, l.ThisUpdate.Format(time.DateOnly))
		}
		name := string(issuer.RawSubject)
		c.byIssuer[name] = append(c.byIssuer[name], index(l, issuer))
	}
	return c, nil
}

// ParseCRL reads a revocation list in DER or PEM.
func ParseCRL(data []byte) (*x509.RevocationList, error) {
	if der, ok := fromPEM(data, "X509 CRL"); ok {
		data = der
	}
	l, err := x509.ParseRevocationList(data)
	if err != nil {
		return nil, fmt.Errorf("read revocation list: %w", err)
	}
	return l, nil
}

func signer(l *x509.RevocationList, issuers []*x509.Certificate) *x509.Certificate {
	for _, issuer := range issuers {
		if bytes.Equal(l.RawIssuer, issuer.RawSubject) && l.CheckSignatureFrom(issuer) == nil {
			return issuer
		}
	}
	return nil
}

func index(l *x509.RevocationList, issuer *x509.Certificate) revocationList {
	const removeFromCRL = 8
	indexed := revocationList{
		keyID: issuer.SubjectKeyId, thisUpdate: l.ThisUpdate, nextUpdate: l.NextUpdate,
		revoked: make(map[string]bool, len(l.RevokedCertificateEntries)),
	}
	for _, e := range l.RevokedCertificateEntries {
		indexed.revoked[string(e.SerialNumber.Bytes())] = e.ReasonCode != removeFromCRL
	}
	for _, e := range l.Extensions { // parts of a list and deltas are marked by critical extensions
		indexed.partial = indexed.partial || e.Critical
	}
	return indexed
}

func (l revocationList) speaksOf(c *x509.Certificate) bool {
	return len(l.keyID) == 0 || len(c.AuthorityKeyId) == 0 || bytes.Equal(l.keyID, c.AuthorityKeyId)
}

// status: an entry counts also in a list that is out of date; absence counts
// only in a whole list that is in force.
func (c *CRLs) status(certificate *x509.Certificate, t time.Time) status {
	if c == nil {
		return unknown
	}
	result := unknown
	for _, l := range c.byIssuer[string(certificate.RawIssuer)] {
		if !l.speaksOf(certificate) {
			continue
		}
		if l.revoked[string(certificate.SerialNumber.Bytes())] {
			return revoked
		}
		if !l.partial && !t.Before(l.thisUpdate.Add(-skew)) && t.Before(l.nextUpdate) {
			result = good
		}
	}
	return result
}
