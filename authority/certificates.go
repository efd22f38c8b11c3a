package authority

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"filtjanst/shs/tlsauth"
)

// keyring holds the certificates and revocation lists of the gateway, and
// reads them again when their files change.
type keyring struct {
	config  GatewayConfig
	own     atomic.Pointer[[]tls.Certificate]
	crls    atomic.Pointer[tlsauth.CRLs]
	roots   *x509.CertPool
	issuers []*x509.Certificate
	stamps  map[string]time.Time // of the files as last read; only reload uses it
}

func openKeyring(c GatewayConfig) (*keyring, error) {
	k := &keyring{config: c, stamps: map[string]time.Time{}}
	var err error
	if k.roots, k.issuers, err = readAuthorities("gateway.authorities", c.Authorities); err != nil {
		return nil, err
	}
	if err := errors.Join(k.readOwn(), k.readLists()); err != nil {
		return nil, err
	}
	k.changed() // what was just read is not news
	return k, nil
}

func readAuthorities(key string, files []string) (*x509.CertPool, []*x509.Certificate, error) {
	pool := x509.NewCertPool()
	var all []*x509.Certificate
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, refusal(key, "%v: name a file with the certificate of the authority", err)
		}
		certificates, err := tlsauth.ParseCertificates(data)
		if err != nil {
			return nil, nil, refusal(key, "%s: %v", file, err)
		}
		for _, c := range certificates {
			pool.AddCert(c)
		}
		all = append(all, certificates...)
	}
	return pool, all, nil
}

// readOwn reads the server certificates. One that has expired is passed over
// as long as another holds.
func (k *keyring) readOwn() error {
	var usable []tls.Certificate
	var errs []error
	for _, pair := range k.config.Certificates {
		c, err := tls.LoadX509KeyPair(pair.Certificate, pair.Key)
		if err != nil {
			return refusal("gateway.certificate", "%v: give the PEM files of the server certificate and of its key", err)
		}
		if time.Now().After(c.Leaf.NotAfter) {
			errs = append(errs, refusal("gateway.certificate", "%s expired on %s: put a new one in its place", pair.Certificate, c.Leaf.NotAfter.Format(time.DateOnly)))
			continue
		}
		usable = append(usable, c)
	}
	if len(usable) == 0 {
		return errors.Join(errs...)
	}
	k.own.Store(&usable)
	return nil
}

func (k *keyring) readLists() error {
	var lists []*x509.RevocationList
	for _, file := range k.config.Revoked {
		data, err := os.ReadFile(file)
		if err != nil {
			return refusal("gateway.revoked", "%v", err)
		}
		list, err := tlsauth.ParseCRL(data)
		if err != nil {
			return refusal("gateway.revoked", "%s: %v", file, err)
		}
		lists = append(lists, list)
	}
	if len(lists) == 0 {
		return nil
	}
	crls, err := tlsauth.NewCRLs(lists, k.issuers)
	if err != nil {
		return refusal("gateway.revoked", "%v", err)
	}
	k.crls.Store(crls)
	return nil
}

// reload reads the files again if any has changed or a certificate in use has
// expired. On an error what was there stays in use.
func (k *keyring) reload() (changed bool, err error) {
	if !k.changed() && !k.expired() {
		return false, nil
	}
	return true, errors.Join(k.readOwn(), k.readLists())
}

func (k *keyring) expired() bool {
	return slices.ContainsFunc(k.certificates(), func(c tls.Certificate) bool { return time.Now().After(c.Leaf.NotAfter) })
}

func (k *keyring) changed() bool {
	changed := false
	files := append([]string{}, k.config.Revoked...)
	for _, pair := range k.config.Certificates {
		files = append(files, pair.Certificate, pair.Key)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err == nil && !info.ModTime().Equal(k.stamps[file]) {
			k.stamps[file], changed = info.ModTime(), true
		}
	}
	return changed
}

func (k *keyring) certificates() []tls.Certificate { return *k.own.Load() }

// serverConfig is how peers are let in at the gateway.
func (k *keyring) serverConfig() (*tls.Config, error) {
	return tlsauth.Server{
		Certificates: k.certificates, Roots: k.roots, Issuers: k.config.Issuers, Revocation: k.revocation(),
	}.Config()
}

func (k *keyring) revocation() *tlsauth.Revocation {
	if len(k.config.Revoked) == 0 && !k.config.Responder {
		return nil
	}
	r := &tlsauth.Revocation{CRLs: k.crls.Load}
	if k.config.Responder {
		r.OCSP = tlsauth.NewOCSP(&http.Client{Timeout: 10 * time.Second}, "")
	}
	if k.config.Unknown == "refuse" {
		r.Policy = tlsauth.HardFail
	}
	return r
}

// clientConfig is how filers' receive services are called.
func (k *keyring) clientConfig() (*tls.Config, error) {
	roots := k.roots
	if len(k.config.PushTrust) > 0 {
		var err error
		if roots, _, err = readAuthorities("gateway.push_authorities", k.config.PushTrust); err != nil {
			return nil, err
		}
	}
	config, err := tlsauth.Client{Roots: roots}.Config()
	if err != nil {
		return nil, err
	}
	config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		return &k.certificates()[0], nil
	}
	return config, nil
}

// accepts tells whether the issuer of a certificate is among those configured.
func (k *keyring) accepts(c *x509.Certificate) bool {
	return len(k.config.Issuers) == 0 || slices.ContainsFunc(k.config.Issuers, func(name string) bool {
		return tlsauth.SameName(name, c.Issuer.String())
	})
}
