package sandbox

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// CA is the sandbox's own issuer of organisation certificates, with subjects
// of the form that Expisoft gives: the organisation number as serialNumber,
// prefixed by 16.
type CA struct {
	Certificate *x509.Certificate
	key         crypto.Signer
}

// Pair is a certificate with its private key.
type Pair struct {
	Certificate *x509.Certificate
	Key         crypto.Signer
}

const (
	caYears   = 10
	leafYears = 2
)

// NewCA makes an issuer, valid from the day before now. Certificates live in
// wall time, also when the sandbox's clock is moved.
func NewCA(now time.Time) (*CA, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{Country: []string{"SE"}, Organization: []string{"Filtjanst Sandbox"}, CommonName: "Filtjanst Sandbox Test CA v1"},
		NotBefore:             now.AddDate(0, 0, -1),
		NotAfter:              now.AddDate(caYears, 0, 0),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLenZero:        true,
	}
	cert, err := sign(template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	return &CA{Certificate: cert, key: key}, nil
}

// Organisation issues a client certificate to the organisation (ten digits).
func (ca *CA) Organisation(number, name string, now time.Time) (Pair, error) {
	template, err := leaf(now)
	if err != nil {
		return Pair{}, err
	}
	template.Subject = pkix.Name{Country: []string{"SE"}, Organization: []string{name}, CommonName: name, SerialNumber: "16" + number}
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return ca.issue(template)
}

// Server issues a certificate to a server of the organisation that answers
// under the given DNS names and addresses. It may also be shown as a client
// certificate, as nodes do when they send.
func (ca *CA) Server(number, name string, hosts []string, now time.Time) (Pair, error) {
	template, err := leaf(now)
	if err != nil {
		return Pair{}, err
	}
	template.Subject = pkix.Name{Country: []string{"SE"}, Organization: []string{name}, CommonName: hosts[0], SerialNumber: "16" + number}
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
			continue
		}
		template.DNSNames = append(template.DNSNames, h)
	}
	return ca.issue(template)
}

// RevocationList returns a signed CRL with the entries. Its number is the time,
// so that a later one replaces it.
func (ca *CA) RevocationList(now time.Time, entries []x509.RevocationListEntry) ([]byte, error) {
	list := &x509.RevocationList{Number: big.NewInt(now.UnixNano()), ThisUpdate: now, NextUpdate: now.AddDate(1, 0, 0), RevokedCertificateEntries: entries}
	return x509.CreateRevocationList(rand.Reader, list, ca.Certificate, ca.key)
}

func (ca *CA) issue(template *x509.Certificate) (Pair, error) {
	key, err := newKey()
	if err != nil {
		return Pair{}, err
	}
	cert, err := sign(template, ca.Certificate, key.Public(), ca.key)
	return Pair{Certificate: cert, Key: key}, err
}

// certificatePolicy is the policy of test certificates under the sandbox's
// own, unregistered arc.
var certificatePolicy = asn1.ObjectIdentifier{2, 999, 1}

func leaf(now time.Time) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	return &x509.Certificate{
		SerialNumber:      serial,
		NotBefore:         now.AddDate(0, 0, -1),
		NotAfter:          now.AddDate(leafYears, 0, 0),
		KeyUsage:          x509.KeyUsageDigitalSignature,
		PolicyIdentifiers: []asn1.ObjectIdentifier{certificatePolicy},
	}, nil
}

func newKey() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func sign(template, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, key)
	if err != nil {
		return nil, fmt.Errorf("issuing %q: %w", template.Subject.CommonName, err)
	}
	return x509.ParseCertificate(der)
}

// CertificatePEM returns the certificate in PEM form.
func CertificatePEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

// KeyPEM returns the private key in PEM form (PKCS #8, not encrypted).
func (p Pair) KeyPEM() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(p.Key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// P12 returns certificate, key and issuer as a PKCS #12 file.
func (ca *CA) P12(p Pair, password string) ([]byte, error) {
	return pkcs12.Modern.Encode(p.Key, p.Certificate, []*x509.Certificate{ca.Certificate}, password)
}
