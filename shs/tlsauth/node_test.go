package tlsauth

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"log"
	"math/rand/v2"
	"net/http/httptest"
	"testing"
	"time"

	"filtjanst/shs"
)

// collected is an Inbox that remembers the sender's organisation by tx.id.
type collected map[string]string

func (c collected) Receive(_ context.Context, peer shs.Peer, m *shs.Message) (shs.Accepted, error) {
	from, err := m.Label.Sender()
	if err != nil {
		return shs.Accepted{}, err
	}
	if !peer.Owns(from) {
		return shs.Accepted{}, &shs.Error{Code: shs.IllegalSender, Text: "the certificate is another organisation's"}
	}
	for err == nil {
		_, err = m.Next()
	}
	if err != io.EOF {
		return shs.Accepted{}, err
	}
	c[m.Label.TxID] = peer.Organisation
	return shs.Accepted{LocalID: "1", Arrived: time.Now()}, nil
}

// startNode runs a receive service behind the configuration of a Server.
func startNode(t *testing.T, s Server, inbox shs.Inbox) string {
	t.Helper()
	config, err := s.Config()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(&shs.ReceiveHandler{NodeID: "nod-b", Inbox: inbox})
	server.Listener = tls.NewListener(server.Listener, config)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	return "https://" + server.Listener.Addr().String()
}

func sendAs(t *testing.T, url, from string, c Client) error {
	t.Helper()
	config, err := c.Config()
	if err != nil {
		t.Fatal(err)
	}
	client := &shs.Client{HTTP: shs.NewHTTPClient(config, 5*time.Second, 5*time.Second), ReceiveURL: url + "/shs/rs", Random: rand.NewChaCha8([32]byte{1})}
	id, err := shs.NewID(rand.NewChaCha8([32]byte{2}))
	if err != nil {
		t.Fatal(err)
	}
	l := &shs.Label{
		TxID: id, CorrID: id, Sequence: shs.Event, From: &shs.Ref{Value: from}, To: &shs.Ref{Value: "2021000001"},
		Product: shs.Ref{Value: "11111111-2222-4333-8444-555555555555"}, Datetime: time.Now(),
		Content: shs.Content{ID: id, Data: []shs.Data{{Type: "fil", Filename: "å.txt"}}},
	}
	_, err = client.Send(t.Context(), l, []shs.Payload{shs.Bytes("", bytes.Repeat([]byte("x"), 1<<20))})
	return err
}

// A whole exchange over mutual TLS: the certificate decides who the sender is.
func TestExchangeOverMutualTLS(t *testing.T) {
	t.Parallel()
	root := newAuthority(t, "Rot", nil)
	foreign := newAuthority(t, "Annan", nil)
	node := root.issue(t, "162021000001", nil)
	client := func(a *authority, serial string) Client {
		return Client{Certificates: []tls.Certificate{a.issue(t, serial, nil)}, Roots: root.pool(), Pins: []Pin{PinOf(node.Leaf)}}
	}
	tests := map[string]struct {
		client Client
		from   string
		ok     bool
	}{
		"its own organisation":             {client(root, "165560000167"), "5560000167", true},
		"by a SITHS certificate":           {client(root, "SE5560000167-AAAA"), "165560000167", true},
		"by an EFOS certificate":           {client(root, "EFOS165560000167-012345"), "5560000167.a", true},
		"another organisation":             {client(root, "165590000009"), "5560000167", false},
		"an organisation that is a prefix": {client(root, "5560000167"), "5560000175", false},
		"a certificate without number":     {client(root, "okänd"), "5560000167", false},
		"an issuer that is not accepted":   {client(foreign, "165560000167"), "5560000167", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inbox := collected{}
			url := startNode(t, Server{Certificates: certificates(node), Roots: root.pool()}, inbox)
			err := sendAs(t, url, test.from, test.client)
			if (err == nil) != test.ok || len(inbox) == 1 != test.ok {
				t.Errorf("%v, %d arrived", err, len(inbox))
			}
		})
	}
}
