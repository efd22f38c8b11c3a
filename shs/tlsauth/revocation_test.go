package tlsauth

import (
	"crypto"
	"crypto/x509"
	"errors"
	"net/http"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

func TestCRLs(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	twin := newAuthority(t, "Rot", nil) // same name, other key
	a, b := root.issue(t, "165560000167", nil), root.issue(t, "165560000167", nil)
	hour := time.Now().Add(time.Hour)
	tests := map[string]struct {
		list    *x509.RevocationList
		policy  Policy
		revoked bool
		refused bool
	}{
		"not listed":                  {root.crl(t, hour, b.Leaf.SerialNumber), HardFail, false, false},
		"listed":                      {root.crl(t, hour, a.Leaf.SerialNumber), SoftFail, true, true},
		"out of date, not listed":     {root.crl(t, time.Now().Add(-time.Minute)), HardFail, false, true},
		"out of date, soft":           {root.crl(t, time.Now().Add(-time.Minute)), SoftFail, false, false},
		"out of date, listed":         {root.crl(t, time.Now().Add(-time.Minute), a.Leaf.SerialNumber), SoftFail, true, true},
		"of another of the same name": {twin.crl(t, hour, a.Leaf.SerialNumber), SoftFail, false, false},
		"of another, hard":            {twin.crl(t, hour), HardFail, false, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lists, err := NewCRLs([]*x509.RevocationList{test.list}, []*x509.Certificate{root.certificate, twin.certificate})
			if err != nil {
				t.Fatal(err)
			}
			r := &Revocation{CRLs: func() *CRLs { return lists }, Policy: test.policy}
			err = r.Check([]*x509.Certificate{a.Leaf, root.certificate}, nil)
			if errors.Is(err, ErrRevoked) != test.revoked || (err != nil) != test.refused {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := NewCRLs([]*x509.RevocationList{twin.crl(t, hour)}, []*x509.Certificate{root.certificate}); err == nil {
		t.Error("a list with a foreign signature is accepted")
	}
	if _, err := ParseCRL([]byte("x")); err == nil {
		t.Error("text is a list")
	}
}

func TestRevokedIntermediateIsRefused(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	issuing := newAuthority(t, "Utfärdare", root)
	leaf := issuing.issue(t, "165560000167", nil).Leaf
	lists, err := NewCRLs([]*x509.RevocationList{root.crl(t, time.Now().Add(time.Hour), issuing.certificate.SerialNumber)}, []*x509.Certificate{root.certificate})
	if err != nil {
		t.Fatal(err)
	}
	r := &Revocation{CRLs: func() *CRLs { return lists }}
	if err := r.Check([]*x509.Certificate{leaf, issuing.certificate, root.certificate}, nil); !errors.Is(err, ErrRevoked) {
		t.Errorf("%v", err)
	}
}

func TestOCSP(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	delegateKey := newKey(t)
	delegate := func(usage ...x509.ExtKeyUsage) *x509.Certificate {
		template := root.issue(t, "responder", func(c *x509.Certificate) { c.ExtKeyUsage = usage }).Leaf
		return sign(t, template, delegateKey, root)
	}
	proper, improper := delegate(x509.ExtKeyUsageOCSPSigning), delegate(x509.ExtKeyUsageClientAuth)
	foreign := newAuthority(t, "Annan", nil)
	state := func(change func(*ocsp.Response)) func(*ocsp.Response) (crypto.Signer, *x509.Certificate) {
		return func(r *ocsp.Response) (crypto.Signer, *x509.Certificate) { change(r); return nil, nil }
	}
	tests := map[string]struct {
		answer  func(*ocsp.Response) (crypto.Signer, *x509.Certificate)
		revoked bool
		known   bool
	}{
		"good":                 {state(func(*ocsp.Response) {}), false, true},
		"revoked":              {state(func(r *ocsp.Response) { r.Status, r.RevokedAt = ocsp.Revoked, time.Now() }), true, true},
		"unknown":              {state(func(r *ocsp.Response) { r.Status = ocsp.Unknown }), false, false},
		"of yesterday":         {state(func(r *ocsp.Response) { r.NextUpdate = time.Now().Add(-time.Second) }), false, false},
		"of tomorrow":          {state(func(r *ocsp.Response) { r.ThisUpdate = time.Now().Add(time.Hour) }), false, false},
		"without an end, new":  {state(func(r *ocsp.Response) { r.NextUpdate = time.Time{} }), false, true},
		"without an end, old":  {state(func(r *ocsp.Response) { r.NextUpdate, r.ThisUpdate = time.Time{}, time.Now().Add(-48*time.Hour) }), false, false},
		"about another":        {state(func(r *ocsp.Response) { r.SerialNumber = root.certificate.SerialNumber }), false, false},
		"by a delegate":        {func(*ocsp.Response) (crypto.Signer, *x509.Certificate) { return delegateKey, proper }, false, true},
		"by any certificate":   {func(*ocsp.Response) (crypto.Signer, *x509.Certificate) { return delegateKey, improper }, false, false},
		"by another authority": {func(*ocsp.Response) (crypto.Signer, *x509.Certificate) { return foreign.key, nil }, false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls int
			server := root.responder(t, &calls, test.answer)
			leaf := (&authority{certificate: root.certificate, key: root.key, next: 1000}).issue(t, "165560000167", func(c *x509.Certificate) { c.OCSPServer = []string{server.URL} }).Leaf
			r := &Revocation{OCSP: NewOCSP(server.Client(), ""), Policy: HardFail}
			chain := []*x509.Certificate{leaf, root.certificate}
			err := r.Check(chain, nil)
			if errors.Is(err, ErrRevoked) != test.revoked || errors.Is(err, ErrUnknown) != !test.known {
				t.Errorf("hard: %v", err)
			}
			r.Policy = SoftFail
			if err := r.Check(chain, nil); (err != nil) != test.revoked {
				t.Errorf("soft: %v", err)
			}
		})
	}
}

func TestOCSPAnswersAreKeptUntilTheirEnd(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	var calls int
	server := root.responder(t, &calls, func(*ocsp.Response) (crypto.Signer, *x509.Certificate) { return nil, nil })
	leaf := root.issue(t, "165560000167", nil).Leaf
	at := time.Now()
	r := &Revocation{OCSP: NewOCSP(server.Client(), server.URL), Policy: HardFail, Now: func() time.Time { return at }}
	chain := []*x509.Certificate{leaf, root.certificate}
	for range 3 {
		if err := r.Check(chain, nil); err != nil {
			t.Fatal(err)
		}
	}
	if calls != 1 {
		t.Errorf("asked %d times", calls)
	}
	server.Close()
	at = at.Add(2 * time.Hour)
	if err := r.Check(chain, nil); !errors.Is(err, ErrUnknown) {
		t.Errorf("after its end, responder gone: %v", err)
	}
	server.Config.Handler = http.NotFoundHandler()
	stapled := root.answer(t, leaf.SerialNumber, func(r *ocsp.Response) (crypto.Signer, *x509.Certificate) {
		r.ThisUpdate, r.NextUpdate = at, at.Add(time.Hour)
		return nil, nil
	})
	if err := r.Check(chain, stapled); err != nil {
		t.Errorf("stapled: %v", err)
	}
}

func TestStapledRevocationCountsAndNobodyIsAsked(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	leaf := root.issue(t, "165560000167", nil).Leaf
	stapled := root.answer(t, leaf.SerialNumber, func(r *ocsp.Response) (crypto.Signer, *x509.Certificate) {
		r.Status, r.RevokedAt = ocsp.Revoked, time.Now()
		return nil, nil
	})
	r := &Revocation{OCSP: NewOCSP(http.DefaultClient, "ftp://nowhere")}
	if err := r.Check([]*x509.Certificate{leaf, root.certificate}, stapled); !errors.Is(err, ErrRevoked) {
		t.Errorf("%v", err)
	}
	if err := r.Check([]*x509.Certificate{leaf, root.certificate}, []byte("junk")); err != nil {
		t.Errorf("soft, junk stapled, responder not reachable: %v", err)
	}
}
