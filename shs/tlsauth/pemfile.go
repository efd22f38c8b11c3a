package tlsauth

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// ParseCertificates reads certificates in PEM, several in one file, or one or
// more in DER, as authorities hand them out (.cer).
func ParseCertificates(data []byte) ([]*x509.Certificate, error) {
	var all []byte
	for rest := data; ; {
		block, next := pem.Decode(rest)
		if block == nil {
			break
		}
		if block.Type == "CERTIFICATE" {
			all = append(all, block.Bytes...)
		}
		rest = next
	}
	if all == nil {
		all = data
	}
	certificates, err := x509.ParseCertificates(all)
	if err != nil {
		return nil, fmt.Errorf("read certificates: %w", err)
	}
	if len(certificates) == 0 {
		return nil, errors.New("read certificates: there are none")
	}
	return certificates, nil
}

func fromPEM(data []byte, kind string) ([]byte, bool) {
	block, _ := pem.Decode(data)
	if block == nil || block.Type != kind {
		return nil, false
	}
	return block.Bytes, true
}
