package shs

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func testClient(url string) *Client {
	return &Client{HTTP: NewHTTPClient(nil, 5*time.Second, 5*time.Second), ReceiveURL: url + "/shs/rs", DeliveryURL: url + "/shs/ds/", Random: seeded(9)}
}

func serve(t *testing.T, h http.Handler) *Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return testClient(server.URL)
}

func samplePayload() []Payload { return []Payload{Bytes("text/plain", latin1("Hej världen"))} }

func mustAddress(t *testing.T, s string) Address {
	t.Helper()
	a, err := ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSend(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	var chunked bool
	c := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		chunked = r.ContentLength == -1 && r.Header.Get("Content-Type") == "message/rfc822" && r.ProtoMajor == 1
		as("5560000167", &ReceiveHandler{NodeID: "nod-b", Inbox: box}).ServeHTTP(w, r)
	}))
	want := Delivered{TxID: txA, CorrID: txA, ContentID: content, NodeID: "nod-b", LocalID: "lokal-1", Arrived: sampleTime().Add(2 * time.Second)}
	got, err := c.Send(t.Context(), sampleLabel(), samplePayload())
	if diff := cmp.Diff(want, got); err != nil || diff != "" || !chunked {
		t.Errorf("%v, chunked %v\n%s", err, chunked, diff)
	}
	got, err = c.Send(t.Context(), sampleLabel(), samplePayload())
	want.Duplicate, want.LocalID = true, ""
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if string(box.messages[txA].parts[0]) != string(latin1("Hej världen")) {
		t.Errorf("arrived: %q", box.messages[txA].parts)
	}
}

func TestSendUnderstandsAnswers(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			for i := 0; i < len(headers); i += 2 {
				w.Header()[headers[i]] = []string{headers[i+1]}
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	tests := map[string]struct {
		answer    http.HandlerFunc
		ok, retry bool
	}{
		"202 with id in the body":         {answer(202, txA+"\n"), true, false},
		"200 with id in the header":       {answer(200, "", "X-Shs-Txid", txA), true, false},
		"duplicate of 1970":               {answer(202, txA, "X-shs-duplicatemsg", "yes", "X-shs-arrivaldate", "1970-01-01T00:00:00"), true, false},
		"202 that says nothing":           {answer(202, ""), false, true},
		"another id":                      {answer(202, txB), false, true},
		"a web page":                      {answer(200, "<html>"+txA, "Content-Type", "text/html; charset=utf-8"), false, true},
		"a redirect":                      {answer(302, "", "Location", "/shs/other"), false, false},
		"400 with code":                   {answer(400, "x", "X-shs-errorcode", "IllegalSender"), false, false},
		"400 with MissingDelivery…":       {answer(400, "x", "X-shs-errorcode", "missingdeliveryexecution"), false, true},
		"400 with unknown code":           {answer(400, "x", "X-shs-errorcode", "Nytt"), false, false},
		"500 with code":                   {answer(500, "x", "X-shs-errorcode", "MissingAgreement"), false, false},
		"400 without code":                {answer(400, "x"), false, false},
		"403":                             {answer(403, "x"), false, false},
		"404":                             {answer(404, "x"), false, false},
		"429":                             {answer(429, "x"), false, true},
		"500":                             {answer(500, "x"), false, true},
		"503":                             {answer(503, "x"), false, true},
		"204, as of a synchronous server": {answer(204, ""), false, false},
		"connection broken":               {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := serve(t, test.answer).Send(t.Context(), sampleLabel(), samplePayload())
			if (err == nil) != test.ok || Retryable(err) != test.retry {
				t.Errorf("%+v, %v, retry %v", d, err, Retryable(err))
			}
			if d.Duplicate && !d.Arrived.IsZero() {
				t.Errorf("arrived %v", d.Arrived)
			}
		})
	}
}

func TestSendFaultsOfOurOwnAreNotRepeated(t *testing.T) {
	t.Parallel()
	c := serve(t, as("5560000167", &ReceiveHandler{Inbox: newMemoryBox()}))
	broken := []Payload{{Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("disk")))), nil
	}}}
	_, err := c.Send(t.Context(), sampleLabel(), broken)
	var source *SourceError
	if !errors.As(err, &source) || Retryable(err) {
		t.Errorf("payload: %v", err)
	}
	bad := sampleLabel()
	bad.From = nil
	_, err = c.Send(t.Context(), bad, samplePayload())
	wantCode(t, err, IllegalSender)
	if Retryable(err) {
		t.Error("a bad label is sent again")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = c.Send(ctx, sampleLabel(), samplePayload()); err == nil || Retryable(err) {
		t.Errorf("cancelled: %v", err)
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	if _, err = testClient("http://"+closed.Addr().String()).Send(t.Context(), sampleLabel(), samplePayload()); err == nil || !Retryable(err) {
		t.Errorf("nobody there: %v", err)
	}
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	c = testClient(secure.URL)
	c.HTTP = NewHTTPClient(&tls.Config{MinVersion: tls.VersionTLS12}, time.Second, time.Second)
	if _, err = c.Send(t.Context(), sampleLabel(), samplePayload()); err == nil || Retryable(err) {
		t.Errorf("unknown issuer: %v", err)
	}
	if Retryable(nil) {
		t.Error("success is repeated")
	}
}

func TestAnswerThatDoesNotComeEndsTheWaiting(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	c := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-release
	}))
	t.Cleanup(func() { close(release) })
	c.HTTP = NewHTTPClient(nil, 50*time.Millisecond, 100*time.Millisecond)
	if _, err := c.Send(t.Context(), sampleLabel(), samplePayload()); err == nil || !Retryable(err) {
		t.Errorf("%v", err)
	}
}

// memoryKeeper is a Keeper whose failures are told by tx.id.
type memoryKeeper struct {
	saved   map[string]bool // and whether acknowledged
	failing map[string]bool
}

func (k *memoryKeeper) Unacknowledged(context.Context) ([]string, error) {
	var ids []string
	for id, acknowledged := range k.saved {
		if !acknowledged {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (k *memoryKeeper) Has(_ context.Context, id string) (bool, error) {
	_, ok := k.saved[id]
	return ok, nil
}

func (k *memoryKeeper) Save(_ context.Context, m *Message) error {
	if k.failing[m.Label.TxID] {
		return errors.New("disk full")
	}
	for {
		if _, err := m.Next(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	k.saved[m.Label.TxID] = false
	return nil
}

func (k *memoryKeeper) Acknowledged(_ context.Context, id string) error {
	k.saved[id] = true
	return nil
}

// oldNode behaves as a known node: no more than two messages are listed, a
// fetched one is neither listed nor given again; the first acks go wrong.
type oldNode struct {
	http.Handler
	mu       sync.Mutex
	taken    map[string]bool
	box      *memoryBox
	failAcks int
}

func (n *oldNode) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	id := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	switch {
	case r.Method == http.MethodPost && n.failAcks > 0:
		n.failAcks--
		panic(http.ErrAbortHandler)
	case r.Method == http.MethodGet && n.taken[id]:
		http.Error(w, "Message not found", http.StatusNotFound)
		return
	case r.Method == http.MethodGet && IsUUID(id):
		n.taken[id] = true
	case r.Method == http.MethodGet:
		n.list(w)
		return
	}
	n.Handler.ServeHTTP(w, r)
}

func (n *oldNode) list(w http.ResponseWriter) {
	all, _ := n.box.List(context.Background(), Peer{Organisation: "2021000001"}, Address{Organisation: "2021000001"}, Filter{})
	var listed []Listed
	for _, m := range all {
		if !n.taken[m.TxID] && len(listed) < 2 {
			listed = append(listed, m)
		}
	}
	doc, _ := MarshalList(listed)
	_, _ = w.Write(doc)
}

func TestCollectFromAnOldNode(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	ids := box.put(t, 5)
	node := &oldNode{Handler: as("2021000001", &DeliveryHandler{Prefix: "/shs/ds/", Outbox: box, Random: seeded(1)}), taken: map[string]bool{}, box: box, failAcks: 2}
	c := serve(t, node)
	keeper := &memoryKeeper{saved: map[string]bool{}}
	first, err := c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err == nil || first.Fetched != 5 || first.Acknowledged != 3 {
		t.Errorf("first run: %+v, %v", first, err)
	}
	second, err := c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err != nil || second.Fetched != 0 || second.Acknowledged != 2 {
		t.Errorf("second run: %+v, %v", second, err)
	}
	for _, id := range ids {
		if !keeper.saved[id] || !box.messages[id].listed.Acknowledged {
			t.Errorf("%s was lost", id)
		}
	}
}

func TestCollectIsNotHeldUpByOneMessage(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	ids := box.put(t, 7)
	c := serve(t, as("2021000001", &DeliveryHandler{Prefix: "/shs/ds/", Outbox: box, Random: seeded(1)}))
	keeper := &memoryKeeper{saved: map[string]bool{}, failing: map[string]bool{ids[0]: true, ids[1]: true}}
	done, err := c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err == nil || done.Fetched != 5 || done.Acknowledged != 5 {
		t.Errorf("%+v, %v", done, err)
	}
	keeper.failing = nil
	done, err = c.Collect(t.Context(), mustAddress(t, "2021000001"), Filter{Limit: 2}, keeper)
	if err != nil || done.Fetched != 2 {
		t.Errorf("%+v, %v", done, err)
	}
}

func TestFetchRefuses(t *testing.T) {
	t.Parallel()
	box := mustAddress(t, "2021000001")
	save := (&memoryKeeper{saved: map[string]bool{}}).Save
	tests := map[string]http.HandlerFunc{
		"a web page": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><body>Logga in</body></html>") },
		"another message": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "message/rfc822")
			_, _ = w.Write(sampleMessage())
		},
		"half a message": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "message/rfc822")
			_, _ = w.Write(sampleMessage()[:1000])
		},
		"a server's fault": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "x", 500) },
	}
	for name, h := range tests {
		if err := serve(t, h).Fetch(t.Context(), box, txB, save); err == nil || errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := serve(t, http.NotFoundHandler()).Fetch(t.Context(), box, txB, save); !errors.Is(err, ErrNotFound) {
		t.Errorf("404: %v", err)
	}
	whole := serve(t, tests["another message"])
	lazy := func(context.Context, *Message) error { return nil }
	if err := whole.Fetch(t.Context(), box, txA, lazy); err == nil {
		t.Error("a message that was not read to its end counts as saved")
	}
	if err := whole.Fetch(t.Context(), box, txA, save); err != nil {
		t.Error(err)
	}
}

func TestListFiltersWhatNodesPassOver(t *testing.T) {
	t.Parallel()
	var query string
	c := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query = r.URL.Path + "?" + r.URL.RawQuery
		a, b := ListedOf(sampleLabel(), time.Time{}), ListedOf(sampleLabel(), time.Time{})
		b.TxID, b.Meta = txB, nil
		doc, _ := MarshalList([]Listed{a, b})
		_, _ = w.Write(doc)
	}))
	f := Filter{Status: Test, Unacknowledged: true, Products: []string{product}, Limit: 2, Since: sampleTime(), Meta: []Meta{{"lopnummer", "17"}}}
	list, err := c.List(t.Context(), mustAddress(t, "162021000001.a"), f)
	if err != nil || len(list.Messages) != 1 || list.Messages[0].TxID != txA || !list.Full || list.More {
		t.Errorf("%+v, %v", list, err)
	}
	want := "/shs/ds/urn:X-shs:162021000001.a?filter=noack&maxhits=2&producttype=urn%3AX-shs%3A" + product + "&since=2025-11-03T08%3A15%3A00&status=test"
	if query != want {
		t.Errorf("asked %s", query)
	}
}
