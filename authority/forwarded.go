package authority

import (
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"filtjanst/shs"
	"filtjanst/shs/tlsauth"
)

// Headers of RFC 9440.
const (
	clientCert      = "Client-Cert"
	clientCertChain = "Client-Cert-Chain"
)

// forwarders are load balancers that end TLS themselves and name the client's
// certificate in a header (RFC 9440). Only those whose own certificate is
// pinned are believed (DESIGN decision 16); from others the header is dropped.
type forwarders struct {
	pins       []tlsauth.Pin
	roots      *x509.CertPool
	issuers    func(*x509.Certificate) bool
	revocation *tlsauth.Revocation
	log        *slog.Logger
}

func newForwarders(k *keyring, log *slog.Logger) (*forwarders, error) {
	f := &forwarders{roots: k.roots, revocation: k.revocation(), log: log, issuers: k.accepts}
	for _, text := range k.config.Forwarders {
		pin, err := tlsauth.ParsePin(text)
		if err != nil {
			return nil, refusal("gateway.forwarders", "%v", err)
		}
		f.pins = append(f.pins, pin)
	}
	return f, nil
}

func (f *forwarders) pinned(r *http.Request) bool {
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		return false
	}
	for _, pin := range f.pins {
		if pin.Matches(r.TLS.PeerCertificates[0]) {
			return true
		}
	}
	return false
}

// believe puts the forwarded peer into the request of a pinned forwarder.
func (f *forwarders) believe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !f.pinned(r) {
			next.ServeHTTP(w, r)
			return
		}
		peer, err := f.peer(r.Header)
		if err != nil {
			f.log.WarnContext(r.Context(), "authority: forwarded certificate refused", "reason", err)
			http.Error(w, "the forwarded client certificate is refused", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r.WithContext(shs.WithPeer(r.Context(), peer)))
	})
}

// peer verifies the forwarded certificate as if it had come over TLS.
func (f *forwarders) peer(h http.Header) (shs.Peer, error) {
	leaf, err := forwardedLeaf(h)
	if err != nil {
		return shs.Peer{}, err
	}
	between := x509.NewCertPool()
	chain, err := decodeCertificates(h.Values(clientCertChain))
	if err != nil {
		return shs.Peer{}, err
	}
	for _, c := range chain {
		between.AddCert(c)
	}
	chains, err := leaf.Verify(x509.VerifyOptions{
		Roots: f.roots, Intermediates: between, CurrentTime: time.Now(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	if err != nil {
		return shs.Peer{}, err
	}
	if !f.issuers(leaf) {
		return shs.Peer{}, fmt.Errorf("the issuer %s is not among those accepted", leaf.Issuer)
	}
	if f.revocation != nil {
		if err := f.revocation.Check(chains[0], nil); err != nil {
			return shs.Peer{}, err
		}
	}
	organisation, err := shs.OrganisationOf(leaf)
	return shs.Peer{Organisation: organisation, Certificate: leaf}, err
}

func forwardedLeaf(h http.Header) (*x509.Certificate, error) {
	leaves, err := decodeCertificates(h.Values(clientCert))
	if err != nil {
		return nil, err
	}
	if len(leaves) != 1 {
		return nil, fmt.Errorf("%s holds %d certificates, should hold one", clientCert, len(leaves))
	}
	return leaves[0], nil
}

var errByteSequence = errors.New("a forwarded certificate is not base64 between colons")

// decodeCertificates reads the byte sequences of RFC 8941, separated by commas.
func decodeCertificates(values []string) ([]*x509.Certificate, error) {
	var all []*x509.Certificate
	for _, item := range strings.Split(strings.Join(values, ","), ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		inner, opened := strings.CutPrefix(item, ":")
		inner, closed := strings.CutSuffix(inner, ":")
		der, err := base64.StdEncoding.DecodeString(inner)
		if !opened || !closed || err != nil {
			return nil, errByteSequence
		}
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, fmt.Errorf("read a forwarded certificate: %w", err)
		}
		all = append(all, c)
	}
	return all, nil
}
