package tlsauth

import (
	"crypto/x509"
	"errors"
	"fmt"
	"time"
)

// ErrRevoked says that a certificate of the chain is revoked; ErrUnknown that
// its state could not be learnt and the policy is to refuse then.
var (
	ErrRevoked = errors.New("the certificate is revoked")
	ErrUnknown = errors.New("it could not be learnt whether the certificate is revoked")
)

// Policy says what happens when neither CRL nor OCSP knows a certificate.
type Policy int

// SoftFail lets such a certificate pass, HardFail refuses it.
const (
	SoftFail Policy = iota
	HardFail
)

// Revocation asks whether certificates are revoked. A nil *Revocation asks nobody.
type Revocation struct {
	// CRLs gives the lists now in force; nil when there are none. It is asked at
	// each handshake, so lists can be reloaded.
	CRLs func() *CRLs
	// OCSP asks responders; nil asks none.
	OCSP   *OCSP
	Policy Policy
	Now    func() time.Time // wall time; nil means time.Now
}

type status int

const (
	unknown status = iota
	good
	revoked
)

// checkChains accepts where at least one chain stands.
func (r *Revocation) checkChains(chains [][]*x509.Certificate, stapled []byte) error {
	if r == nil {
		return nil
	}
	var firstErr error
	for _, chain := range chains {
		err := r.Check(chain, stapled)
		if err == nil {
			return nil
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	if firstErr == nil {
		return errors.New("the peer has no verified certificate")
	}
	return firstErr
}

// Check asks about the first certificate of a verified chain, by the policy,
// and refuses a chain any of whose intermediates is known to be revoked. stapled
// is the OCSP answer that came with the handshake, or nil.
func (r *Revocation) Check(chain []*x509.Certificate, stapled []byte) error {
	for i := 0; i+1 < len(chain); i++ {
		if i > 0 {
			stapled = nil
		}
		state, cause := r.statusOf(chain[i], chain[i+1], stapled)
		switch {
		case state == revoked:
			return fmt.Errorf("certificate %x of %s: %w", chain[i].SerialNumber, chain[i].Issuer, ErrRevoked)
		case state == unknown && i == 0 && r.Policy == HardFail:
			return fmt.Errorf("certificate %x of %s: %w", chain[i].SerialNumber, chain[i].Issuer, errors.Join(ErrUnknown, cause))
		}
	}
	return nil
}

// statusOf asks the lists first, as they cost nothing; what is revoked anywhere
// is revoked.
func (r *Revocation) statusOf(c, issuer *x509.Certificate, stapled []byte) (status, error) {
	t := now(r.Now)
	listed := unknown
	if r.CRLs != nil {
		listed = r.CRLs().status(c, t)
	}
	if listed == revoked || r.OCSP == nil {
		return listed, nil
	}
	answered, err := r.OCSP.status(c, issuer, stapled, t, listed == good)
	return max(listed, answered), err
}
