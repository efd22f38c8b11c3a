package shs_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"time"

	"filtjanst/shs"
)

// node keeps one message in memory: what is received for it, it delivers.
type node struct {
	label    *shs.Label
	contents []shs.Payload
	acked    bool
}

func (n *node) Receive(_ context.Context, _ shs.Peer, m *shs.Message) (shs.Accepted, error) {
	for {
		part, err := m.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return shs.Accepted{}, err
		}
		content, err := io.ReadAll(part) // a real node streams it to disk
		if err != nil {
			return shs.Accepted{}, err
		}
		n.contents = append(n.contents, shs.Bytes(part.ContentType, content))
	}
	n.label = m.Label
	return shs.Accepted{LocalID: "1", Arrived: time.Date(2025, 11, 3, 7, 15, 2, 0, time.UTC)}, nil
}

func (n *node) List(_ context.Context, _ shs.Peer, _ shs.Address, f shs.Filter) ([]shs.Listed, error) {
	entry := shs.ListedOf(n.label, n.label.Datetime)
	entry.Acknowledged = n.acked
	return f.Apply([]shs.Listed{entry}), nil
}

func (n *node) Open(context.Context, shs.Peer, shs.Address, string) (*shs.Outgoing, error) {
	return &shs.Outgoing{Label: n.label, Payloads: n.contents}, nil
}

func (n *node) Ack(context.Context, shs.Peer, shs.Address, string) error {
	n.acked = true
	return nil
}

// inMemory is a Keeper that prints what it saves.
type inMemory map[string]bool

func (k inMemory) Unacknowledged(context.Context) ([]string, error)  { return nil, nil }
func (k inMemory) Has(_ context.Context, txID string) (bool, error)  { return k[txID], nil }
func (k inMemory) Acknowledged(_ context.Context, txID string) error { return nil }
func (k inMemory) Save(_ context.Context, m *shs.Message) error {
	for {
		part, err := m.Next()
		if err == io.EOF {
			k[m.Label.TxID] = true
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		fmt.Printf("%s from %s: %s\n", part.Filename, m.Label.From.Value, content)
	}
}

// A message is sent to a node and fetched from there. The peer is put into the
// context here; over mutual TLS it comes from the certificate.
func Example() {
	random := rand.NewChaCha8([32]byte{1}) // crypto/rand.Reader in earnest
	n := &node{}
	mux := http.NewServeMux()
	mux.Handle("/shs/rs", &shs.ReceiveHandler{NodeID: "nod-b", Inbox: n})
	mux.Handle("/shs/ds/", &shs.DeliveryHandler{Prefix: "/shs/ds/", Outbox: n, Random: random})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r.WithContext(shs.WithPeer(r.Context(), shs.Peer{Organisation: "5560000167"})))
	}))
	defer server.Close()
	client := &shs.Client{
		HTTP:       shs.NewHTTPClient(nil, time.Minute, time.Minute),
		ReceiveURL: server.URL + "/shs/rs", DeliveryURL: server.URL + "/shs/ds", Random: random,
	}
	label := &shs.Label{
		TxID: "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01", CorrID: "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01", Sequence: shs.Event,
		From: &shs.Ref{Value: "5560000167", Name: "Inkasso Test AB"}, To: &shs.Ref{Value: "2021000001"},
		Product: shs.Ref{Value: "11111111-2222-4333-8444-555555555555"}, Datetime: time.Date(2025, 11, 3, 7, 15, 0, 0, time.UTC),
		Content: shs.Content{ID: "7c3b9e0e-52a5-4b0b-a7a5-9c0f8f1f6c02", Data: []shs.Data{{Type: "ansokan", Filename: "ABC.ANSOKAN"}}},
	}
	delivered, err := client.Send(context.Background(), label, []shs.Payload{shs.Bytes("text/plain", []byte("Hej"))})
	fmt.Println(delivered.TxID, shs.FormatTime(delivered.Arrived), err)
	box, err := shs.ParseAddress("urn:X-shs:2021000001")
	if err != nil {
		fmt.Println(err)
		return
	}
	done, err := client.Collect(context.Background(), box, shs.Filter{}, inMemory{})
	fmt.Println(done.Fetched, done.Acknowledged, err)
	// Output:
	// 0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01 2025-11-03T08:15:02 <nil>
	// ABC.ANSOKAN from 5560000167: Hej
	// 1 1 <nil>
}
