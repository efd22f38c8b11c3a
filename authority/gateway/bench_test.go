package gateway_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/gateway"
	"filtjanst/authority/intake"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/shs"
)

const (
	own      = "2021000001"
	filer    = "5560000167"
	other    = "5560000175"
	node     = "5560000183"
	stranger = "5560000191"

	applications = "11111111-2222-4333-8444-555555555501"
	receipts     = "11111111-2222-4333-8444-555555555503"
	unknown      = "11111111-2222-4333-8444-555555555599"

	productionHost = "filer.example"
	testHost       = "test.filer.example"
	neutralHost    = "node.example"
)

var now = time.Date(2026, 11, 23, 9, 30, 15, 0, time.UTC)

// door takes everything in and remembers it, unless told otherwise.
type door struct {
	mu    sync.Mutex
	took  []taken
	seen  map[string]intake.Answer // by sender/txid
	fails error
	takes time.Duration // how long it thinks
}

type taken struct {
	arrival intake.Arrival
	names   []string
	bodies  []string
}

func (d *door) answered(a intake.Arrival) (intake.Answer, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	answer, again := d.seen[a.Sender+"/"+a.TxID]
	answer.Duplicate = again
	return answer, again
}

func (d *door) Take(ctx context.Context, a intake.Arrival, next func() (intake.Part, error)) (intake.Answer, error) {
	if answer, again := d.answered(a); again {
		return answer, nil
	}
	one := taken{arrival: a}
	for {
		p, err := next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return intake.Answer{}, err
		}
		body, err := io.ReadAll(p.Body)
		if err != nil {
			return intake.Answer{}, err
		}
		one.names, one.bodies = append(one.names, p.Name), append(one.bodies, string(body))
	}
	select {
	case <-ctx.Done():
		return intake.Answer{}, ctx.Err()
	case <-time.After(d.takes):
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fails != nil {
		return intake.Answer{}, d.fails
	}
	d.took = append(d.took, one)
	return intake.Answer{TransactionID: "T-1", Arrived: now, Outcomes: []intake.HalfAnswer{{Transaction: a.Transaction, Outcome: filing.Rejected}}}, nil
}

func (d *door) all() []taken {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.took
}

// bench is a gateway before one or two worlds.
type bench struct {
	*testing.T
	url    string
	worlds []*gateway.World
	doors  []*door
}

func each(t *testing.T, fn func(b *bench)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newBench(t, open)) })
}

// newBench has production, and on SQLite, where each directory is one
// database, production alone.
func newBench(t *testing.T, open func() *store.DB) *bench {
	b := &bench{T: t}
	b.addWorld("production", shs.Production, productionHost, open())
	b.serve(gateway.Patience{})
	return b
}

func (b *bench) serve(p gateway.Patience) {
	handler := gateway.New(gateway.Config{Organisation: own, NodeID: "node", Worlds: b.worlds, Random: rand.Reader, MaxUpload: 1 << 20, Patience: p, Share: 3})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if organisation := r.Header.Get("Organisation"); organisation != "" {
			r = r.WithContext(shs.WithPeer(r.Context(), shs.Peer{Organisation: organisation}))
		}
		handler.ServeHTTP(w, r)
	}))
	b.Cleanup(server.Close)
	b.url = server.URL
}

func (b *bench) addWorld(name string, status shs.Status, host string, db *store.DB) {
	b.Helper()
	blobs, err := blob.OpenDir(b.TempDir())
	b.must(err)
	products, err := gateway.NewProducts(map[filing.Transaction]string{
		filing.BFApplication: applications, filing.BFApplicationReceipt: receipts,
	}, func(tx filing.Transaction) bool { return tx == filing.BFApplication })
	b.must(err)
	d := &door{seen: map[string]intake.Answer{}}
	w := &gateway.World{
		Name: name, Status: status, Hosts: []string{host}, DB: db, Door: d, Box: outbox.New(db, blobs), Parties: party.New(db),
		Products: products, Public: []shs.PublicAgreement{{Principal: own, Product: applications}}, Clock: calendar.NewFixed(now),
	}
	b.must(db.Do(b.Context(), func(tx store.Tx) error {
		day := calendar.Of(now)
		return errors.Join(
			w.Parties.AddOrganisation(tx, party.Organisation{Number: filer, Name: "Ett"}),
			w.Parties.AddOrganisation(tx, party.Organisation{Number: other, Name: "Två"}),
			w.Parties.AddOrganisation(tx, party.Organisation{Number: node, Name: "Nod"}),
			w.Parties.AddCode(tx, party.Code{ID: 1, Code: "ABC", Organisation: filer, Delivery: party.Delivery{Address: filer + ".system", Mode: party.Fetched}}),
			w.Parties.AddRelay(tx, party.Relay{ID: 2, Node: node, Actor: filer, From: day, Last: day}))
	}))
	b.worlds, b.doors = append(b.worlds, w), append(b.doors, d)
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

type request struct {
	organisation, method, host, path string
	body                             io.Reader
	header                           http.Header
}

func (b *bench) send(r request) answer {
	b.Helper()
	q, err := http.NewRequestWithContext(b.Context(), r.method, b.url+r.path, r.body)
	b.must(err)
	q.Host = r.host
	for name, values := range r.header {
		q.Header[name] = values
	}
	q.Header.Set("Organisation", r.organisation)
	response, err := http.DefaultTransport.RoundTrip(q)
	b.must(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	b.must(err)
	return answer{response.StatusCode, response.Header, string(body)}
}

// label is that of a good message from the filer.
func label() *shs.Label {
	return &shs.Label{
		TxID: "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01", CorrID: "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01",
		Transfer: shs.Asynchronous, MessageType: shs.Simple, DocumentType: shs.Simple, Sequence: shs.Event, Status: shs.Production,
		From: &shs.Ref{Value: filer}, To: &shs.Ref{Value: own}, Product: shs.Ref{Value: applications}, Datetime: now,
		Content: shs.Content{ID: "7c3b9e0e-52a5-4b0b-a7a5-9c0f8f1f6c02", Data: []shs.Data{{Type: "ansokan", Filename: "ABC.ANSOKAN"}}},
	}
}

func message(t *testing.T, l *shs.Label, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	payloads := make([]shs.Payload, len(l.Content.Data))
	for i := range payloads {
		payloads[i] = shs.Bytes("text/plain", []byte(content))
	}
	if err := shs.WriteMessage(&out, l, payloads, "=_border"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (b *bench) post(organisation, host string, l *shs.Label) answer {
	b.Helper()
	return b.send(request{organisation: organisation, method: http.MethodPost, host: host, path: gateway.ReceivePath, body: bytes.NewReader(message(b.T, l, "content"))})
}

// put lays a file of the receipt's transaction in the outbox.
func (b *bench) put(w *gateway.World, address, name, content string, change ...func(*outbox.Message)) outbox.Message {
	b.Helper()
	id, err := w.Box.NewIDs(b.Context(), 1)
	b.must(err)
	txID, err := shs.NewID(rand.Reader)
	b.must(err)
	m := outbox.Message{
		ID: id, TxID: txID, CorrID: txID, ContentID: txID, Address: address, Code: "ABC", Transaction: filing.BFApplicationReceipt,
		Sequence: outbox.Reply, Product: receipts, Name: name, DataPartType: "kvittens", From: own, Subject: "Kvittens",
		Body: outbox.Inline([]byte(content)), Created: now.Add(time.Duration(id) * time.Second),
	}
	for _, c := range change {
		c(&m)
	}
	b.must(w.DB.Do(b.Context(), func(tx store.Tx) error { return w.Box.Put(tx, m) }))
	return m
}

func wantStatus(t *testing.T, what string, a answer, status int, code shs.Code) {
	t.Helper()
	if a.status != status || a.header.Get("X-shs-errorcode") != string(code) {
		t.Errorf("%s: got %d %s: %s", what, a.status, a.header.Get("X-shs-errorcode"), strings.TrimSpace(a.body))
	}
}
