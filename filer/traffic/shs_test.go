package traffic

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/shs"
)

// counting is a node that fails so many times before it takes a message.
type counting struct {
	failures int32
	status   int
	calls    atomic.Int32
	ids      chan string
}

func (c *counting) Receive(_ context.Context, _ shs.Peer, m *shs.Message) (shs.Accepted, error) {
	for {
		if _, err := m.Next(); err != nil {
			break
		}
	}
	c.ids <- m.Label.TxID
	if c.calls.Add(1) <= c.failures {
		if c.status == http.StatusBadRequest {
			return shs.Accepted{}, &shs.Error{Code: "MissingAgreement"}
		}
		return shs.Accepted{}, errors.New("out of order")
	}
	return shs.Accepted{LocalID: "L1", Arrived: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}, nil
}

func way(t *testing.T, inbox shs.Inbox) *SHS {
	t.Helper()
	handler := &shs.ReceiveHandler{NodeID: "n", Inbox: inbox}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(shs.WithPeer(r.Context(), shs.Peer{Organisation: "5599991014"})))
	}))
	t.Cleanup(server.Close)
	from, err := shs.ParseAddress("5599991014")
	if err != nil {
		t.Fatal(err)
	}
	to, err := shs.ParseAddress("2021000001")
	if err != nil {
		t.Fatal(err)
	}
	return &SHS{
		Client: &shs.Client{HTTP: server.Client(), ReceiveURL: server.URL, DeliveryURL: server.URL, Random: strings.NewReader(strings.Repeat("0123456789", 1000))},
		From:   from, To: to, Status: shs.Test, Products: map[filing.Transaction]string{filing.BFApplication: product},
		Now: time.Now, Attempts: 3, Pause: time.Millisecond,
	}
}

const txID = "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01"

func TestSendingIsRepeatedUnderTheSameID(t *testing.T) {
	t.Parallel()
	node := &counting{failures: 2, ids: make(chan string, 10)}
	p := parcel(t, "ABC.ANSOKAN", "content")
	p.TxID = txID
	sent, err := way(t, node).Send(t.Context(), p)
	if err != nil || sent.TransactionID != "L1" {
		t.Fatalf("%+v, %v", sent, err)
	}
	close(node.ids)
	n := 0
	for id := range node.ids {
		n++
		if id != txID {
			t.Errorf("sent as %s", id)
		}
	}
	if n != 3 {
		t.Errorf("sent %d times", n)
	}
}

func TestSendingGivesUpUnclear(t *testing.T) {
	t.Parallel()
	node := &counting{failures: 100, ids: make(chan string, 10)}
	p := parcel(t, "ABC.ANSOKAN", "content")
	p.TxID = txID
	if _, err := way(t, node).Send(t.Context(), p); !errors.Is(err, ErrUnclear) || node.calls.Load() != 3 {
		t.Errorf("%v after %d calls", err, node.calls.Load())
	}
}

func TestRefusalIsNotRepeated(t *testing.T) {
	t.Parallel()
	node := &counting{failures: 100, status: http.StatusBadRequest, ids: make(chan string, 10)}
	p := parcel(t, "ABC.ANSOKAN", "content")
	p.TxID = txID
	_, err := way(t, node).Send(t.Context(), p)
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "MissingAgreement") || node.calls.Load() != 1 {
		t.Errorf("%v after %d calls", err, node.calls.Load())
	}
}

func TestProductMustBeKnown(t *testing.T) {
	t.Parallel()
	p := parcel(t, "A", "content")
	p.Transaction = "ve.application"
	if _, err := way(t, &counting{}).Send(t.Context(), p); err == nil || !strings.Contains(err.Error(), "[products]") {
		t.Errorf("got %v", err)
	}
}
