package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/shs"
)

// lodger is an outsider who lodges files of any transaction under a code, each
// with the number that is expected of it.
type lodger struct {
	*outside
	s    *Sandbox
	code string
}

func lodgerOf(t testing.TB, s *Sandbox, code string) lodger {
	t.Helper()
	return lodger{outsideOf(t, s.Ready(), code), s, code}
}

// next is the number expected of the code in files of the transaction.
func (l lodger) next(t testing.TB, tx filing.Transaction) (number int64) {
	t.Helper()
	w := testWorld(l.s)
	err := w.DB.Read(t.Context(), func(r store.Reader) error {
		c, _, err := w.Parties.ByCode(r, l.code)
		if err == nil {
			number, err = w.Door.Expected(r, c.ID, tx, filing.Own())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// written is a file of the documents and, where one belongs to it, its note.
func written(t testing.TB, code string, tx filing.Transaction, f filing.Form, number int64, docs []filing.Content) []part {
	t.Helper()
	facts := filingtest.FactsOf(tx, code, number, docs)
	file, err := filingtest.Write(filing.Own(), tx, f, facts, docs)
	if err != nil {
		t.Fatal(err)
	}
	parts := []part{{"", fileName(t, code, tx, number), file}}
	if info, _ := filing.Info(tx); info.Note != "" {
		parts = append(parts, part{"", fileName(t, code, info.Note, number), noteOf(t, f, filingtest.NoteTo(tx, facts))})
	}
	return parts
}

func fileName(t testing.TB, code string, tx filing.Transaction, number int64) string {
	t.Helper()
	name, err := filing.Own().FileName(tx, filing.NameFacts{Code: code, Day: filingtest.Today, Sequence: number}, "")
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func (l lodger) parts(t testing.TB, tx filing.Transaction, f filing.Form, docs ...filing.Content) []part {
	t.Helper()
	return written(t, l.code, tx, f, l.next(t, tx), docs)
}

// post sends parts to the product of the transaction in a message of its own.
func (l lodger) post(t testing.TB, tx filing.Transaction, parts ...part) {
	t.Helper()
	if err := l.tryPost(t, newID(), tx, parts...); err != nil {
		t.Fatal(err)
	}
}

func (l lodger) tryPost(t testing.TB, id string, tx filing.Transaction, parts ...part) error {
	t.Helper()
	label := l.label(id, parts)
	label.Product = shs.Ref{Value: l.ready.Products[tx]}
	payloads := make([]shs.Payload, len(parts))
	for i, one := range parts {
		payloads[i] = shs.Bytes("application/octet-stream", one.body)
	}
	_, err := l.shs.Send(t.Context(), label, payloads)
	return err
}

// answers are the receipts for files of the transaction in the outbox, which
// is emptied.
func (l lodger) answers(t testing.TB, tx filing.Transaction) (all []answer) {
	t.Helper()
	info, _ := filing.Info(tx)
	for _, m := range l.drained(t) {
		if !strings.EqualFold(m.product, l.ready.Products[info.Receipt]) || m.adm != nil {
			continue
		}
		r, err := filing.ReadReceipt(bytes.NewReader(m.body), filing.Own(), info.Receipt)
		if err != nil {
			t.Fatalf("a receipt cannot be read back: %v\n%s", err, m.body)
		}
		all = append(all, answer{r, m.body})
	}
	return all
}

func (l lodger) answered(t testing.TB, tx filing.Transaction, parts ...part) answer {
	t.Helper()
	l.post(t, tx, parts...)
	all := l.answers(t, tx)
	if len(all) != 1 {
		t.Fatalf("%d receipts for one file of %s", len(all), tx)
	}
	return all[0]
}

// lodge sends a file of the documents under the number expected.
func (l lodger) lodge(t testing.TB, tx filing.Transaction, f filing.Form, docs ...filing.Content) answer {
	t.Helper()
	return l.answered(t, tx, l.parts(t, tx, f, docs...)...)
}

func (l lodger) mustLodge(t testing.TB, tx filing.Transaction, docs ...filing.Content) {
	t.Helper()
	if r := l.lodge(t, tx, filing.TextForm, docs...); r.Outcome != filing.Approved {
		t.Fatalf("%s: %s\n%s", tx, r.Outcome, r.raw)
	}
}

// said is what a receipt says, without the words.
type said struct {
	Outcome  filing.Outcome
	Errors   []string // document number and code
	Warnings []string
	Applied  []string // document number and result
}

func saidBy(r answer) said {
	s := said{Outcome: r.Outcome, Errors: named(r.Errors), Warnings: named(r.Warnings)}
	for _, a := range r.Applied {
		s.Applied = append(s.Applied, fmt.Sprintf("%d %s", a.Document, a.Result))
	}
	return s
}

func named(errs []filing.Error) (all []string) {
	for _, e := range errs {
		all = append(all, strings.TrimPrefix(fmt.Sprintf("%d %s", e.Document, e.Code), "0 "))
	}
	return all
}

// sayings holds a receipt against what it is to say, in words too, and the
// number that is expected next.
func (l lodger) sayings(t testing.TB, r answer, number int64, want said) {
	t.Helper()
	if diff := cmp.Diff(want, saidBy(r)); diff != "" {
		t.Errorf("receipt (-want +got):\n%s\n%s", diff, r.raw)
	}
	for _, e := range append(r.Errors, r.Warnings...) {
		told(t, e)
		t.Logf("%s %d: %s / %s | %s", e.Code, e.Document, e.Swedish, e.English, e.Remedy)
	}
	if want.Outcome != filing.Rejected {
		number++
	}
	if got := l.next(t, r.Transaction); r.Expected != number || got != number {
		t.Errorf("the receipt names %d as the next number, the series is at %d, want %d", r.Expected, got, number)
	}
}

// state is the whole of a case as officers see it.
func (l lodger) state(t testing.TB, number string) string {
	t.Helper()
	view, err := testWorld(l.s).Case(t.Context(), number)
	if err != nil {
		return err.Error()
	}
	text, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// decide lets the officer for permits act.
func (l lodger) decide(t testing.TB, do func(*permit.Desk) error) {
	t.Helper()
	w := testWorld(l.s)
	if err := do(permit.NewDesk(w.Permits, w.Parties, w.Clock, nil)); err != nil {
		t.Fatal(err)
	}
}
