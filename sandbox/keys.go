package sandbox

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// P12Password is the password of every .p12 file of a sandbox.
const P12Password = "sandbox"

// certificates makes the sandbox's CA and certificates, unless they are there.
func (s *Sandbox) certificates(now time.Time) error {
	ca, err := s.openCA(now)
	if err != nil {
		return err
	}
	if err := s.renewRevocations(ca, now); err != nil {
		return err
	}
	if err := s.issue(ca, "authority", "server", func() (Pair, error) {
		return ca.Server(AuthorityNumber, "Filtjanst Sandbox", []string{"localhost", "127.0.0.1", "::1", "test.localhost", "production.localhost"}, now)
	}); err != nil {
		return err
	}
	for _, f := range Filers() {
		dir := filepath.Join("filers", f.Code)
		if err := s.issue(ca, dir, "filer", func() (Pair, error) { return f.issue(ca, now) }); err != nil {
			return err
		}
	}
	return nil
}

func (f Filer) issue(ca *CA, now time.Time) (Pair, error) {
	if f.OwnNode {
		return ca.Server(f.Organisation, f.Name, []string{"localhost", "127.0.0.1"}, now)
	}
	return ca.Organisation(f.Organisation, f.Name, now)
}

func (s *Sandbox) openCA(now time.Time) (*CA, error) {
	certificate, key := s.path("ca.pem"), s.path("ca.key")
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err == nil {
		return &CA{Certificate: pair.Leaf, key: pair.PrivateKey.(crypto.Signer)}, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("the test CA cannot be read: %w", err)
	}
	ca, err := NewCA(now)
	if err != nil {
		return nil, err
	}
	return ca, writePair(Pair{Certificate: ca.Certificate, Key: ca.key}, certificate, key)
}

// issue writes name.pem, name.key and name.p12 in the folder, unless they are
// there and hold.
func (s *Sandbox) issue(ca *CA, folder, name string, make func() (Pair, error)) error {
	certificate, key, p12 := s.path(folder, name+".pem"), s.path(folder, name+".key"), s.path(folder, name+".p12")
	if pair, err := tls.LoadX509KeyPair(certificate, key); err == nil && holds(pair.Leaf) && isThere(p12) {
		return nil
	}
	pair, err := make()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.path(folder), 0o700); err != nil {
		return err
	}
	if err := writePair(pair, certificate, key); err != nil {
		return err
	}
	bundle, err := ca.P12(pair, P12Password)
	if err != nil {
		return err
	}
	return writeWhole(p12, bundle)
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func holds(c *x509.Certificate) bool { return c != nil && now().AddDate(0, 1, 0).Before(c.NotAfter) }

func writePair(p Pair, certificate, key string) error {
	private, err := p.KeyPEM()
	if err != nil {
		return err
	}
	return errors.Join(
		writeWhole(certificate, CertificatePEM(p.Certificate)),
		writeWhole(key, private),
	)
}

// writeWhole writes a file so that it is whole or not there: half a key, as
// after a full disk, would keep the sandbox from ever starting again.
func writeWhole(path string, content []byte) error {
	fresh := path + ".new"
	if err := os.WriteFile(fresh, content, 0o600); err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	return os.Rename(fresh, path)
}

// now is the wall time, in which certificates live.
func now() time.Time { return time.Now() }
