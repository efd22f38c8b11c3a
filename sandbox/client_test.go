package sandbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"filtjanst/filer/traffic"
	"filtjanst/filing"
	"filtjanst/shs"
)

// outside is a filer's software as another house might have written it: it says
// what it is told to say, also what is wrong, and reads what comes back.
type outside struct {
	filer Filer
	ready Ready
	http  *http.Client
	shs   *shs.Client
}

// part is one file in a message.
type part struct {
	kind, name string
	body       []byte
}

func outsideOf(t testing.TB, r Ready, code string) *outside {
	t.Helper()
	for i, f := range r.Filers {
		if f.Code != code {
			continue
		}
		config, err := traffic.Credentials{Certificate: f.Cert, Key: f.Key, Issuer: r.CA}.TLS()
		if err != nil {
			t.Fatal(err)
		}
		return outsideWith(r, Filers()[i], config)
	}
	t.Fatalf("the sandbox has no filer %s", code)
	return nil
}

func outsideWith(r Ready, f Filer, config *tls.Config) *outside {
	client := shs.NewHTTPClient(config, 5*time.Minute, 5*time.Minute)
	return &outside{filer: f, ready: r, http: client, shs: &shs.Client{
		HTTP: client, Random: rand.Reader, ReceiveURL: r.Gateway + "/shs/rs", DeliveryURL: r.Gateway + "/shs/ds",
	}}
}

func newID() string {
	id, err := shs.NewID(rand.Reader)
	if err != nil {
		panic(err)
	}
	return id
}

func (p *outside) label(txID string, parts []part) *shs.Label {
	l := &shs.Label{
		Version: "1.2", TxID: txID, CorrID: txID, Transfer: shs.Asynchronous, Sequence: shs.Event, Status: shs.Test,
		From: &shs.Ref{Value: p.filer.Organisation}, To: &shs.Ref{Value: p.ready.Authority},
		Product: shs.Ref{Value: p.ready.Products[filing.BFApplication]}, Datetime: time.Now(),
		Content: shs.Content{ID: txID},
	}
	for _, one := range parts {
		l.Content.Data = append(l.Content.Data, shs.Data{Type: one.kind, Filename: one.name})
	}
	return l
}

// send delivers one message under the id.
func (p *outside) send(ctx context.Context, txID string, parts ...part) (shs.Delivered, error) {
	payloads := make([]shs.Payload, len(parts))
	for i, one := range parts {
		payloads[i] = shs.Bytes("application/octet-stream", one.body)
	}
	return p.shs.Send(ctx, p.label(txID, parts), payloads)
}

// uploaded is the answer of e-transport.
type uploaded struct {
	Status        int      `xml:"-"`
	Text          string   `xml:"-"`
	TransactionID string   `xml:"transaction-id"`
	Duplicate     bool     `xml:"duplicate"`
	Outcomes      []string `xml:"file>outcome"`
}

func (p *outside) upload(ctx context.Context, one part) (uploaded, error) {
	link := p.ready.Gateway + "/et/et_web/auto/" + p.ready.Products[filing.BFApplication] + "/" + url.PathEscape(one.name)
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, link, bytes.NewReader(one.body))
	if err != nil {
		return uploaded{}, err
	}
	response, err := p.http.Do(request)
	if err != nil {
		return uploaded{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	u := uploaded{Status: response.StatusCode, Text: string(text)}
	if err == nil && u.Status == http.StatusOK {
		err = xml.Unmarshal(text, &u)
	}
	return u, err
}

func (p *outside) mustUpload(t testing.TB, one part) uploaded {
	t.Helper()
	u, err := p.upload(t.Context(), one)
	if err != nil || u.Status != http.StatusOK || len(u.Outcomes) != 1 {
		t.Fatalf("upload: %v, %d: %s", err, u.Status, u.Text)
	}
	return u
}
