package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"filtjanst/authority"
	"filtjanst/filing"
	"filtjanst/sandbox"
	"filtjanst/shs"
)

// filer is one that sends over a TLS connection that it keeps. It speaks HTTP
// by hand, so that its own work takes little from what is measured.
type filer struct {
	code, number string
	world        *authority.World
	sequence     int64
	conn         *tls.Conn
	answers      *bufio.Reader
}

func (f *filer) connect(ctx context.Context, ca *sandbox.CA, gateway string) error {
	pair, err := ca.Organisation(f.number, "Provbolaget AB", time.Now())
	if err != nil {
		return err
	}
	at, err := url.Parse(gateway)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca.Certificate)
	config := &tls.Config{
		RootCAs: roots, ServerName: host,
		Certificates: []tls.Certificate{{Certificate: [][]byte{pair.Certificate.Raw}, PrivateKey: pair.Key}},
	}
	plain, err := (&net.Dialer{}).DialContext(ctx, "tcp", at.Host)
	if err != nil {
		return err
	}
	f.conn = tls.Client(plain, config)
	f.answers = bufio.NewReader(f.conn)
	return f.conn.HandshakeContext(ctx)
}

// close hangs up. The gateway may have done so before, after a long silence.
func (f *filer) close() error {
	_ = f.conn.Close()
	return nil
}

// request is a message ready to be written to the connection.
type request struct{ head, body []byte }

// next makes the request with the filer's next file, a text of the stated
// number of applications. It takes the sequence number as used.
func (f *filer) next(facts filing.FileFacts) (request, error) {
	f.sequence++
	facts.PartyCode, facts.Sequence = f.code, f.sequence
	var file bytes.Buffer
	if err := writeApplications(&file, filing.TextForm, facts); err != nil {
		return request{}, err
	}
	note, err := note(facts)
	if err != nil {
		return request{}, err
	}
	label, err := f.label(file.Len(), len(note))
	if err != nil {
		return request{}, err
	}
	var body bytes.Buffer
	body.Grow(file.Len() + 1<<14)
	if err := shs.WriteMessage(&body, label, []shs.Payload{shs.Bytes("text/plain", file.Bytes()), shs.Bytes("text/plain", note)}, "=_bench"); err != nil {
		return request{}, err
	}
	head := fmt.Sprintf("POST /shs/rs HTTP/1.1\r\nHost: %s\r\nContent-Type: message/rfc822\r\nContent-Length: %d\r\n\r\n", host, body.Len())
	return request{[]byte(head), body.Bytes()}, nil
}

func (f *filer) label(fileBytes, noteBytes int) (*shs.Label, error) {
	id, err := shs.NewID(rand.Reader)
	if err != nil {
		return nil, err
	}
	return &shs.Label{
		Version: "1.2", TxID: id, CorrID: id, Transfer: shs.Asynchronous, Sequence: shs.Event, Status: shs.Production,
		From: &shs.Ref{Value: f.number}, To: &shs.Ref{Value: sandbox.AuthorityNumber},
		Product: shs.Ref{Value: products()[filing.BFApplication]}, Datetime: f.world.Clock.Now(),
		Content: shs.Content{ID: id, Data: []shs.Data{
			{Type: "ansokan", Filename: f.code + ".ANSOKAN", Bytes: int64(fileBytes)},
			{Type: "missiv", Filename: f.code + ".ANSOKAN.MISSIV", Bytes: int64(noteBytes)},
		}},
	}, nil
}

// send returns when the answer is there: the receipt is durable then.
func (f *filer) send(r request) error {
	out := net.Buffers{r.head, r.body}
	if len(r.body) < 1<<14 {
		out = net.Buffers{append(r.head[:len(r.head):len(r.head)], r.body...)} // one TLS record
	}
	if _, err := out.WriteTo(f.conn); err != nil {
		return err
	}
	answer, err := http.ReadResponse(f.answers, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode/100 != 2 {
		err = fmt.Errorf("the gateway answered %s: %s", answer.Status, text)
	}
	return err
}
