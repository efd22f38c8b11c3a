package tlsauth

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Server is how a node lets peers in. The zero value lets nobody in.
type Server struct {
	// Certificates are the node's own, in order of preference; during a change
	// there are two. It is asked at each handshake.
	Certificates func() []tls.Certificate
	// Roots are the accepted certification authorities. Never the system's.
	Roots *x509.CertPool
	// Issuers narrows them to authorities of these names, as "CN=…,O=…,C=SE";
	// empty means all under Roots.
	Issuers []string
	// Pins narrows further to single peers; empty means all.
	Pins []Pin
	// Revocation may be nil, which asks nobody.
	Revocation *Revocation
	// Now is wall time; nil means time.Now.
	Now func() time.Time
}

// Config makes the configuration of the listener: HTTP/1.1 only, TLS 1.2 or
// later, no renegotiation. Serve on tls.NewListener with it, or set Protocols of
// the http.Server to HTTP/1.1, as ServeTLS else offers HTTP/2 by itself.
func (s Server) Config() (*tls.Config, error) {
	if s.Roots == nil {
		return nil, errors.New("no accepted certification authorities: set the roots that peers' certificates come from")
	}
	if s.Certificates == nil || len(s.Certificates()) == 0 {
		return nil, errors.New("no server certificate: set at least one with its key")
	}
	return &tls.Config{
		MinVersion:       tls.VersionTLS12,
		NextProtos:       []string{"http/1.1"},
		ClientAuth:       tls.RequireAndVerifyClientCert,
		ClientCAs:        s.Roots,
		Renegotiation:    tls.RenegotiateNever,
		Time:             s.Now,
		GetCertificate:   s.certificateFor,
		VerifyConnection: s.verify,
	}, nil
}

// certificateFor gives the first certificate the client can use.
func (s Server) certificateFor(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	certificates := s.Certificates()
	for i := range certificates {
		if hello.SupportsCertificate(&certificates[i]) == nil {
			return &certificates[i], nil
		}
	}
	if len(certificates) == 0 {
		return nil, errors.New("no server certificate is loaded")
	}
	return &certificates[0], nil
}

// verify runs at every handshake, resumed ones among them.
func (s Server) verify(state tls.ConnectionState) error {
	if len(state.VerifiedChains) == 0 || len(state.PeerCertificates) == 0 {
		return errors.New("the peer has no verified certificate")
	}
	leaf := state.PeerCertificates[0]
	if len(s.Issuers) > 0 && !slices.ContainsFunc(s.Issuers, func(name string) bool { return SameName(name, leaf.Issuer.String()) }) {
		return fmt.Errorf("the issuer %s is not among those accepted", leaf.Issuer)
	}
	if len(s.Pins) > 0 && !pinned(s.Pins, leaf) {
		return fmt.Errorf("certificate %x is not pinned", leaf.SerialNumber)
	}
	return s.Revocation.checkChains(state.VerifiedChains, nil)
}

// Client is how a node or filer calls a peer.
type Client struct {
	// Certificates are the caller's own; the first one that the server's list of
	// accepted issuers fits is shown.
	Certificates []tls.Certificate
	// Roots are the accepted authorities of servers. May be nil only with pinned keys.
	Roots *x509.CertPool
	// ServerName is checked against the certificate unless there are pins; empty
	// means the host of the URL.
	ServerName string
	// Pins are the certificates the server may show. They replace the check of the
	// host name, which certificates of old nodes do not carry; the chain is still
	// verified where Roots are given.
	Pins       []Pin
	Revocation *Revocation
	Now        func() time.Time
}

// Config makes the configuration of the caller.
func (c Client) Config() (*tls.Config, error) {
	if c.Roots == nil && (len(c.Pins) == 0 || slices.ContainsFunc(c.Pins, func(p Pin) bool { return !p.byKey() })) {
		return nil, errors.New("no accepted certification authorities: set the roots of the server's certificate, or pin its key")
	}
	if c.Roots == nil && c.Revocation != nil {
		return nil, errors.New("revocation cannot be asked about without the roots of the server's certificate: set them")
	}
	config := &tls.Config{
		MinVersion:    tls.VersionTLS12,
		NextProtos:    []string{"http/1.1"},
		Certificates:  c.Certificates,
		RootCAs:       c.Roots,
		ServerName:    c.ServerName,
		Renegotiation: tls.RenegotiateNever,
		Time:          c.Now,
	}
	if len(c.Pins) > 0 {
		config.InsecureSkipVerify = true // verifyPinned does it, without host name
		config.VerifyConnection = c.verifyPinned
		return config, nil
	}
	config.VerifyConnection = func(state tls.ConnectionState) error {
		return c.Revocation.checkChains(state.VerifiedChains, state.OCSPResponse)
	}
	return config, nil
}

func (c Client) verifyPinned(state tls.ConnectionState) error {
	if len(state.PeerCertificates) == 0 {
		return errors.New("the server has no certificate")
	}
	leaf := state.PeerCertificates[0]
	if !pinned(c.Pins, leaf) {
		return &tls.CertificateVerificationError{
			UnverifiedCertificates: state.PeerCertificates,
			Err:                    fmt.Errorf("certificate %x of %s is not the pinned one", leaf.SerialNumber, leaf.Subject),
		}
	}
	if c.Roots == nil {
		return c.withinValidity(state.PeerCertificates)
	}
	chains, err := leaf.Verify(c.options(state.PeerCertificates[1:]))
	if err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: state.PeerCertificates, Err: err}
	}
	return c.Revocation.checkChains(chains, state.OCSPResponse)
}

func (c Client) options(intermediates []*x509.Certificate) x509.VerifyOptions {
	pool := x509.NewCertPool()
	for _, certificate := range intermediates {
		pool.AddCert(certificate)
	}
	return x509.VerifyOptions{Roots: c.Roots, Intermediates: pool, CurrentTime: now(c.Now)}
}

func (c Client) withinValidity(shown []*x509.Certificate) error {
	if t := now(c.Now); t.Before(shown[0].NotBefore) || t.After(shown[0].NotAfter) {
		return &tls.CertificateVerificationError{
			UnverifiedCertificates: shown,
			Err:                    x509.CertificateInvalidError{Cert: shown[0], Reason: x509.Expired},
		}
	}
	return nil
}

func now(clock func() time.Time) time.Time {
	if clock == nil {
		return time.Now()
	}
	return clock()
}
