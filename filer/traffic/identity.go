package traffic

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"

	"software.sslmate.com/src/go-pkcs12"

	"filtjanst/shs/tlsauth"
)

// Credentials name the files with the organisation certificate and the issuer
// that the other side's certificate must come from.
type Credentials struct {
	Certificate string // PEM, with the chain
	Key         string // PEM
	P12         string // instead of Certificate and Key
	Password    string // of P12
	Issuer      string // CA certificates, PEM or DER
	// Pins are public keys (SHA-256) that the other side may show. They replace
	// the check of its host name, which certificates of old nodes do not carry.
	Pins []string
}

// TLS reads the files and returns a configuration for calls to the authority.
func (c Credentials) TLS() (*tls.Config, error) {
	own, err := c.own()
	if err != nil {
		return nil, err
	}
	client := tlsauth.Client{Certificates: []tls.Certificate{own}}
	for _, text := range c.Pins {
		pin, err := tlsauth.ParsePin(text)
		if err != nil {
			return nil, err
		}
		client.Pins = append(client.Pins, pin)
	}
	if client.Roots, err = pool(c.Issuer); err != nil {
		return nil, err
	}
	return client.Config()
}

// Node returns what the filer's own SHS node shows and demands: its
// certificate, and one of the issuer from who calls.
func (c Credentials) Node() (*tls.Config, error) {
	own, err := c.own()
	if err != nil {
		return nil, err
	}
	roots, err := pool(c.Issuer)
	if err != nil {
		return nil, err
	}
	return tlsauth.Server{Certificates: func() []tls.Certificate { return []tls.Certificate{own} }, Roots: roots}.Config()
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

// pool reads CA certificates, PEM or DER.
func pool(path string) (*x509.CertPool, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the issuer's certificate cannot be read: %w", err)
	}
	certificates, err := tlsauth.ParseCertificates(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	roots := x509.NewCertPool()
	for _, c := range certificates {
		roots.AddCert(c)
	}
	return roots, nil
}
