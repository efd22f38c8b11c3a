package shs

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func (b *memoryBox) owner(peer Peer, box Address) error {
	if !peer.Owns(box) {
		return ErrForeignAddress
	}
	return nil
}

func (b *memoryBox) List(_ context.Context, peer Peer, box Address, f Filter) ([]Listed, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []Listed
	for _, s := range b.messages {
		if to, err := s.label.Receiver(); err == nil && to.Equal(box) {
			all = append(all, s.listed)
		}
	}
	return f.Apply(all), b.owner(peer, box)
}

func (b *memoryBox) find(box Address, txID string) (*stored, error) {
	s := b.messages[strings.ToLower(txID)]
	if s == nil {
		return nil, ErrNotFound
	}
	if to, err := s.label.Receiver(); err != nil || !to.Equal(box) {
		return nil, ErrNotFound
	}
	return s, nil
}

func (b *memoryBox) Open(_ context.Context, peer Peer, box Address, txID string) (*Outgoing, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.owner(peer, box); err != nil {
		return nil, err
	}
	s, err := b.find(box, txID)
	if err != nil || s.listed.Acknowledged {
		return nil, ErrNotFound
	}
	out := &Outgoing{Label: s.label, Done: func(err error) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if err == nil {
			b.fetched++
		}
	}}
	for _, p := range s.parts {
		out.Payloads = append(out.Payloads, Bytes("", p))
	}
	return out, nil
}

func (b *memoryBox) Ack(_ context.Context, peer Peer, box Address, txID string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.owner(peer, box); err != nil {
		return err
	}
	s, err := b.find(box, txID)
	if err != nil {
		return err
	}
	s.listed.Acknowledged = true
	return nil
}

// put stores n messages to 2021000001 and gives their tx.ids in order of arrival.
func (b *memoryBox) put(t *testing.T, n int) []string {
	t.Helper()
	var ids []string
	for i := range n {
		l := sampleLabel()
		l.TxID, _ = NewID(seeded(uint64(i + 100)))
		l.Status = Production
		var body bytes.Buffer
		if err := WriteMessage(&body, l, []Payload{Bytes("text/plain", latin1("Hej världen"))}, "x"); err != nil {
			t.Fatal(err)
		}
		if w := post(as("5560000167", &ReceiveHandler{Inbox: b}), body.Bytes()); w.Code != 202 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		ids = append(ids, l.TxID)
	}
	return ids
}

func deliver(organisation string, box Outbox, method, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h := &DeliveryHandler{Prefix: "/shs/ds/", Outbox: box, Random: seeded(1)}
	as(organisation, h).ServeHTTP(w, httptest.NewRequest(method, target, nil))
	return w
}

func TestDeliveryStatusCodes(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	id := box.put(t, 1)[0]
	const own = "/shs/ds/urn:X-shs:2021000001"
	tests := []struct {
		organisation, method, target string
		status                       int
		body                         string
	}{
		{"2021000001", "GET", own, 200, id},
		{"2021000001", "GET", own + "/", 200, id},
		{"2021000001", "GET", "/shs/ds/2021000001", 200, id},
		{"2021000001", "GET", "/shs/ds/urn%3AX-shs%3A2021000001", 200, id},
		{"2021000001", "GET", "/shs/ds/urn:x-shs:162021000001", 200, id},
		{"2021000001", "GET", own + "/urn:X-shs:" + product, 200, id},
		{"2021000001", "GET", own + "/urn%3AX-shs%3A" + product, 200, id},
		{"2021000001", "GET", own + "?status=production&filter=noack", 200, id},
		{"2021000001", "GET", own + "/confirm", 200, "<shs.message-list version=\"1.2\"/>"},
		{"2021000001", "GET", own + "?status=test", 200, "version=\"1.2\"/>"},
		{"2021000001", "GET", own + ".intern", 200, "version=\"1.2\"/>"},
		{"2021000001", "GET", own + "/" + id, 200, "Hej v"},
		{"2021000001", "GET", own + "/" + strings.ToUpper(id), 200, "Hej v"},
		{"2021000001", "GET", own + "/" + txB, 404, ""},
		{"2021000001", "GET", own + ".intern/" + id, 404, ""},
		{"2021000001", "GET", own + "/abc", 400, "product"},
		{"2021000001", "GET", own + "/" + id + "/x", 400, "path"},
		{"2021000001", "GET", own + "?since=x", 400, "since"},
		{"2021000001", "GET", own + "?a=%zz", 400, "query"},
		{"2021000001", "GET", "/shs/ds/", 400, "should be an address"},
		{"2021000001", "GET", "/shs/ds", 400, "should be an address"},
		{"2021000001", "GET", own + "?Status=test&MaxHits=x", 400, "maxhits"},
		{"2021000001", "GET", "/shs/ds/urn:X-shs:", 400, "organisation number"},
		{"5560000167", "GET", own, 403, "Adressen tillhör inte"},
		{"5560000167", "GET", own + "/" + id, 403, ""},
		{"5560000167", "POST", own + "/" + id + "?action=ack", 403, ""},
		{"", "GET", own, 403, ""},
		{"2021000001", "PUT", own, 405, "Använd GET eller POST"},
		{"2021000001", "GET", own + "/" + id + "?action=ack", 400, "inget har kvitterats"},
		{"2021000001", "POST", own + "/" + id, 400, "action=ack"},
		{"2021000001", "POST", own + "?action=ack", 400, "action=ack"},
		{"2021000001", "POST", own + "/" + txB + "?action=ack", 404, ""},
		{"2021000001", "POST", own + "/" + id + "?Action=ACK", 200, "OK"},
		{"2021000001", "POST", own + "/" + id + "?action=ack", 200, "OK"},
		{"2021000001", "GET", own + "?filter=noack", 200, "version=\"1.2\"/>"},
		{"2021000001", "GET", own, 200, id},
	}
	for _, test := range tests { // in this order
		w := deliver(test.organisation, box, test.method, test.target)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.body) {
			t.Errorf("%s %s as %q: %d %s", test.method, test.target, test.organisation, w.Code, w.Body)
		}
	}
	if box.fetched != 2 {
		t.Errorf("%d fetches were told", box.fetched)
	}
}

func TestListIsNotCutWithoutASign(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	ids := box.put(t, 5)
	var got []string
	query := "?maxhits=2"
	for range 10 {
		w := deliver("2021000001", box, "GET", "/shs/ds/2021000001"+query)
		page, _, err := ReadList(w.Body)
		wantCode(t, err, "")
		got = append(got, txIDs(page)...)
		if len(w.Header()["X-shs-more"]) == 0 {
			break
		}
		query = "?maxhits=2&after=" + page[len(page)-1].TxID
	}
	if diff := cmp.Diff(ids, got); diff != "" {
		t.Error(diff)
	}
}

type outboxStub struct {
	Outbox
	out *Outgoing
	err error
}

func (o outboxStub) Open(context.Context, Peer, Address, string) (*Outgoing, error) {
	return o.out, o.err
}

// A delivery that breaks off must not look whole: nothing but an error, or a
// connection cut in the middle.
func TestDeliveryThatFailsDoesNotLookWhole(t *testing.T) {
	t.Parallel()
	const target = "/shs/ds/2021000001/" + txA
	var told error
	long := sampleLabel()
	long.Subject = strings.Repeat("x", 5000)
	stub := outboxStub{out: &Outgoing{Label: long, Payloads: []Payload{Bytes("", nil)}, Done: func(err error) { told = err }}}
	if w := deliver("2021000001", stub, "GET", target); w.Code != 500 || told == nil {
		t.Errorf("%d, told %v", w.Code, told)
	}
	if w := deliver("2021000001", outboxStub{err: errors.New("disk")}, "GET", target); w.Code != 500 || strings.Contains(w.Body.String(), "disk") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("disk")))
	stub.out = &Outgoing{Label: sampleLabel(), Payloads: []Payload{{Open: func() (io.ReadCloser, error) { return io.NopCloser(broken), nil }}}}
	server := httptest.NewServer(as("2021000001", &DeliveryHandler{Prefix: "/shs/ds/", Outbox: stub, Random: seeded(1)}))
	defer server.Close()
	response, err := http.Get(server.URL + target)
	if err == nil {
		defer response.Body.Close()
		_, err = io.ReadAll(response.Body)
	}
	if err == nil {
		t.Error("half a message came without error")
	}
}
