package sandbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"filtjanst/authority"
	"filtjanst/filing"
	"filtjanst/shs"
)

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
	var letters []mail
	for _, one := range all {
		letter, err := p.fetch(t.Context(), one)
		if err == nil {
			err = p.shs.Ack(t.Context(), p.box(), one.TxID)
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.EqualFold(letter.product, p.ready.Products[filing.XXStatusReport]) { // comes once a month, whatever is sent
			letters = append(letters, letter)
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
			r, err := filing.ReadReceipt(bytes.NewReader(m.body), filing.Own(), filing.BFApplicationReceipt)
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
	filing.FileFacts
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
		c.FileFacts, err = filing.Read(bytes.NewReader(m.body), filing.Own(), filing.BFConfirmation, func(line *filing.ConfirmedCase) error {
			c.Lines = append(c.Lines, *line)
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
