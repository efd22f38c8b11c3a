package tlsauth

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"net"
	"testing"
	"time"
)

// handshake connects the two and gives what each of them says.
func handshake(t *testing.T, server Server, client *tls.Config) (serverErr, clientErr error) {
	t.Helper()
	config, err := server.Config()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	result := make(chan error, 1)
	go func() {
		c, err := listener.Accept()
		if err != nil {
			result <- err
			return
		}
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(5 * time.Second))
		s := tls.Server(c, config)
		if err := s.Handshake(); err != nil {
			result <- err
			return
		}
		_, err = s.Write([]byte("x"))
		result <- err
	}()
	c, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	conn := tls.Client(c, client)
	if clientErr = conn.Handshake(); clientErr == nil {
		_, clientErr = conn.Read(make([]byte, 1))
	}
	c.Close()
	return <-result, clientErr
}

func certificates(all ...tls.Certificate) func() []tls.Certificate {
	return func() []tls.Certificate { return all }
}

func localhost(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)} }

func clientConfig(t *testing.T, c Client) *tls.Config {
	t.Helper()
	config, err := c.Config()
	if err != nil {
		t.Fatal(err)
	}
	if c.ServerName == "" && !config.InsecureSkipVerify {
		config.ServerName = "127.0.0.1"
	}
	return config
}

func TestServerAdmits(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	issuing := newAuthority(t, "ExpiTrust prov", root)
	other := newAuthority(t, "Annan", nil)
	node := issuing.issue(t, "162021000001", localhost)
	peer := issuing.issue(t, "165560000167", nil)
	renewed := issuing.issue(t, "165560000167", nil)
	stranger := other.issue(t, "165560000167", nil)
	expired := issuing.issue(t, "165560000167", func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	mail := issuing.issue(t, "165560000167", func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection} })
	name := peer.Leaf.Issuer.String()
	serialPin := Pin{Issuer: "cn=exPitrust PROV, o=Prov AB, c=SE", SubjectSerial: "165560000167"}
	tests := map[string]struct {
		change func(*Server)
		peer   []tls.Certificate
		want   bool
	}{
		"a peer under the roots":       {nil, []tls.Certificate{peer}, true},
		"nobody without certificate":   {nil, nil, false},
		"no unknown issuer":            {nil, []tls.Certificate{stranger}, false},
		"no expired certificate":       {nil, []tls.Certificate{expired}, false},
		"no certificate for mail":      {nil, []tls.Certificate{mail}, false},
		"an accepted issuer":           {func(s *Server) { s.Issuers = []string{"CN=X", name} }, []tls.Certificate{peer}, true},
		"no other issuer":              {func(s *Server) { s.Issuers = []string{"CN=Rot,O=Prov AB,C=SE"} }, []tls.Certificate{peer}, false},
		"a pinned key":                 {func(s *Server) { s.Pins = []Pin{PinOf(peer.Leaf)} }, []tls.Certificate{peer}, true},
		"no key that is not pinned":    {func(s *Server) { s.Pins = []Pin{PinOf(peer.Leaf)} }, []tls.Certificate{renewed}, false},
		"both pins, the old":           {func(s *Server) { s.Pins = []Pin{PinOf(peer.Leaf), PinOf(renewed.Leaf)} }, []tls.Certificate{peer}, true},
		"both pins, the new":           {func(s *Server) { s.Pins = []Pin{PinOf(peer.Leaf), PinOf(renewed.Leaf)} }, []tls.Certificate{renewed}, true},
		"issuer and serial number":     {func(s *Server) { s.Pins = []Pin{serialPin} }, []tls.Certificate{renewed}, true},
		"no stranger with that serial": {func(s *Server) { s.Pins = []Pin{serialPin}; s.Roots.AddCert(other.certificate) }, []tls.Certificate{stranger}, false},
	}
	for label, test := range tests {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			s := Server{Certificates: certificates(node), Roots: root.pool()}
			if test.change != nil {
				test.change(&s)
			}
			serverErr, clientErr := handshake(t, s, clientConfig(t, Client{Certificates: test.peer, Roots: root.pool()}))
			if (serverErr == nil) != test.want || (clientErr == nil) != test.want {
				t.Errorf("server: %v, client: %v", serverErr, clientErr)
			}
		})
	}
}

func TestClientVerifiesServer(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	other := newAuthority(t, "Annan", nil)
	named := root.issue(t, "162021000001", localhost)
	old := root.issue(t, "162021000001", nil)
	renewed := root.issue(t, "162021000001", nil)
	expired := root.issue(t, "162021000001", func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	peer := root.issue(t, "165560000167", nil)
	both := []Pin{PinOf(old.Leaf), PinOf(renewed.Leaf)}
	tests := map[string]struct {
		server tls.Certificate
		client Client
		want   bool
	}{
		"a host of that name":           {named, Client{Roots: root.pool()}, true},
		"not another name":              {named, Client{Roots: root.pool(), ServerName: "nod-b.example.se"}, false},
		"not a certificate without":     {old, Client{Roots: root.pool()}, false},
		"not another authority":         {named, Client{Roots: other.pool()}, false},
		"pinned, without host name":     {old, Client{Roots: root.pool(), Pins: both}, true},
		"pinned, the next certificate":  {renewed, Client{Roots: root.pool(), Pins: both}, true},
		"pinned, a third certificate":   {named, Client{Roots: root.pool(), Pins: both}, false},
		"pinned, but another authority": {old, Client{Roots: other.pool(), Pins: both}, false},
		"pinned key alone":              {old, Client{Pins: both}, true},
		"pinned key, expired":           {expired, Client{Pins: []Pin{PinOf(expired.Leaf)}}, false},
		"pinned by subject":             {old, Client{Roots: root.pool(), Pins: []Pin{{Issuer: old.Leaf.Issuer.String(), SubjectSerial: "162021000001"}}}, true},
		"pinned by another subject":     {old, Client{Roots: root.pool(), Pins: []Pin{{Issuer: old.Leaf.Issuer.String(), SubjectSerial: "162021000019"}}}, false},
	}
	for label, test := range tests {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			test.client.Certificates = []tls.Certificate{peer}
			_, err := handshake(t, Server{Certificates: certificates(test.server), Roots: root.pool()}, clientConfig(t, test.client))
			if (err == nil) != test.want {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestServerChangesItsCertificateWhileRunning(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	peer := root.issue(t, "165560000167", nil)
	held := []tls.Certificate{root.issue(t, "162021000001", nil)}
	s := Server{Certificates: func() []tls.Certificate { return held }, Roots: root.pool()}
	next := root.issue(t, "162021000001", nil)
	c := Client{Certificates: []tls.Certificate{peer}, Pins: []Pin{PinOf(next.Leaf)}}
	if _, err := handshake(t, s, clientConfig(t, c)); err == nil {
		t.Error("the old certificate passes for the new")
	}
	held = []tls.Certificate{next, held[0]}
	if _, err := handshake(t, s, clientConfig(t, c)); err != nil {
		t.Error(err)
	}
}

func TestConfigurationsThatLetEverybodyInAreRefused(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	node := certificates(root.issue(t, "162021000001", nil))
	for name, s := range map[string]Server{"nothing": {}, "no roots": {Certificates: node}, "no certificate": {Roots: root.pool()}, "empty": {Roots: root.pool(), Certificates: certificates()}} {
		if _, err := s.Config(); err == nil {
			t.Errorf("server, %s", name)
		}
	}
	for name, c := range map[string]Client{"nothing": {}, "subject pin without roots": {Pins: []Pin{{Issuer: "CN=x", SubjectSerial: "1"}}}, "an empty pin": {Pins: []Pin{{}}}, "revocation without roots": {Pins: []Pin{{SPKI: [32]byte{1}}}, Revocation: &Revocation{}}} {
		if _, err := c.Config(); err == nil {
			t.Errorf("client, %s", name)
		}
	}
	config, err := Server{Certificates: node, Roots: root.pool()}.Config()
	if err != nil || config.MinVersion != tls.VersionTLS12 || config.Renegotiation != tls.RenegotiateNever || config.ClientAuth != tls.RequireAndVerifyClientCert {
		t.Errorf("%+v, %v", config, err)
	}
}

func TestParsePin(t *testing.T) {
	t.Parallel()
	want := PinOf(newAuthority(t, "Rot", nil).certificate)
	for _, s := range []string{hex.EncodeToString(want.SPKI[:]), "sha256/" + base64.StdEncoding.EncodeToString(want.SPKI[:])} {
		if got, err := ParsePin(s); err != nil || got != want {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "ab", "sha256/ab", "x"} {
		if _, err := ParsePin(s); err == nil {
			t.Errorf("%q is a pin", s)
		}
	}
	if (Pin{}).Matches(newAuthority(t, "Rot", nil).certificate) {
		t.Error("an empty pin matches")
	}
}

func TestCertificateFiles(t *testing.T) {
	t.Parallel()
	a, b := newAuthority(t, "A", nil).certificate, newAuthority(t, "B", nil).certificate
	encode := func(c *x509.Certificate) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
	}
	for name, data := range map[string][]byte{"PEM": append(encode(a), encode(b)...), "DER": bytes.Join([][]byte{a.Raw, b.Raw}, nil)} {
		got, err := ParseCertificates(data)
		if err != nil || len(got) != 2 || !got[0].Equal(a) || !got[1].Equal(b) {
			t.Errorf("%s: %d, %v", name, len(got), err)
		}
	}
	for name, data := range map[string][]byte{"nothing": nil, "text": []byte("x"), "a key": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY"})} {
		if got, err := ParseCertificates(data); err == nil {
			t.Errorf("%s: %d certificates", name, len(got))
		}
	}
}

func TestRevokedPeerIsNotAdmitted(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	node := root.issue(t, "162021000001", localhost)
	peer := root.issue(t, "165560000167", nil)
	var lists *CRLs
	s := Server{Certificates: certificates(node), Roots: root.pool(), Revocation: &Revocation{CRLs: func() *CRLs { return lists }}}
	config := clientConfig(t, Client{Certificates: []tls.Certificate{peer}, Roots: root.pool()})
	config.ClientSessionCache = tls.NewLRUClientSessionCache(4)
	for range 2 {
		if err, _ := handshake(t, s, config); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	lists, err = NewCRLs([]*x509.RevocationList{root.crl(t, time.Now().Add(time.Hour), peer.Leaf.SerialNumber)}, []*x509.Certificate{root.certificate})
	if err != nil {
		t.Fatal(err)
	}
	if err, _ := handshake(t, s, config); !errors.Is(err, ErrRevoked) {
		t.Errorf("after the list was reloaded: %v", err)
	}
}
