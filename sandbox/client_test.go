package sandbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"filtjanst/authority"
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

// mail is one message from the outbox.
type mail struct {
	txID, product string
	adm           *shs.Management
	body          []byte
}

// listed is everything in the outbox that is not acknowledged.
func (p *outside) listed(ctx context.Context) ([]shs.Listed, error) {
	list, err := p.shs.List(ctx, p.box(), shs.Filter{Status: shs.Test, Unacknowledged: true, Limit: shs.MaxHits})
	if err == nil && list.More {
		err = errors.New("the outbox holds more than one list")
	}
	return list.Messages, err
}

func (p *outside) box() shs.Address { return shs.Address{Organisation: p.filer.Organisation} }

func (p *outside) fetch(ctx context.Context, listed shs.Listed) (mail, error) {
	m := mail{txID: listed.TxID, product: listed.Product}
	err := p.shs.Fetch(ctx, p.box(), listed.TxID, func(_ context.Context, got *shs.Message) (err error) {
		if err := got.ReadManagement(); err != nil {
			return err
		}
		m.adm = got.Management
		one, err := got.Next()
		if err != nil {
			return err
		}
		if m.body, err = io.ReadAll(one); err != nil {
			return err
		}
		if _, err = got.Next(); err == io.EOF {
			err = nil
		}
		return err
	})
	return m, err
}

// drained fetches and acknowledges everything in the outbox.
func (p *outside) drained(t testing.TB) []mail {
	t.Helper()
	all, err := p.listed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	letters := make([]mail, len(all))
	for i, one := range all {
		if letters[i], err = p.fetch(t.Context(), one); err == nil {
			err = p.shs.Ack(t.Context(), p.box(), one.TxID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return letters
}

// answer is a receipt with its bytes.
type answer struct {
	filing.Receipt
	raw []byte
}

// receipts are the receipts among the letters; confirms are the SHS
// acknowledgements. Anything else is not expected before the evening.
func (p *outside) receipts(t testing.TB) (receipts []answer, confirms int) {
	t.Helper()
	for _, m := range p.drained(t) {
		switch {
		case m.adm != nil && m.adm.Failure == nil:
			confirms++
		case strings.EqualFold(m.product, p.ready.Products[filing.BFApplicationReceipt]):
			r, err := filing.ReadReceipt(bytes.NewReader(m.body), filing.Own())
			if err != nil {
				t.Fatalf("a receipt cannot be read back: %v\n%s", err, m.body)
			}
			receipts = append(receipts, answer{r, m.body})
		default:
			t.Errorf("not expected in the outbox: product %s, error %+v", m.product, m.adm)
		}
	}
	return receipts, confirms
}

// confirmation is what came of one file in the evening.
type confirmation struct {
	filing.Confirmation
	Lines []filing.ConfirmedCase
}

func (p *outside) confirmations(t testing.TB) []confirmation {
	t.Helper()
	var all []confirmation
	for _, m := range p.drained(t) {
		if !strings.EqualFold(m.product, p.ready.Products[filing.BFConfirmation]) {
			continue
		}
		var c confirmation
		var err error
		c.Confirmation, err = filing.ReadConfirmation(bytes.NewReader(m.body), filing.Own(), func(line filing.ConfirmedCase) error {
			c.Lines = append(c.Lines, line)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// testWorld is the world that the party's messages go to.
func testWorld(s *Sandbox) *authority.World { return s.Authority.World(authority.Test) }

// put sends single parts, over e-transport or as an SHS message each.
func (p *outside) put(transport bool) func(testing.TB, part) {
	return func(t testing.TB, one part) {
		t.Helper()
		if transport {
			p.mustUpload(t, one)
			return
		}
		p.mustSend(t, one)
	}
}

func (p *outside) mustSend(t testing.TB, parts ...part) shs.Delivered {
	t.Helper()
	d, err := p.send(t.Context(), newID(), parts...)
	if err != nil {
		t.Fatal(err)
	}
	if d.Arrived.IsZero() || d.Duplicate != (d.LocalID == "") {
		t.Errorf("answered %+v", d)
	}
	return d
}

// oneReceipt is the only receipt in the outbox.
func (p *outside) oneReceipt(t testing.TB) answer {
	t.Helper()
	receipts, _ := p.receipts(t)
	if len(receipts) != 1 {
		t.Fatalf("%d receipts, want one", len(receipts))
	}
	return receipts[0]
}
