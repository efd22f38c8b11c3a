package sandbox

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/shs"
)

// shown is a certificate that a peer shows, and how the gateway answers it.
type shown struct {
	name  string
	make  func(t *testing.T, ca *CA) Pair
	alert string // of the handshake; "" = it is let in as far as HTTP
}

func badCertificates() []shown {
	const number, name = "5599991014", "Testinkasso AB"
	made := func(p Pair, err error) func(*testing.T) Pair {
		return func(t *testing.T) Pair {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
	}
	return []shown{
		{"unknown organisation", func(t *testing.T, ca *CA) Pair { return made(ca.Organisation("5599991998", "Okänd AB", now()))(t) }, ""},
		{"no organisation", func(t *testing.T, ca *CA) Pair { return made(ca.Organisation("", "Ingen AB", now()))(t) }, ""},
		{"expired", func(t *testing.T, ca *CA) Pair {
			return made(ca.Organisation(number, name, now().AddDate(-3, 0, 0)))(t)
		}, "expired certificate"},
		{"not yet valid", func(t *testing.T, ca *CA) Pair { return made(ca.Organisation(number, name, now().AddDate(0, 0, 5)))(t) }, "expired certificate"},
		{"another issuer of the same name", func(t *testing.T, _ *CA) Pair {
			other, err := NewCA(now())
			if err != nil {
				t.Fatal(err)
			}
			return made(other.Organisation(number, name, now()))(t)
		}, "unknown certificate authority"},
		{"revoked", func(t *testing.T, ca *CA) Pair { return made(ca.Organisation(number, name, now()))(t) }, "bad certificate"},
		{"none", func(*testing.T, *CA) Pair { return Pair{} }, "certificate required"},
	}
}

// TestCertificates: who is not known, or shows a certificate that does not
// hold, is refused before anything is read, on both channels.
func TestCertificates(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	prepared := &Sandbox{dir: dir}
	if err := prepared.certificates(now()); err != nil {
		t.Fatal(err)
	}
	ca, err := prepared.openCA(now())
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[string]Pair{}
	for _, c := range badCertificates() {
		pairs[c.name] = c.make(t, ca)
	}
	if err := prepared.Revoke(pairs["revoked"].Certificate); err != nil {
		t.Fatal(err)
	}
	s := openedIn(t, dir)
	b := batch{code: "ABC", sequence: 1, cases: 2, seed: 5, form: filing.TextForm}
	for _, c := range badCertificates() {
		t.Run(c.name, func(t *testing.T) {
			p := outsideWith(s.Ready(), Filers()[0], clientConfig(t, s, pairs[c.name]))
			_, err := p.send(t.Context(), newID(), b.asFile(b.file(t)), b.asNote(b.note(t)))
			u, uploading := p.upload(t.Context(), b.asFile(b.file(t)))
			if c.alert == "" {
				refusedAtTheDoor(t, err, u, uploading)
				return
			}
			if err == nil || uploading == nil {
				t.Errorf("let in: SHS %v, e-transport %v", err, uploading)
			}
			if err := shakeHands(t, s, pairs[c.name]); err == nil || !strings.Contains(err.Error(), c.alert) {
				t.Errorf("refused by %v, want the alert %q", err, c.alert)
			}
		})
	}
	p := outsideOf(t, s.Ready(), "ABC")
	if letters := p.drained(t); len(letters) > 0 || standingOf(t, s, "ABC") != (standing{Expected: 1}) {
		t.Errorf("%d messages, standing %+v", len(letters), standingOf(t, s, "ABC"))
	}
	noBytes(t, s)
}

// shakeHands connects and waits for what the gateway says of the certificate.
func shakeHands(t *testing.T, s *Sandbox, p Pair) error {
	t.Helper()
	conn, err := tls.Dial("tcp", strings.TrimPrefix(s.Ready().Gateway, "https://"), clientConfig(t, s, p))
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	_, err = conn.Read(make([]byte, 1))
	return err
}

func refusedAtTheDoor(t *testing.T, err error, u uploaded, uploading error) {
	t.Helper()
	remote, ok := errors.AsType[*shs.RemoteError](err)
	if !ok || remote.Status != http.StatusForbidden || remote.Code != shs.IllegalSender {
		t.Fatalf("SHS: %v", err)
	}
	bilingual(t, remote.Text)
	if uploading != nil || u.Status != http.StatusForbidden {
		t.Fatalf("e-transport: %d, %v", u.Status, uploading)
	}
	bilingual(t, u.Text)
}

// bilingual sees that a refusal speaks both languages.
func bilingual(t *testing.T, text string) {
	t.Helper()
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" .,;:/\n", r) })
	for language, usual := range map[string][]string{
		"Swedish": {"är", "inte", "och", "av", "eller", "det", "med", "utan", "högst"}, "English": {"is", "not", "and", "of", "or", "the"},
	} {
		if !slices.ContainsFunc(words, func(w string) bool { return slices.Contains(usual, w) }) {
			t.Errorf("the refusal has no %s: %q", language, text)
		}
	}
}

func clientConfig(t *testing.T, s *Sandbox, p Pair) *tls.Config {
	t.Helper()
	pool := x509.NewCertPool()
	text, err := os.ReadFile(s.Ready().CA)
	if err != nil || !pool.AppendCertsFromPEM(text) {
		t.Fatalf("the CA cannot be read: %v", err)
	}
	config := &tls.Config{RootCAs: pool, ServerName: "localhost", MinVersion: tls.VersionTLS12}
	if p.Certificate != nil {
		own := tls.Certificate{Certificate: [][]byte{p.Certificate.Raw}, PrivateKey: p.Key, Leaf: p.Certificate}
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &own, nil }
	}
	return config
}

// TestFromAnother: the label may not name another organisation than the
// certificate, but for a recorded representative.
func TestFromAnother(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	p.filer.Organisation = organisationOf("DEF")
	b := batch{code: "DEF", sequence: 1, cases: 2, seed: 5, form: filing.TextForm}
	_, err := p.send(t.Context(), newID(), b.asFile(b.file(t)), b.asNote(b.note(t)))
	remote, ok := errors.AsType[*shs.RemoteError](err)
	if !ok || remote.Status != http.StatusBadRequest || remote.Code != shs.IllegalSender {
		t.Fatalf("answered %v", err)
	}
	bilingual(t, remote.Text)
	if got := standingOf(t, s, "DEF"); got != (standing{Expected: 1}) {
		t.Errorf("standing %+v", got)
	}
	noBytes(t, s)
}
