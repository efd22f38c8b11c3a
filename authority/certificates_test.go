package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// selfSigned writes a certificate and its key, and sets the times of the files
// so that each writing is seen as a change.
func selfSigned(t *testing.T, pair CertificateConfig, subject string, age, left time.Duration) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: subject}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(left),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	check(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	check(t, err)
	for path, block := range map[string]*pem.Block{
		pair.Certificate: {Type: "CERTIFICATE", Bytes: der}, pair.Key: {Type: "PRIVATE KEY", Bytes: private},
	} {
		check(t, os.WriteFile(path, pem.EncodeToMemory(block), 0o600))
		at := time.Now().Add(-age)
		check(t, os.Chtimes(path, at, at))
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A changed certificate is taken up without a restart, and a broken one is not
// (trap 10).
func TestKeyringReadsChangedFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pair := CertificateConfig{Certificate: filepath.Join(dir, "c.pem"), Key: filepath.Join(dir, "c.key")}
	selfSigned(t, pair, "first", 3*time.Hour, time.Hour)
	k, err := openKeyring(GatewayConfig{Certificates: []CertificateConfig{pair}, Authorities: []string{pair.Certificate}})
	check(t, err)
	inUse := func() string { return k.certificates()[0].Leaf.Subject.CommonName }
	if changed, err := k.reload(); changed || err != nil || inUse() != "first" {
		t.Errorf("unchanged files gave %t, %v, %s", changed, err, inUse())
	}
	check(t, os.WriteFile(pair.Certificate, []byte("half written"), 0o600))
	if changed, err := k.reload(); !changed || err == nil || inUse() != "first" {
		t.Errorf("a broken file gave %t, %v, %s", changed, err, inUse())
	}
	selfSigned(t, pair, "second", time.Hour, time.Hour)
	if changed, err := k.reload(); !changed || err != nil || inUse() != "second" {
		t.Errorf("a changed file gave %t, %v, %s", changed, err, inUse())
	}
}

// When the certificate in use runs out, the one beside it takes over by itself.
func TestKeyringLeavesWhatHasExpired(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		pair := func(name string) CertificateConfig {
			return CertificateConfig{Certificate: filepath.Join(dir, name+".pem"), Key: filepath.Join(dir, name+".key")}
		}
		const left = time.Minute
		selfSigned(t, pair("old"), "old", time.Hour, left)
		selfSigned(t, pair("new"), "new", time.Hour, time.Hour)
		k, err := openKeyring(GatewayConfig{Certificates: []CertificateConfig{pair("old"), pair("new")}, Authorities: []string{pair("new").Certificate}})
		check(t, err)
		if n := len(k.certificates()); n != 2 {
			t.Fatalf("%d certificates are in use", n)
		}
		time.Sleep(left + time.Second)
		if changed, err := k.reload(); !changed || err != nil || len(k.certificates()) != 1 || k.certificates()[0].Leaf.Subject.CommonName != "new" {
			t.Errorf("got %t, %v and %d certificates", changed, err, len(k.certificates()))
		}
	})
}
