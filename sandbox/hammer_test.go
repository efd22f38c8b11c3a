package sandbox

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/shs"
)

// message is one that was sent, and what was answered when it was.
type message struct {
	id       string
	b        batch
	answered bool
	arrived  time.Time
	wrong    bool // its number is not the one expected
}

// hammer sends files of one code over SHS, one after the other, for as long as
// the authority answers. What got no answer is sent again first.
type hammer struct {
	p       *outside
	code    string
	wrong   bool // sends numbers that are refused
	roomy   bool // the server has room to write: no answer but by its end
	next    int64
	pending *message
	done    []*message
}

func (h *hammer) run(t testing.TB, ctx context.Context) {
	for ctx.Err() == nil {
		if h.pending == nil {
			h.next++
			h.pending = &message{id: newID(), b: h.batch(), wrong: h.wrong}
		}
		m := h.pending
		d, err := h.p.send(ctx, m.id, m.b.asFile(m.b.file(t)), m.b.asNote(m.b.note(t)))
		if _, refused := errors.AsType[*shs.RemoteError](err); refused && h.roomy {
			t.Errorf("number %d: %v", m.b.sequence, err)
		}
		if err != nil {
			return
		}
		m.answered, m.arrived = true, d.Arrived
		h.done, h.pending = append(h.done, m), nil
	}
}

// batch is small for a row, or now and then large for a blob.
func (h *hammer) batch() batch {
	b := batch{code: h.code, sequence: h.next, cases: 1 + int(h.next%3), seed: uint64(h.next), form: forms[h.next%2]}
	if h.next%7 == 0 {
		b.cases = 60
	}
	if h.wrong {
		b.sequence += 1_000_000
	}
	return b
}

// uploader does the same over e-transport, where no id tells a repeat.
type uploader struct {
	p    *outside
	next int64 // files approved
	half int   // of the next one, answered
}

func (u *uploader) run(t testing.TB, ctx context.Context) {
	for ctx.Err() == nil {
		b := u.batch()
		one := b.asFile(b.file(t))
		if u.half == 1 {
			one = b.asNote(b.note(t))
		}
		got, err := u.p.upload(ctx, one)
		if err != nil {
			return
		}
		if got.Status != http.StatusOK {
			t.Errorf("number %d over e-transport: %d: %s", b.sequence, got.Status, got.Text)
			return
		}
		if u.half++; u.half == 2 {
			if got.Outcomes[0] != string(filing.Approved) {
				t.Errorf("number %d over e-transport: %s", b.sequence, got.Text)
			}
			u.half, u.next = 0, u.next+1
		}
	}
}

func (u *uploader) batch() batch {
	return batch{code: "DEF", sequence: u.next + 1, cases: 2, seed: uint64(u.next), form: forms[u.next%2]}
}

// archive is what was fetched before the kill, by tx.id.
type archive struct {
	mu    sync.Mutex
	bytes map[string][]byte
}

// look fetches everything and holds it against what was fetched before. It
// returns the receipts by the id of the message that they answer.
func (a *archive) look(t testing.TB, p *outside) (map[string][]answer, map[string]int) {
	t.Helper()
	receipts, confirms := map[string][]answer{}, map[string]int{}
	all, err := p.listed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		m, err := p.fetch(t.Context(), one)
		if err != nil {
			t.Fatal(err)
		}
		a.compare(t, m)
		if m.adm != nil {
			confirms[m.adm.CorrID]++
			continue
		}
		if !strings.EqualFold(m.product, p.ready.Products[filing.BFApplicationReceipt]) {
			continue
		}
		r, err := filing.ReadReceipt(bytes.NewReader(m.body), filing.Own(), filing.BFApplicationReceipt)
		if err != nil {
			t.Fatal(err)
		}
		receipts[one.CorrID] = append(receipts[one.CorrID], answer{r, m.body})
	}
	return receipts, confirms
}

func (a *archive) compare(t testing.TB, m mail) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	if before, seen := a.bytes[m.txID]; seen && !bytes.Equal(before, m.body) {
		t.Errorf("message %s is another after the start:\n%s\n%s", m.txID, before, m.body)
	}
	a.bytes[m.txID] = m.body
}
