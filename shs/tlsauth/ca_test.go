package tlsauth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

// authority is a certification authority made in memory.
type authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
	next        int64
}

func newAuthority(t *testing.T, name string, parent *authority) *authority {
	t.Helper()
	a := &authority{key: newKey(t), next: 1}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name, Organization: []string{"Prov AB"}, Country: []string{"SE"}},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature,
	}
	if parent == nil {
		parent = &authority{certificate: template, key: a.key}
	}
	a.certificate = sign(t, template, a.key, parent)
	return a
}

func newKey(t *testing.T) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func sign(t *testing.T, template *x509.Certificate, key crypto.Signer, parent *authority) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, parent.certificate, key.Public(), parent.key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// issue makes a certificate as the protocol's real ones are: no host names
// unless change adds them, no extended key usage.
func (a *authority) issue(t *testing.T, subjectSerial string, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	a.next++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(a.next), Subject: pkix.Name{CommonName: "Organisation " + subjectSerial, SerialNumber: subjectSerial},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(12 * time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(template)
	}
	key := newKey(t)
	leaf := sign(t, template, key, a)
	return tls.Certificate{Certificate: [][]byte{leaf.Raw, a.certificate.Raw}, PrivateKey: key, Leaf: leaf}
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

// crl lists the serial numbers as revoked, in force from an hour ago until then.
func (a *authority) crl(t *testing.T, until time.Time, serials ...*big.Int) *x509.RevocationList {
	t.Helper()
	template := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: until}
	if until.Before(template.ThisUpdate) {
		template.ThisUpdate = until.Add(-time.Hour)
	}
	for _, s := range serials {
		template.RevokedCertificateEntries = append(template.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: s, RevocationTime: time.Now()})
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, a.certificate, a.key)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ParseCRL(der)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// responder answers OCSP as answer says; the request's serial number is filled in.
func (a *authority) responder(t *testing.T, calls *int, answer func(*ocsp.Response) (signer crypto.Signer, delegate *x509.Certificate)) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*calls++
		body := make([]byte, 4096)
		n, _ := r.Body.Read(body)
		request, err := ocsp.ParseRequest(body[:n])
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		_, _ = w.Write(a.answer(t, request.SerialNumber, answer))
	}))
	t.Cleanup(server.Close)
	return server
}

func (a *authority) answer(t *testing.T, serial *big.Int, change func(*ocsp.Response) (crypto.Signer, *x509.Certificate)) []byte {
	t.Helper()
	template := ocsp.Response{Status: ocsp.Good, SerialNumber: serial, ThisUpdate: time.Now().Add(-time.Minute), NextUpdate: time.Now().Add(time.Hour)}
	signer, delegate := change(&template)
	if signer == nil {
		signer = a.key
	}
	by := a.certificate
	if delegate != nil {
		by, template.Certificate = delegate, delegate
	}
	der, err := ocsp.CreateResponse(a.certificate, by, template, signer)
	if err != nil {
		t.Error(err)
	}
	return der
}
