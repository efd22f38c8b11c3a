package shs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
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

// memoryBox is an Inbox and Outbox in memory.
type memoryBox struct {
	mu       sync.Mutex
	now      time.Time
	peers    map[string]bool
	messages map[string]*stored
	fetched  int
	refuse   error
}

type stored struct {
	label   *Label
	parts   [][]byte
	listed  Listed
	arrived time.Time
	admin   *Management
}

func newMemoryBox() *memoryBox {
	return &memoryBox{now: sampleTime().Add(2 * time.Second), peers: map[string]bool{"5560000167": true, "2021000001": true}, messages: map[string]*stored{}}
}

func (b *memoryBox) Receive(_ context.Context, peer Peer, m *Message) (Accepted, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.peers[peer.Organisation] {
		return Accepted{}, ErrUnknownPeer
	}
	if b.refuse != nil {
		return Accepted{}, b.refuse
	}
	from, err := m.Label.Sender()
	if err != nil || !peer.Owns(from) {
		return Accepted{}, &Error{Code: IllegalSender, Text: "from is not the organisation of the certificate"}
	}
	if old := b.messages[m.Label.TxID]; old != nil {
		return Accepted{Arrived: old.arrived, Duplicate: true, LocalID: "must not be told"}, nil
	}
	s := &stored{label: m.Label, arrived: b.now, admin: m.Management, listed: ListedOf(m.Label, b.now)}
	for {
		p, err := m.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Accepted{}, err
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return Accepted{}, err
		}
		s.parts = append(s.parts, content)
	}
	b.messages[m.Label.TxID] = s
	b.now = b.now.Add(time.Second)
	return Accepted{LocalID: fmt.Sprint("lokal-", len(b.messages)), Arrived: s.arrived}, nil
}

func (b *memoryBox) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.messages)
}

// as serves h to a peer of the organisation, as a proxy would name it.
func as(organisation string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(WithPeer(r.Context(), Peer{Organisation: organisation})))
	})
}

func post(h http.Handler, body []byte) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/shs/rs", bytes.NewReader(body))
	r.Header.Set("Content-Type", "message/rfc822")
	h.ServeHTTP(w, r)
	return w
}

func TestReceiveAnswersAsTheProtocolSays(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	h := as("5560000167", &ReceiveHandler{NodeID: "nod-b", Inbox: box})
	first := post(h, sampleMessage())
	want := http.Header{
		"X-shs-txid": {txA}, "X-shs-corrid": {txA}, "X-shs-contentid": {content}, "X-shs-nodeid": {"nod-b"},
		"X-shs-localid": {"lokal-1"}, "X-shs-arrivaldate": {"2025-11-03T08:15:02"}, "X-shs-duplicatemsg": {"no"}, "Content-Type": {"text/plain"},
	}
	if diff := cmp.Diff(want, first.Header()); diff != "" || first.Code != 202 || first.Body.String() != txA {
		t.Errorf("%d %q\n%s", first.Code, first.Body, diff)
	}
	second := post(h, sampleMessage())
	want["X-shs-duplicatemsg"] = []string{"yes"}
	delete(want, "X-shs-localid")
	if diff := cmp.Diff(want, second.Header()); diff != "" || second.Code != 202 || second.Body.String() != txA || box.count() != 1 {
		t.Errorf("duplicate: %d %q, %d stored\n%s", second.Code, second.Body, box.count(), diff)
	}
}

func TestReceiveRefuses(t *testing.T) {
	t.Parallel()
	change := func(old, new string) []byte {
		return bytes.Replace(sampleMessage(), []byte(old), []byte(new), 1)
	}
	tests := map[string]struct {
		organisation string
		body         []byte
		refuse       error
		status       int
		code         string
	}{
		"a wrong product":            {"5560000167", change(product, "abc"), nil, 400, "IllegalProductType"},
		"another sender":             {"2021000001", sampleMessage(), nil, 400, "IllegalSender"},
		"an unknown organisation":    {"5590000009", sampleMessage(), nil, 403, "IllegalSender"},
		"no organisation":            {"", sampleMessage(), nil, 403, "IllegalSender"},
		"a synchronous message":      {"5560000167", change("asynch", "synch"), nil, 400, "IllegalMessageStructure"},
		"a cut message":              {"5560000167", sampleMessage()[:1200], nil, 400, "IllegalMessageStructure"},
		"a fault of the store":       {"5560000167", sampleMessage(), errors.New("disk full of secrets"), 500, ""},
		"a code from the inbox":      {"5560000167", sampleMessage(), fmt.Errorf("x: %w", fault(UnknownReceiver, "nobody")), 400, "UnknownReceiver"},
		"adm without a management":   {"5560000167", bytes.Replace(change(`"event"`, `"adm"`), []byte(product), []byte("error"), 1), nil, 400, "IllegalDatapartContent"},
		"an empty body":              {"5560000167", nil, nil, 400, "IllegalMessageStructure"},
		"an error without a wording": {"5560000167", sampleMessage(), &Error{Code: UnknownProductType}, 400, "UnknownProductType"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := newMemoryBox()
			box.refuse = test.refuse
			w := post(as(test.organisation, &ReceiveHandler{Inbox: box}), test.body)
			if got := strings.Join(w.Header()["X-shs-errorcode"], ","); w.Code != test.status || got != test.code || box.count() != 0 {
				t.Errorf("%d %q, %d stored: %s", w.Code, got, box.count(), w.Body)
			}
			if len(w.Body.String()) < 5 || strings.Contains(w.Body.String(), "secrets") {
				t.Errorf("told: %q", w.Body)
			}
		})
	}
}

func TestReceiveTakesPostOnly(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodHead, http.MethodDelete} {
		w := httptest.NewRecorder()
		(&ReceiveHandler{Inbox: newMemoryBox()}).ServeHTTP(w, httptest.NewRequest(method, "/shs/rs", nil))
		if w.Code != 405 || w.Header().Get("Allow") != "POST" || w.Body.String() != "Använd POST. / Use POST\n" {
			t.Errorf("%s: %d %s", method, w.Code, w.Body)
		}
	}
}

func TestReceiveTakesNothingCompressed(t *testing.T) {
	t.Parallel()
	for coding, status := range map[string]int{"gzip": 415, "identity": 202, "": 202} {
		box, w := newMemoryBox(), httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/shs/rs", bytes.NewReader(sampleMessage()))
		r.Header.Set("Content-Encoding", coding)
		as("5560000167", &ReceiveHandler{Inbox: box}).ServeHTTP(w, r)
		if w.Code != status || (box.count() == 0) != (status == 415) {
			t.Errorf("%q: %d %s", coding, w.Code, w.Body)
		}
	}
}

// What breaks off while the sender still listens is answered as such, and not as
// a fault of ours.
func TestReceiveTellsWhatBrokeOff(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	broken := io.MultiReader(bytes.NewReader(sampleMessage()[:700]), iotest.ErrReader(errors.New("invalid byte in chunk length")))
	as("5560000167", &ReceiveHandler{Inbox: newMemoryBox()}).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/shs/rs", broken))
	if w.Code != http.StatusRequestTimeout || !strings.Contains(w.Body.String(), "Överföringen bröts") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestReceiveWithoutVerifiedCertificateIsForbidden(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	if w := post(&ReceiveHandler{Inbox: box}, sampleMessage()); w.Code != 403 || box.count() != 0 {
		t.Errorf("%d", w.Code)
	}
}

func TestReceiveHandsOverManagement(t *testing.T) {
	t.Parallel()
	l := sampleLabel()
	l.From, l.To = l.To, l.From
	label, payload, _ := l.Fail(txB, sampleTime(), Failure{Code: MissingAgreement, Info: "Inget avtal"})
	var b bytes.Buffer
	if err := WriteMessage(&b, label, []Payload{payload}, "x"); err != nil {
		t.Fatal(err)
	}
	box := newMemoryBox()
	if w := post(as("5560000167", &ReceiveHandler{Inbox: box}), b.Bytes()); w.Code != 202 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	got := box.messages[txB]
	if got.admin == nil || got.admin.Failure.Code != MissingAgreement || got.admin.CorrID != txA || len(got.parts) != 1 {
		t.Errorf("%+v", got)
	}
}

// An inbox that does not read to the end cannot make the handler say "accepted".
func TestReceiveNeedsTheWholeMessage(t *testing.T) {
	t.Parallel()
	lazy := inboxFunc(func(_ context.Context, _ Peer, m *Message) (Accepted, error) {
		_, err := m.Next()
		return Accepted{LocalID: "1"}, err
	})
	if w := post(as("5560000167", &ReceiveHandler{Inbox: lazy}), sampleMessage()); w.Code != 500 {
		t.Errorf("%d", w.Code)
	}
}

type inboxFunc func(context.Context, Peer, *Message) (Accepted, error)

func (f inboxFunc) Receive(ctx context.Context, p Peer, m *Message) (Accepted, error) {
	return f(ctx, p, m)
}

// A connection that is cut during the upload leaves nothing behind, whether or
// not the closing boundary had come.
func TestReceiveKeepsNothingOfACutUpload(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	done := make(chan struct{}, 3)
	var alarms bytes.Buffer // nobody is woken for it
	logger := slog.New(slog.NewTextHandler(&alarms, &slog.HandlerOptions{Level: slog.LevelError}))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { done <- struct{}{} }()
		as("5560000167", &ReceiveHandler{Inbox: box, Logger: logger}).ServeHTTP(w, r)
	}))
	defer server.Close()
	message := sampleMessage()
	for _, cut := range []int{200, len(message) - 30, len(message)} {
		c, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "POST /shs/rs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", cut, message[:cut])
		c.Close() // before the last chunk
		<-done
	}
	if box.count() != 0 {
		t.Errorf("%d messages were stored", box.count())
	}
	if alarms.Len() > 0 {
		t.Errorf("alarms: %s", alarms.String())
	}
}

func TestReceiveOfEqualMessagesAtOnce(t *testing.T) {
	t.Parallel()
	box := newMemoryBox()
	h := as("5560000167", &ReceiveHandler{Inbox: box})
	var wait sync.WaitGroup
	answers := make(chan string, 8)
	for range cap(answers) {
		wait.Go(func() { answers <- post(h, sampleMessage()).Header()["X-shs-duplicatemsg"][0] })
	}
	wait.Wait()
	close(answers)
	count := map[string]int{}
	for a := range answers {
		count[a]++
	}
	if count["no"] != 1 || count["yes"] != 7 {
		t.Errorf("%v", count)
	}
}

// A peer that writes its whole message before it reads meets the answer, also
// where that was settled by the label.
func TestAnswerComesAfterTheWholeUpload(t *testing.T) {
	t.Parallel()
	l := sampleLabel()
	var message bytes.Buffer
	if err := WriteMessage(&message, l, []Payload{Bytes("", make([]byte, 16<<20))}, "x"); err != nil {
		t.Fatal(err)
	}
	box := newMemoryBox()
	box.messages[txA] = &stored{label: l, arrived: box.now}
	for organisation, want := range map[string]string{"5560000167": "HTTP/1.1 202", "5590000009": "HTTP/1.1 403"} {
		server := httptest.NewServer(as(organisation, &ReceiveHandler{Inbox: box}))
		c, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(c, "POST /shs/rs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n", message.Len())
		if _, err := c.Write(message.Bytes()); err != nil {
			t.Errorf("%s: the upload was broken off: %v", organisation, err)
		}
		answer, err := io.ReadAll(c)
		if err != nil || !strings.HasPrefix(string(answer), want) {
			t.Errorf("%s: %q, %v", organisation, answer, err)
		}
		c.Close()
		server.Close()
	}
}
