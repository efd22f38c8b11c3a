package traffic

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"

	"software.sslmate.com/src/go-pkcs12"
)

// Credentials name the files with the organisation certificate and the issuer
// that the other side's certificate must come from.
type Credentials struct {
	Certificate string // PEM, with the chain
	Key         string // PEM
	P12         string // instead of Certificate and Key
	Password    string // of P12
	Issuer      string // CA certificates, PEM or DER
}

// TLS reads the files and returns a configuration for calls to the authority.
func (c Credentials) TLS() (*tls.Config, error) {
	own, err := c.own()
	if err != nil {
		return nil, err
	}
	roots, err := pool(c.Issuer)
	if err != nil {
		return nil, err
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{own}, RootCAs: roots}, nil
}

func (c Credentials) own() (tls.Certificate, error) {
	if c.P12 == "" {
		pair, err := tls.LoadX509KeyPair(c.Certificate, c.Key)
		if err != nil {
			return pair, fmt.Errorf("the organisation certificate cannot be read: name its files in the configuration: %w", err)
		}
		return pair, nil
	}
	data, err := os.ReadFile(c.P12)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("the organisation certificate cannot be read: %w", err)
	}
	key, leaf, chain, err := pkcs12.DecodeChain(data, c.Password)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("%s cannot be opened (is the password right?): %w", c.P12, err)
	}
	pair := tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key, Leaf: leaf}
	for _, issuer := range chain {
		pair.Certificate = append(pair.Certificate, issuer.Raw)
	}
	return pair, nil
}

// pool reads CA certificates: PEM with any number of them, or one in DER, as
// issuers often publish theirs.
func pool(path string) (*x509.CertPool, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the issuer's certificate cannot be read: %w", err)
	}
	roots := x509.NewCertPool()
	if block, _ := pem.Decode(data); block != nil {
		if !roots.AppendCertsFromPEM(data) {
			return nil, fmt.Errorf("%s holds no certificate", path)
		}
		return roots, nil
	}
	cert, err := x509.ParseCertificate(data)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s is neither PEM nor DER", path), err)
	}
	roots.AddCert(cert)
	return roots, nil
}
