package authority_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/party"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/shs"
)

// Who has no certificate of an accepted authority is not let in at all; who
// has one and is unknown gets 403.
func TestWhoIsLetIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	pool := x509.NewCertPool()
	pool.AddCert(h.issuer.cert)
	stranger := newIssuer(t)
	pair := stranger.leaf(t.TempDir(), "x", organisation(filer))
	foreign, err := tls.LoadX509KeyPair(pair.Certificate, pair.Key)
	must(t, err)
	for name, certificates := range map[string][]tls.Certificate{"none": nil, "foreign": {foreign}} {
		c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: certificates}}}
		if response, err := c.Get(h.url("127.0.0.1", filing.BFApplicationReceipt, "?getfilenames=true")); err == nil {
			response.Body.Close()
			t.Errorf("%s: %s", name, response.Status)
		}
	}
	if status, _ := h.do(h.client("5560000191"), http.MethodGet, h.url("127.0.0.1", filing.BFApplicationReceipt, "?getfilenames=true"), nil); status != http.StatusForbidden {
		t.Errorf("an unknown organisation got %d", status)
	}
}

func TestOperations(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.names(h.client(filer), filing.BFApplicationReceipt)
	for path, want := range map[string]string{
		"/healthz": "ok", "/readyz": "ready",
		"/metrics": `filtjanst_requests_total{method="GET",service="e-transport",status="200"} 1`,
	} {
		h.tells(path, want)
	}
	must(t, h.World(authority.Test).DB.Close())
	if status, text := h.do(http.DefaultClient, http.MethodGet, h.Addresses().Operations+"/readyz", nil); status != http.StatusServiceUnavailable || !strings.Contains(text, "world test") {
		t.Errorf("with a closed database: %d %s", status, text)
	}
}

// A database that can be read and takes no writes, as on a full disk, makes the
// authority unready, on either kind of clock.
func TestUnreadyWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"held", "machine"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, func(c *authority.Config) { c.Worlds.Production.Clock, c.Worlds.Test.Clock = kind, kind })
			for _, when := range []string{"INSERT", "UPDATE"} {
				must(t, h.World(authority.Production).DB.Do(t.Context(), func(tx store.Tx) error {
					_, err := tx.Exec(`CREATE TRIGGER full_` + when + ` BEFORE ` + when + ` ON store_proof BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
					return err
				}))
			}
			status, text := h.do(http.DefaultClient, http.MethodGet, h.Addresses().Operations+"/readyz", nil)
			if status != http.StatusServiceUnavailable || !strings.Contains(text, "world production") || !strings.Contains(text, "disk full") ||
				strings.Contains(text, "world test") {
				t.Errorf("%d %s", status, text)
			}
		})
	}
}

// So does a directory that takes no bytes.
func TestUnreadyWhereNoBytesCanBeKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	must(t, os.RemoveAll(filepath.Join(h.dir, authority.Test, "bytes")))
	status, text := h.do(http.DefaultClient, http.MethodGet, h.Addresses().Operations+"/readyz", nil)
	if status != http.StatusServiceUnavailable || !strings.Contains(text, "world test: blob") || strings.Contains(text, "world production") {
		t.Errorf("%d %s", status, text)
	}
}

// Who asks often whether the authority is ready costs it few commits.
func TestReadinessIsCheap(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	proofs := func() (n int64) {
		must(t, h.World(authority.Test).DB.Read(t.Context(), func(r store.Reader) error {
			return r.QueryRow(`SELECT COALESCE(MAX(number), 0) FROM store_proof`).Scan(&n)
		}))
		return n
	}
	begun := time.Now()
	for range 20 {
		h.tells("/readyz", "ready")
	}
	if n, most := proofs(), 1+int64(time.Since(begun)/(3*time.Second)); n < 1 || n > most {
		t.Errorf("%d commits prove it, want 1 to %d", n, most)
	}
}

// tells waits until the operations listener answers with the text: a request is
// counted a moment after it is answered.
func (h *house) tells(path, want string) {
	h.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		status, text := h.do(http.DefaultClient, http.MethodGet, h.Addresses().Operations+path, nil)
		if status == http.StatusOK && strings.Contains(text, want) {
			return
		}
		if time.Now().After(deadline) {
			h.Fatalf("%s: %d %s", path, status, text)
		}
	}
}

// A held clock stands where it was left, and files wait across a restart.
func TestRestart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.client(filer)
	file, note := application(t, 1, 1)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), file)
	control := authority.Control{Data: h.dir}
	_, err := control.Advance(t.Context(), time.Hour)
	must(t, err)
	must(t, h.stop())
	if _, err := control.Clock(t.Context()); !errors.Is(err, authority.ErrNotRunning) {
		t.Errorf("stopped, it answers %v", err)
	}
	h.start()
	clocks, err := control.Clock(t.Context())
	must(t, err)
	if len(clocks) != 2 || !clocks[0].Now.Equal(filingtest.Today.At(13, 0)) || !clocks[0].Held || !clocks[0].NextEvening.Equal(filingtest.Today.At(19, 0)) {
		t.Errorf("the clocks are %+v", clocks)
	}
	if status, text := h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplicationNote, ""), note); status != http.StatusOK || !strings.Contains(text, ">approved<") {
		t.Errorf("the note after the restart: %d %s", status, text)
	}
}

// On its way the clock stops where a half has waited too long, so that the
// receipt bears that time.
func TestAdvanceStopsAtDueTimes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file, _ := application(t, 1, 1)
	h.do(h.client(filer), http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), file)
	moved, err := authority.Control{Data: h.dir}.Advance(t.Context(), 48*time.Hour)
	must(t, err)
	steps := moved[0].Steps
	if len(steps) != 1 || steps[0].Expired != 1 || !steps[0].At.Equal(filingtest.Today.At(12, 0).Add(24*time.Hour)) {
		t.Errorf("the steps are %+v", steps)
	}
	receipt, err := filing.ReadReceipt(strings.NewReader(h.fetchOnly(h.client(filer), filing.BFApplicationReceipt)), filing.Own(), filing.BFApplicationReceipt)
	must(t, err)
	if receipt.Outcome != filing.Rejected {
		t.Errorf("the receipt says %s", receipt.Outcome)
	}
	if _, err := (authority.Control{Data: h.dir}).Advance(t.Context(), -time.Hour); err == nil {
		t.Error("the clock was moved back")
	}
}

func TestMachineClockIsNotMoved(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *authority.Config) {
		c.Worlds.Production.Clock, c.Worlds.Test.Clock = "machine", "machine"
	})
	_, err := authority.Control{Data: h.dir}.Evening(t.Context())
	if err == nil || !strings.Contains(err.Error(), authority.ErrMachineClock.Error()) {
		t.Errorf("got %v", err)
	}
}

// A data directory whose name is too long for a socket has it elsewhere.
func TestControlFromAFarDirectory(t *testing.T) {
	t.Parallel()
	far := filepath.Join(t.TempDir(), strings.Repeat("d", 120))
	must(t, os.Mkdir(far, 0o700))
	h := newHouse(t, func(c *authority.Config) { c.Data = far })
	if _, err := (authority.Control{Data: far}).Status(t.Context()); err != nil {
		t.Error(err)
	}
	must(t, h.stop())
	if _, err := (authority.Control{Data: far}).Status(t.Context()); !errors.Is(err, authority.ErrNotRunning) {
		t.Errorf("stopped, it answers %v", err)
	}
}

// An upload under way when the authority is told to stop is taken to its end.
func TestStopLetsTransfersEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *authority.Config) { c.Gateway.Shutdown = authority.Duration(20 * time.Second) })
	file, _ := application(t, 1, 50)
	r, w := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), r)
	must(t, err)
	// The first byte goes when the body is asked for, and so the transfer has begun.
	request.Header.Set("Expect", "100-continue")
	client := h.client(filer)
	client.Transport.(*http.Transport).ExpectContinueTimeout = time.Minute
	ended := make(chan string, 1)
	go func() {
		response, err := client.Do(request)
		if err != nil {
			ended <- err.Error()
			return
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		ended <- string(text)
	}()
	_, err = w.Write(file[:len(file)/2])
	must(t, err)
	stopped := make(chan error, 1)
	go func() { stopped <- h.stop() }()
	time.Sleep(200 * time.Millisecond)
	if _, err = w.Write(file[len(file)/2:]); err != nil {
		t.Errorf("the other half was not taken: %v", err)
	}
	w.Close()
	if text := <-ended; !strings.Contains(text, ">waiting<") {
		t.Errorf("the upload ended with %q", text)
	}
	must(t, <-stopped)
}

// keeper keeps fetched messages by file name.
type keeper struct {
	mu    sync.Mutex
	files map[string]string
}

func (k *keeper) Receive(_ context.Context, _ shs.Peer, m *shs.Message) (shs.Accepted, error) {
	for {
		p, err := m.Next()
		if err == io.EOF {
			return shs.Accepted{Arrived: time.Now()}, nil
		}
		if err != nil {
			return shs.Accepted{}, err
		}
		body, err := io.ReadAll(p)
		if err != nil {
			return shs.Accepted{}, err
		}
		k.mu.Lock()
		k.files[p.Data.Type] = string(body)
		k.mu.Unlock()
	}
}

// confirmation looks for a confirmation among what came.
func (k *keeper) confirmation() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, text := range k.files {
		if _, err := filing.Read(strings.NewReader(text), filing.Own(), filing.BFConfirmation, func(*filing.ConfirmedCase) error { return nil }); err == nil {
			return true
		}
	}
	return false
}

func submission() *shs.Label {
	id, _ := shs.NewID(rand.Reader)
	return &shs.Label{
		TxID: id, CorrID: id, Transfer: shs.Asynchronous, MessageType: shs.Simple, DocumentType: shs.Simple, Sequence: shs.Event,
		Status: shs.Test, From: &shs.Ref{Value: filer}, To: &shs.Ref{Value: own}, Product: shs.Ref{Value: products()[filing.BFApplication]},
		Datetime: time.Now(), Content: shs.Content{ID: id, Data: []shs.Data{{Type: "ansokan"}, {Type: "missiv"}}},
	}
}

// Over SHS, in the test world: one message with both halves, its repeat, and
// what waits after; production sees nothing (R25).
func TestSHSInTheTestWorld(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	base := strings.Replace(h.Addresses().Gateway, "127.0.0.1", "localhost", 1)
	client := shs.Client{HTTP: h.client(filer), ReceiveURL: base + "/shs/rs", DeliveryURL: base + "/shs/ds", Random: rand.Reader}
	file, note := application(t, 1, 2)
	payloads := []shs.Payload{shs.Bytes("text/plain", file), shs.Bytes("text/plain", note)}
	l := submission()
	first, err := client.Send(t.Context(), l, payloads)
	must(t, err)
	again, err := client.Send(t.Context(), l, payloads)
	must(t, err)
	if first.Duplicate || !again.Duplicate || !again.Arrived.Equal(first.Arrived) {
		t.Errorf("answered %+v, then %+v", first, again)
	}
	box, err := shs.ParseAddress(filer)
	must(t, err)
	list, err := client.List(t.Context(), box, shs.Filter{Status: shs.Test, Unacknowledged: true})
	must(t, err)
	var seen []string
	for _, m := range list.Messages {
		seen = append(seen, m.Product)
		must(t, client.Ack(t.Context(), box, m.TxID))
	}
	if len(seen) != 2 {
		t.Errorf("confirm and receipt should wait, there are %v", seen)
	}
	if names := h.names(h.client(filer), filing.BFApplicationReceipt); len(names) != 0 {
		t.Errorf("production has %v", names)
	}
}

// What is pushed reaches the filer's receive service.
func TestPush(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	kept := &keeper{files: map[string]string{}}
	peer := httptest.NewUnstartedServer(&shs.ReceiveHandler{NodeID: "filer", Inbox: kept})
	pair := h.issuer.leaf(t.TempDir(), "peer", server("peer"))
	cert, err := tls.LoadX509KeyPair(pair.Certificate, pair.Key)
	must(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(h.issuer.cert)
	peer.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert}
	peer.StartTLS()
	t.Cleanup(peer.Close)
	w := h.World(authority.Production)
	must(t, w.DB.Do(t.Context(), func(tx store.Tx) error {
		c, _, err := w.Parties.ByCode(tx, "ABC")
		if err != nil {
			return err
		}
		c.Delivery = party.Delivery{Address: filer, Mode: party.Pushed, URL: peer.URL}
		return w.Parties.UpdateCode(tx, c)
	}))
	c := h.client(filer)
	file, note := application(t, 1, 1)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), file)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplicationNote, ""), note)
	_, err = authority.Control{Data: h.dir}.Evening(t.Context())
	must(t, err)
	for deadline := time.Now().Add(15 * time.Second); !kept.confirmation(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no confirmation was pushed")
		}
	}
}

// Two replicas over one database: a file comes once, whoever takes it, and is
// read in once.
func TestReplicas(t *testing.T) {
	t.Parallel()
	dsn := storetest.Postgres(t).DSN
	one := newHouse(t, func(c *authority.Config) {
		c.Worlds.Production.Database = authority.DatabaseConfig{Engine: "postgres", DSN: dsn, Connections: 8}
	})
	config, _, dir := newConfig(t)
	config.Worlds.Production.Database = one.config.Worlds.Production.Database
	config.Gateway.Certificates, config.Gateway.Authorities = one.config.Gateway.Certificates, one.config.Gateway.Authorities
	must(t, authority.Migrate(t.Context(), config))
	two := &house{T: t, issuer: one.issuer, config: config, dir: dir}
	two.start()
	two.enter(two.World(authority.Test))
	file, note := application(t, 1, 5)
	client := one.client(filer)
	outcomes := make(chan string, 8)
	var wait sync.WaitGroup
	for i := range 8 {
		h := []*house{one, two}[i%2]
		wait.Go(func() {
			_, first := h.do(client, http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), file)
			_, second := h.do(client, http.MethodPost, h.url("127.0.0.1", filing.BFApplicationNote, ""), note)
			outcomes <- first + second
		})
	}
	wait.Wait()
	close(outcomes)
	for text := range outcomes {
		if strings.Contains(text, "rejected") || strings.Contains(text, "nternal") {
			t.Errorf("answered %s", text)
		}
	}
	one.fetchOnly(client, filing.BFApplicationReceipt)
	for _, h := range []*house{one, two} {
		wait.Go(func() { _, _ = h.World(authority.Production).AdvanceToEvening(t.Context()) })
	}
	wait.Wait()
	confirmation, err := filing.Read(strings.NewReader(two.fetchOnly(client, filing.BFConfirmation)), filing.Own(), filing.BFConfirmation, func(*filing.ConfirmedCase) error { return nil })
	must(t, err)
	if confirmation.Documents != 5 {
		t.Errorf("confirmed are %d cases", confirmation.Documents)
	}
}
