package authority_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const (
	own   = "2021000001"
	filer = "5560000167"
	other = "5560000175"
)

func office() authority.OfficeConfig {
	return authority.OfficeConfig{
		Name: "Provmyndigheten", PostalCode: "12345", Town: "Provköping", Bankgiro: "9912346",
		Forwarding: authority.ForwardConfig{Name: "Förmedlingsuppdrag", Town: "Provköping"},
	}
}

func products() map[filing.Transaction]string {
	return map[filing.Transaction]string{
		filing.BFApplication:        "11111111-2222-4333-8444-555555555501",
		filing.BFApplicationNote:    "11111111-2222-4333-8444-555555555502",
		filing.BFApplicationReceipt: "11111111-2222-4333-8444-555555555503",
		filing.BFConfirmation:       "11111111-2222-4333-8444-555555555504",
	}
}

// issuer is a certification authority for one test.
type issuer struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	made int64
}

func newIssuer(t *testing.T) *issuer {
	i := &issuer{t: t}
	template := &x509.Certificate{
		Subject: pkix.Name{CommonName: "Test CA"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	i.cert, i.key = i.sign(template, nil)
	return i
}

func (i *issuer) sign(template, parent *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	i.t.Helper()
	i.made++
	template.SerialNumber = big.NewInt(i.made)
	if template.NotAfter.IsZero() {
		template.NotAfter = time.Now().AddDate(1, 0, 0)
	}
	template.NotBefore = template.NotAfter.AddDate(-2, 0, 0)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(i.t, err)
	signer := i.key
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	must(i.t, err)
	cert, err := x509.ParseCertificate(der)
	must(i.t, err)
	return cert, key
}

// leaf writes a certificate and key as PEM files.
func (i *issuer) leaf(dir, name string, template *x509.Certificate) authority.CertificateConfig {
	i.t.Helper()
	cert, key := i.sign(template, i.cert)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	must(i.t, err)
	pair := authority.CertificateConfig{Certificate: filepath.Join(dir, name+".pem"), Key: filepath.Join(dir, name+".key")}
	writePEM(i.t, pair.Certificate, "CERTIFICATE", cert.Raw)
	writePEM(i.t, pair.Key, "PRIVATE KEY", private)
	return pair
}

func organisation(number string) *x509.Certificate {
	return &x509.Certificate{
		Subject:  pkix.Name{CommonName: "Bolag", SerialNumber: "16" + number},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
}

func server(subject string) *x509.Certificate {
	return &x509.Certificate{
		Subject: pkix.Name{CommonName: subject, SerialNumber: "16" + own}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		DNSNames:    []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
}

func writePEM(t *testing.T, path, kind string, der []byte) {
	t.Helper()
	must(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// house is a running authority with one filer of code ABC.
type house struct {
	*testing.T
	issuer *issuer
	config authority.Config
	*authority.Authority
	dir   string
	clock calendar.Clock // handed in; nil as configured
	stop  func() error
}

// newConfig is a configuration of both worlds with held clocks, on ports of
// the system's choice.
func newConfig(t *testing.T) (authority.Config, *issuer, string) {
	t.Helper()
	dir := t.TempDir()
	ca := newIssuer(t)
	writePEM(t, filepath.Join(dir, "ca.pem"), "CERTIFICATE", ca.cert.Raw)
	c := authority.DefaultConfig()
	c.Data, c.Organisation, c.Office = dir, own, office()
	c.Gateway.Listen, c.Operations.Listen = "127.0.0.1:0", "127.0.0.1:0"
	c.Gateway.Certificates = []authority.CertificateConfig{ca.leaf(dir, "server", server("authority"))}
	c.Gateway.Authorities = []string{filepath.Join(dir, "ca.pem")}
	c.Gateway.Shutdown = authority.Duration(time.Second)
	for _, w := range []*authority.WorldConfig{&c.Worlds.Production, &c.Worlds.Test} {
		w.Clock, w.Begin, w.Products = "held", filingtest.Today.At(12, 0), products()
	}
	c.Worlds.Production.Hosts, c.Worlds.Test.Hosts = []string{"127.0.0.1"}, []string{"localhost"}
	return c, ca, dir
}

func newHouse(t *testing.T, change ...func(*authority.Config)) *house {
	t.Helper()
	h := &house{T: t}
	h.config, h.issuer, h.dir = newConfig(t)
	for _, c := range change {
		c(&h.config)
	}
	must(t, authority.Migrate(t.Context(), h.config))
	h.start()
	h.enter(h.World(authority.Production))
	h.enter(h.World(authority.Test))
	return h
}

// start builds and serves; the test's end, or stop, ends it.
func (h *house) start() {
	h.Helper()
	a, err := authority.New(h.Context(), h.config, authority.Outside{Clock: h.clock, Logger: slog.New(slog.NewTextHandler(h.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))})
	must(h.T, err)
	h.Authority = a
	ctx, cancel := context.WithCancel(context.WithoutCancel(h.Context()))
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx) }()
	stopped := false
	h.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return errors.Join(<-ended, a.Close())
	}
	stop := h.stop
	h.Cleanup(func() { must(h.T, stop()) })
}

// enter gives a world two organisations and the filer's code and permit.
func (h *house) enter(w *authority.World) {
	h.Helper()
	must(h.T, w.DB.Do(h.Context(), func(tx store.Tx) error {
		_, err := w.Permits.Grant(tx, permit.Permit{ID: 1, CodeID: 1, Service: filing.PaymentOrder, From: filingtest.Today - 100},
			permit.Act{ID: 2, Reason: "granted", By: "test", At: filingtest.Today.At(8, 0)})
		return errors.Join(
			w.Parties.AddOrganisation(tx, party.Organisation{Number: filer, Name: "Inkasso Test AB"}),
			w.Parties.AddOrganisation(tx, party.Organisation{Number: other, Name: "Annat Bolag AB"}),
			w.Parties.AddCode(tx, party.Code{
				ID: 1, Code: "ABC", Organisation: filer, Name: "Inkasso Test", Notice: filing.NoticeElectronic,
				Delivery: party.Delivery{Address: filer, Mode: party.Fetched},
			}),
			err)
	}))
}

// client is a browser or script of the organisation.
func (h *house) client(number string) *http.Client {
	h.Helper()
	pair := h.issuer.leaf(h.TempDir(), "client", organisation(number))
	cert, err := tls.LoadX509KeyPair(pair.Certificate, pair.Key)
	must(h.T, err)
	pool := x509.NewCertPool()
	pool.AddCert(h.issuer.cert)
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{cert}}}}
	h.Cleanup(c.CloseIdleConnections)
	return c
}

// url is a URL of e-transport in the world of the host name.
func (h *house) url(host string, tx filing.Transaction, rest string) string {
	base := strings.Replace(h.Addresses().Gateway, "127.0.0.1", host, 1)
	return base + "/et/et_web/auto/" + products()[tx] + rest
}

func (h *house) do(c *http.Client, method, url string, body []byte) (int, string) {
	h.Helper()
	request, err := http.NewRequestWithContext(h.Context(), method, url, bytes.NewReader(body))
	must(h.T, err)
	response, err := c.Do(request)
	must(h.T, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(h.T, err)
	return response.StatusCode, string(text)
}

// application writes a file of n applications and its cover note.
func application(t *testing.T, sequence int64, n int) (file, note []byte) {
	t.Helper()
	all := filingtest.New(uint64(sequence)).Applications(n)
	facts := filingtest.Facts("ABC", sequence, all)
	var out, slip bytes.Buffer
	w, err := filing.NewWriter(&out, filing.Own(), filing.BFApplication, filing.TextForm, facts)
	must(t, err)
	for i := range all {
		must(t, w.Write(&all[i]))
	}
	must(t, w.Close())
	must(t, filing.WriteNote(&slip, filing.Own(), filing.TextForm, filing.Note{
		Transaction: filing.BFApplication, PartyCode: "ABC", Sequence: sequence,
		Documents: &facts.Documents, Sum: &facts.Sum, Date: &facts.Created,
	}))
	return out.Bytes(), slip.Bytes()
}
