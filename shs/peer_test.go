package shs

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func certificateWith(serials ...string) *x509.Certificate {
	c := &x509.Certificate{SerialNumber: big.NewInt(1)}
	for _, s := range serials {
		c.Subject.Names = append(c.Subject.Names, pkix.AttributeTypeAndValue{Type: asn1.ObjectIdentifier{2, 5, 4, 5}, Value: s})
		c.Subject.SerialNumber = s
	}
	return c
}

func TestOrganisationOf(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		serials []string
		want    string
	}{
		"Expisoft":               {[]string{"165560000167"}, "5560000167"},
		"SITHS":                  {[]string{"SE5560000167-AAAA"}, "5560000167"},
		"EFOS":                   {[]string{"EFOS165560000167-012345"}, "5560000167"},
		"ten digits":             {[]string{"5560000167"}, "5560000167"},
		"lower case":             {[]string{"se5560000167-aaaa"}, "5560000167"},
		"twice the same":         {[]string{"165560000167", "5560000167"}, "5560000167"},
		"two organisations":      {[]string{"165560000167", "2021000001"}, ""},
		"none":                   {nil, ""},
		"empty":                  {[]string{""}, ""},
		"SITHS without suffix":   {[]string{"SE5560000167"}, ""},
		"SITHS with eleven":      {[]string{"SE55600001670-A"}, ""},
		"EFOS of a person":       {[]string{"EFOS195501010000-1"}, ""},
		"hidden behind a suffix": {[]string{"x165560000167"}, ""},
		"another country":        {[]string{"NO5560000167-A"}, ""},
		"too short":              {[]string{"16556000016"}, ""},
		"with hyphen":            {[]string{"556000-0167"}, ""},
	}
	for name, test := range tests {
		got, err := OrganisationOf(certificateWith(test.serials...))
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestPeerOfTrustsVerifiedChainsOnly(t *testing.T) {
	t.Parallel()
	certificate := certificateWith("165560000167")
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(""))
	r.TLS = &tls.ConnectionState{PeerCertificates: []*x509.Certificate{certificate}}
	if p, err := PeerOf(r); err == nil || p.Organisation != "" {
		t.Errorf("unverified: %+v", p)
	}
	r.TLS.VerifiedChains = [][]*x509.Certificate{{certificate}}
	if p, err := PeerOf(r); err != nil || p.Organisation != "5560000167" || p.Certificate != certificate {
		t.Errorf("verified: %+v, %v", p, err)
	}
	r = r.WithContext(WithPeer(r.Context(), Peer{Organisation: "2021000001"}))
	if p, err := PeerOf(r); err != nil || p.Organisation != "2021000001" {
		t.Errorf("of the context: %+v, %v", p, err)
	}
	r = r.WithContext(WithPeer(r.Context(), Peer{}))
	if p, err := PeerOf(r); err == nil {
		t.Errorf("of the context, without organisation: %+v", p)
	}
}
