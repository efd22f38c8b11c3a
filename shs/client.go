package shs

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"time"
)

// Client talks to the services of one node. All fields are set before use.
type Client struct {
	HTTP       *http.Client // see NewHTTPClient
	ReceiveURL string       // e.g. https://host/shs/rs
	// DeliveryURL is the delivery service without address, e.g. https://host/shs/ds.
	DeliveryURL string
	Random      io.Reader // randomness for boundaries; safe for concurrent use where the client is used so
	Limits      Limits    // for fetched messages
}

// NewHTTPClient makes the transport that the protocol wants: HTTP/1.1 only,
// since peers are old, and no redirects, which would lose the body of a POST.
// answer is how long to wait for the peer's headers once all is sent, silence,
// at least as long, how long nothing may move in either direction.
func NewHTTPClient(config *tls.Config, answer, silence time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: 30 * time.Second}
	silence = max(silence, answer)
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			TLSClientConfig:       config,
			TLSNextProto:          map[string]func(string, *tls.Conn) http.RoundTripper{},
			Protocols:             &protocols,
			TLSHandshakeTimeout:   30 * time.Second,
			ResponseHeaderTimeout: answer,
			IdleConnTimeout:       90 * time.Second,
			DisableCompression:    true,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				c, err := dialer.DialContext(ctx, network, address)
				if err != nil {
					return nil, err
				}
				return &patientConn{Conn: c, silence: silence}, nil
			},
		},
	}
}

// patientConn fails when nothing moves for the given time, however long the
// whole transfer takes.
type patientConn struct {
	net.Conn
	silence time.Duration
}

func (c *patientConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// Write moves both deadlines: a read for the answer waits during a long upload.
func (c *patientConn) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// Delivered is the peer's answer to a message: the next node has it. Only a
// confirm message closes the delivery.
type Delivered struct {
	TxID, CorrID, ContentID, NodeID, LocalID string
	Arrived                                  time.Time // zero where the peer told none or a wrong one
	Duplicate                                bool      // the peer had the message already: success
}

// Send posts one message, once. The caller gives the tx.id and repeats with the
// same one where [Retryable] says so.
func (c *Client) Send(ctx context.Context, l *Label, payloads []Payload) (Delivered, error) {
	boundary, err := NewBoundary(c.Random)
	if err != nil {
		return Delivered{}, err
	}
	if _, err := messageHead(l, payloads, boundary); err != nil {
		return Delivered{}, err
	}
	body, written := streamMessage(l, payloads, boundary)
	defer func() { // the writer is through with the payloads when Send returns
		body.Close()
		_ = written()
	}()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.ReceiveURL, body)
	if err != nil {
		return Delivered{}, err
	}
	request.Header.Set("Content-Type", "message/rfc822")
	response, err := c.HTTP.Do(request)
	if err != nil {
		body.Close()
		return Delivered{}, sendError(l, err, written())
	}
	defer response.Body.Close()
	defer drainBody(response.Body)
	return readDelivered(response, l)
}

// streamMessage writes the message into a pipe, so that it goes out in chunks.
// written waits for the writer and tells what became of it.
func streamMessage(l *Label, payloads []Payload, boundary string) (body *io.PipeReader, written func() error) {
	body, w := io.Pipe()
	done := make(chan struct{})
	var err error
	go func() {
		defer close(done)
		err = WriteMessage(w, l, payloads, boundary)
		w.CloseWithError(err)
	}()
	return body, func() error {
		<-done
		return err
	}
}

// sendError prefers a fault of an own payload to what the transport made of it.
func sendError(l *Label, transport, writing error) error {
	var own *SourceError
	if errors.As(writing, &own) {
		return fmt.Errorf("send message %s: %w", l.TxID, own)
	}
	return fmt.Errorf("send message %s: %w", l.TxID, transport)
}

func readDelivered(response *http.Response, l *Label) (Delivered, error) {
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusAccepted {
		return Delivered{}, remoteError(response)
	}
	if err := refuseHTML(response); err != nil {
		return Delivered{}, err
	}
	h := response.Header
	d := Delivered{
		TxID: strings.TrimSpace(h.Get("X-shs-txid")), CorrID: h.Get("X-shs-corrid"), ContentID: h.Get("X-shs-contentid"),
		NodeID: h.Get("X-shs-nodeid"), LocalID: h.Get("X-shs-localid"),
		Arrived: plausibleTime(h.Get("X-shs-arrivaldate")), Duplicate: strings.EqualFold(h.Get("X-shs-duplicatemsg"), "yes"),
	}
	if d.TxID == "" {
		text, err := readText(response.Body)
		if err != nil {
			return Delivered{}, fmt.Errorf("read the answer to message %s: %w", l.TxID, err)
		}
		d.TxID = text
	}
	if !strings.EqualFold(d.TxID, l.TxID) {
		return Delivered{}, &UnclearAnswer{Status: response.StatusCode, Text: fmt.Sprintf("the answer names tx.id %q, sent was %s", clip(d.TxID), l.TxID)}
	}
	return d, nil
}

// plausibleTime passes over the arrival time 1970-01-01 that a known node gives
// for duplicates.
func plausibleTime(s string) time.Time {
	t, err := ParseTime(s)
	if err != nil || t.Year() < 2000 {
		return time.Time{}
	}
	return t
}

func refuseHTML(response *http.Response) error {
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if media == "text/html" || media == "application/xhtml+xml" {
		return &UnclearAnswer{Status: response.StatusCode, Text: "the answer is a web page, not one of a node; check the URL and what stands in between"}
	}
	return nil
}

// readText reads an answer's text, at most 64 KiB of it.
func readText(r io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, 64<<10))
	return strings.TrimSpace(textOf(string(text))), err
}

// drainBody reads a little more, so that the connection can be used again.
func drainBody(body io.Reader) { _, _ = io.CopyN(io.Discard, body, 64<<10) }
