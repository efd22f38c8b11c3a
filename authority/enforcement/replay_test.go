package enforcement_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

// The same inputs give the same bytes.
func TestReplayGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		first := newBench(t, db, enforcement.Config{}).story()
		again, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if err := schema.Up(t.Context(), again); err != nil {
			t.Fatal(err)
		}
		if second := newBench(t, again, enforcement.Config{}).story(); !bytes.Equal(first, second) {
			t.Error("lived again, the files differ")
		}
	})
}

// story lives through a year and returns all that was sent.
func (b *bench) story() []byte {
	b.Helper()
	var text bytes.Buffer
	f := b.open(application("A", 1, 2), unlodged("B", 3), application("C", 4))
	b.write(&text, b.confirmation(f))
	b.enforce(verdict("1", 5, 6))
	b.sleep(3)
	a, c := b.find("A")[0].Number, b.one("C").Number
	b.must(b.room.Receive(b.Context(), officer, a, 800_00, b.today(), ""))
	b.must(b.room.Investigate(b.Context(), officer, c, filing.AssetsMissing, b.in(60), "inget"))
	b.change(b.deferral(a, 30), amount(c, 400_00))
	for range 20 {
		b.sleep(20)
		for _, batch := range b.outgoing() {
			b.write(&text, batch)
			b.must(b.mark(batch))
		}
	}
	return text.Bytes()
}

func (b *bench) write(text *bytes.Buffer, batch service.Batch) {
	b.Helper()
	b.read(func(r store.Reader) error {
		return b.room.Write(r, batch, service.Output{Writer: text, Form: formOf(batch.Transaction), Set: set})
	})
}

// counted counts the queries of a verification.
type counted struct {
	store.Reader
	n *int
}

func (c counted) Query(query string, args ...any) (*store.Rows, error) {
	*c.n++
	return c.Reader.Query(query, args...)
}

func (c counted) QueryRow(query string, args ...any) *store.Row {
	*c.n++
	return c.Reader.QueryRow(query, args...)
}

// feeQueries counts the queries of fees in a transaction.
type feeQueries struct {
	store.Tx
	n *int
}

func (c feeQueries) Query(query string, args ...any) (*store.Rows, error) {
	if strings.Contains(query, "fee_item") {
		*c.n++
	}
	return c.Tx.Query(query, args...)
}

// The letters of cases whose handling starts tell their fees, which are asked for
// once.
func TestFeesOfCasesThatStartAreAskedForOnce(t *testing.T) {
	eachPost(t, func(p *post) {
		p.open(application("A", 1), application("B", 2), application("C", 3))
		var due []service.Deadline
		p.bench.read(func(r store.Reader) (err error) {
			due, err = service.Deadlines{}.Due(r, p.in(1), service.Deadline{}, service.ChunkSize)
			return err
		})
		due = slices.DeleteFunc(due, func(d service.Deadline) bool { return d.Kind != "start" })
		work, err := p.room.Due(p.Context(), due)
		p.must(err)
		queries := 0
		p.must(p.db.Do(p.Context(), func(tx store.Tx) error {
			queries = 0
			return work(feeQueries{tx, &queries})
		}))
		list, words := p.came()
		if told := strings.Count(words, "Avgifter för målet</th><td>600,00 kr"); len(due) != 3 || len(list) != 3 || told != 3 {
			p.Errorf("%d starts, letters %v, %d of which tell the fee", len(due), list, told)
		}
		if queries != 1 {
			p.Errorf("%d queries of fees for %d cases", queries, len(due))
		}
	})
}

// Changes are verified set-wise: a thousand of them take a few queries.
func TestChangesAreVerifiedTogether(t *testing.T) {
	each(t, func(b *bench) {
		for range 2 {
			b.chunk()
		}
		var all []*filing.Change
		b.read(func(r store.Reader) error {
			page, _, err := b.room.Status(r, service.CasesOf{CodeID: 7, Day: b.today(), Limit: 2 * service.ChunkSize})
			all = nil
			for _, s := range page {
				all = append(all, amount(s.CaseNumber, 300_00))
			}
			return err
		})
		var j service.Judgement
		queries := 0
		b.read(func(r store.Reader) (err error) {
			j, err = b.room.Verify(counted{r, &queries}, b.file(filing.VEChange, len(all)), documents(all...))
			return err
		})
		if len(all) != 2*service.ChunkSize || len(j.Errors) > 0 || len(j.Notes) != len(all) {
			b.Fatalf("%d changes, %d refused", len(all), len(j.Errors))
		}
		if queries > 20 {
			b.Errorf("%d queries for %d changes", queries, len(all))
		}
	})
}
