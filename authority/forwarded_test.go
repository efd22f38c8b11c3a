package authority_test

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"testing"

	"filtjanst/authority"
	"filtjanst/filing"
)

func loadPair(t *testing.T, pair authority.CertificateConfig) tls.Certificate {
	t.Helper()
	c, err := tls.LoadX509KeyPair(pair.Certificate, pair.Key)
	must(t, err)
	return c
}

func sequence(c tls.Certificate) string {
	return ":" + base64.StdEncoding.EncodeToString(c.Leaf.Raw) + ":"
}

// A certificate in a header is believed from a pinned load balancer alone, and
// is verified as if it had come over TLS (DESIGN decision 16).
func TestForwardedCertificate(t *testing.T) {
	t.Parallel()
	config, issuer, dir := newConfig(t)
	balancer := loadPair(t, issuer.leaf(dir, "balancer", organisation("5560000191")))
	digest := sha256.Sum256(balancer.Leaf.RawSubjectPublicKeyInfo)
	config.Gateway.Forwarders = []string{hex.EncodeToString(digest[:])}
	must(t, authority.Migrate(t.Context(), config))
	h := &house{T: t, config: config, issuer: issuer, dir: dir}
	h.start()
	h.enter(h.World(authority.Production))

	client := loadPair(t, issuer.leaf(dir, "filer", organisation(filer)))
	foreign := loadPair(t, newIssuer(t).leaf(t.TempDir(), "foreign", organisation(filer)))
	serverOnly := organisation(filer)
	serverOnly.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	wrongUse := loadPair(t, issuer.leaf(dir, "wrong", serverOnly))
	for name, test := range map[string]struct {
		own    tls.Certificate
		header string
		want   int
	}{
		"balancer for the filer":   {balancer, sequence(client), http.StatusOK},
		"balancer for nobody":      {balancer, "", http.StatusForbidden},
		"another authority":        {balancer, sequence(foreign), http.StatusForbidden},
		"not for clients":          {balancer, sequence(wrongUse), http.StatusForbidden},
		"two certificates":         {balancer, sequence(client) + ", " + sequence(client), http.StatusForbidden},
		"garbage":                  {balancer, ":AAAA:", http.StatusForbidden},
		"without colons":           {balancer, base64.StdEncoding.EncodeToString(client.Leaf.Raw), http.StatusForbidden},
		"the filer as itself":      {client, "", http.StatusOK},
		"the filer naming another": {client, sequence(foreign), http.StatusOK}, // the header is not looked at
	} {
		pool := x509.NewCertPool()
		pool.AddCert(issuer.cert)
		c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{test.own}}}}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url("127.0.0.1", filing.BFApplicationReceipt, "?getfilenames=true"), nil)
		must(t, err)
		if test.header != "" {
			request.Header.Set("Client-Cert", test.header)
		}
		response, err := c.Do(request)
		must(t, err)
		response.Body.Close()
		if response.StatusCode != test.want {
			t.Errorf("%s: %s", name, response.Status)
		}
	}
}
