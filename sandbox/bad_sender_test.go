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

	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/shs"
)

// TestAnothersCode: the sender is told, the owner of the code hears nothing
// and keeps its number.
func TestAnothersCode(t *testing.T) {
	t.Parallel()
	s := opened(t)
	abc, def := outsideOf(t, s.Ready(), "ABC"), outsideOf(t, s.Ready(), "DEF")
	for _, c := range []struct {
		code string
		want filing.Code
	}{{"DEF", "F271"}, {"ZZZ", "F270"}} {
		for _, form := range forms {
			b := batch{code: c.code, sequence: 1, cases: 2, seed: 5, form: form}
			abc.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
			refusedTo(t, abc, c.want)
			last := abc.mustUpload(t, b.asFile(b.file(t)))
			if last.Outcomes[0] != string(filing.Rejected) {
				t.Errorf("%s over e-transport: %s", c.code, last.Text)
			}
			refusedTo(t, abc, c.want)
		}
	}
	if letters := def.drained(t); len(letters) > 0 {
		t.Errorf("the owner of the code got %d messages", len(letters))
	}
	if got := standingOf(t, s, "DEF"); got != (standing{Expected: 1}) {
		t.Errorf("standing %+v", got)
	}
}

func refusedTo(t *testing.T, p *outside, want filing.Code) {
	t.Helper()
	r := p.oneReceipt(t)
	rejectedFor(t, r, want)
	if r.Expected != 0 {
		t.Errorf("%s: told that the next number is %d", want, r.Expected)
	}
}

// enter writes in the registers of the test world.
func enter(t *testing.T, s *Sandbox, do func(store.Tx) error) {
	t.Helper()
	if err := testWorld(s).DB.Do(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func codeOf(t *testing.T, s *Sandbox, code string) (c party.Code) {
	t.Helper()
	w := testWorld(s)
	err := w.DB.Read(t.Context(), func(r store.Reader) (err error) {
		c, _, err = w.Parties.ByCode(r, code)
		return err
	})
	if err != nil || c.ID == 0 {
		t.Fatalf("code %s: %v", code, err)
	}
	return c
}

// represent lets ABC's organisation act for DEF, last day included.
func represent(t *testing.T, s *Sandbox, from, last calendar.Day) int64 {
	t.Helper()
	w := testWorld(s)
	id, err := w.Parties.NewIDs(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	a := party.Representative{ID: id, CodeID: codeOf(t, s, "DEF").ID, Organisation: organisationOf("ABC"), From: from, Last: last}
	enter(t, s, func(tx store.Tx) error { return w.Parties.AddRepresentative(tx, a) })
	return id
}

// TestMandate: a representative files as long as its mandate lasts, and not a
// day longer (R50).
func TestMandate(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	today := calendar.Of(s.Now())
	id := represent(t, s, today.AddDays(-10), today)
	b := batch{code: "DEF", sequence: 1, cases: 2, seed: 5, form: filing.TextForm}
	p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
	if r := p.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != 2 {
		t.Fatalf("on the last day: %+v", r.Receipt)
	}
	b.sequence = 2
	p.mustSend(t, b.asFile(b.file(t))) // and the note will be late
	enter(t, s, func(tx store.Tx) error { return testWorld(s).Parties.EndRepresentative(tx, id, today.AddDays(-1)) })
	p.mustSend(t, b.asNote(b.note(t)))
	refusedTo(t, p, "F271")
	p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
	refusedTo(t, p, "F271")
	if got := standingOf(t, s, "DEF"); got != (standing{Expected: 2, Approved: 1, Waiting: 1, ToReadIn: 1}) {
		t.Errorf("standing %+v", got)
	}
	owner := outsideOf(t, s.Ready(), "DEF")
	owner.mustUpload(t, b.asFile(b.file(t)))
	owner.mustUpload(t, b.asNote(b.note(t)))
	if r := owner.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != 3 {
		t.Errorf("the owner itself: %+v", r.Receipt)
	}
}

// TestPermit: without an open permit nothing is taken, and the number stays.
func TestPermit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		act  func(*permit.Permits, store.Tx, int64, permit.Act) error
		want filing.Code
	}{
		{"revoked", (*permit.Permits).Revoke, "F272"},
		{"suspended", (*permit.Permits).Suspend, "F274"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := opened(t)
			w, p := testWorld(s), outsideOf(t, s.Ready(), "ABC")
			b := batch{code: "ABC", sequence: 1, cases: 2, seed: 5, form: filing.XMLForm}
			p.mustSend(t, b.asFile(b.file(t))) // waits while the permit ends
			decide(t, s, c.act)
			p.mustSend(t, b.asNote(b.note(t)))
			rejectedFor(t, p.oneReceipt(t), c.want)
			p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
			r := p.oneReceipt(t)
			rejectedFor(t, r, c.want)
			if got := standingOf(t, s, "ABC"); r.Expected != 1 || got.Expected != 1 || got.Approved != 0 || got.ToReadIn != 0 {
				t.Errorf("next %d, standing %+v", r.Expected, got)
			}
			if moved, err := w.AdvanceToEvening(t.Context()); err != nil || len(moved.Steps) > 0 {
				t.Errorf("the evening did %+v, %v", moved.Steps, err)
			}
		})
	}
}

// decide takes a decision on the permit of ABC.
func decide(t *testing.T, s *Sandbox, act func(*permit.Permits, store.Tx, int64, permit.Act) error) {
	t.Helper()
	w, code := testWorld(s), codeOf(t, s, "ABC")
	id, err := w.Permits.NewIDs(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var own permit.Permit
	err = w.DB.Read(t.Context(), func(r store.Reader) (err error) {
		own, _, err = w.Permits.Of(r, code.ID, filing.PaymentOrder)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	enter(t, s, func(tx store.Tx) error {
		return act(w.Permits, tx, own.ID, permit.Act{ID: id, Reason: "test", By: "officer", At: s.Now()})
	})
}

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
		{"unknown organisation", func(t *testing.T, ca *CA) Pair { return made(ca.Organisation("5599991048", "Okänd AB", now()))(t) }, ""},
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
		"Swedish": {"är", "inte", "och", "av", "eller", "det", "med", "högst"}, "English": {"is", "not", "and", "of", "or", "the"},
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
