package shs

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
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
