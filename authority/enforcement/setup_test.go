package enforcement_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/service/servicetest"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

var arrived = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var officer = service.Officer{Name: "Handläggare 1", Reason: "prov"}

// bench is one test's service.
type bench struct {
	testing.TB
	db    *store.DB
	clock *calendar.Fixed
	room  *enforcement.Enforcements
	fees  *fee.Fees
	shelf servicetest.Shelf
	files int64
}

func each(t *testing.T, fn func(b *bench)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newBench(t, open(), enforcement.Config{})) })
}

func newBench(t testing.TB, db *store.DB, c enforcement.Config) *bench {
	t.Helper()
	b := &bench{TB: t, db: db, fees: fee.New(db), shelf: servicetest.Shelf{}}
	if b.clock, _ = c.Clock.(*calendar.Fixed); b.clock == nil {
		b.clock = calendar.NewFixed(arrived.Add(10 * time.Hour))
	}
	c.DB, c.Fees, c.Clock, c.Files = db, b.fees, b.clock, b.shelf
	var err error
	b.room, err = enforcement.New(c)
	b.must(err)
	return b
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// wantRefusal is an act that must be refused with the code.
func (b *bench) wantRefusal(what string, err error, code string) {
	b.Helper()
	if r, refused := service.RefusedAs(err); !refused || r.Code != code {
		b.Errorf("%s: %v, want the refusal %s", what, err, code)
	}
}

func (b *bench) today() calendar.Day { return calendar.Today(b.clock) }

// day makes a day n days from now.
func (b *bench) in(n int) calendar.Day { return b.today().AddDays(n) }

// sleep lets n days pass, with what falls due on each.
func (b *bench) sleep(n int) {
	b.Helper()
	for end := b.in(n); ; {
		var next calendar.Day
		b.read(func(r store.Reader) (err error) {
			next, _, err = service.Deadlines{}.Next(r)
			return err
		})
		if next.IsZero() || next > end {
			b.clock.Set(end.At(19, 0))
			return
		}
		b.clock.Set(max(next, b.today()).At(19, 0))
		b.due()
	}
}

// due acts on what is due today, as the evening does.
func (b *bench) due() {
	b.Helper()
	for {
		var all []service.Deadline
		b.read(func(r store.Reader) (err error) {
			all, err = service.Deadlines{}.Due(r, b.today(), service.Deadline{}, service.ChunkSize)
			return err
		})
		if len(all) == 0 {
			return
		}
		seen, some := map[int64]bool{}, all[:0]
		for _, d := range all { // of different subjects
			if !seen[d.Subject] {
				seen[d.Subject] = true
				some = append(some, d)
			}
		}
		work, err := b.room.Due(b.Context(), some)
		b.must(err)
		b.must(b.db.Do(b.Context(), func(tx store.Tx) error {
			if _, err := (service.Deadlines{}).Take(tx, some); err != nil {
				return err
			}
			return work(tx)
		}))
	}
}

func (b *bench) read(fn func(r store.Reader) error) {
	b.Helper()
	b.must(b.db.Read(b.Context(), fn))
}

func (b *bench) do(work service.Work, err error) {
	b.Helper()
	b.must(err)
	b.must(b.db.Do(b.Context(), work))
}

func (b *bench) file(tx filing.Transaction, documents int) service.File {
	b.files++
	return service.File{ID: b.files, PartyCode: "ABC", CodeID: 7, MainCodeID: 7, Transaction: tx, Form: filing.TextForm, Name: "ABC.EMALIN",
		Sequence: b.files, Documents: int64(documents), Arrived: b.clock.Now(), ReadInDay: b.today()}
}

func (b *bench) apply(f service.File, docs []service.Document) {
	b.Helper()
	b.do(b.room.Apply(b.Context(), f, docs))
}

// open reads applications in and returns the file.
func (b *bench) open(all ...*filing.EnforcementApplication) service.File {
	b.Helper()
	f := b.file(filing.VEApplication, len(all))
	b.apply(f, documents(all...))
	return f
}

// change verifies a file of changes, and applies it if nothing is refused.
func (b *bench) change(all ...*filing.Change) service.Judgement {
	b.Helper()
	return b.lodge(b.file(filing.VEChange, len(all)), documents(all...))
}

func (b *bench) judge(f service.File, docs []service.Document) (j service.Judgement) {
	b.Helper()
	b.must(b.db.Do(b.Context(), func(tx store.Tx) (err error) {
		j, err = b.room.Verify(tx, f, docs)
		return err
	}))
	return j
}

func (b *bench) lodge(f service.File, docs []service.Document) service.Judgement {
	b.Helper()
	j := b.judge(f, docs)
	refused := map[int64]bool{}
	for _, e := range j.Errors {
		refused[int64(e.Document)] = true
	}
	var good []service.Document
	for _, d := range docs {
		if !refused[d.Number] {
			good = append(good, d)
		}
	}
	b.apply(f, good)
	return j
}

func codes(j service.Judgement) (all []filing.Code) {
	for _, e := range j.Errors {
		all = append(all, e.Code)
	}
	return all
}

func (b *bench) find(reference string) (all []enforcement.Found) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		all, err = b.room.Find(r, 7, reference)
		return err
	})
	return all
}

// one is the only case of a reference.
func (b *bench) one(reference string) enforcement.Found {
	b.Helper()
	all := b.find(reference)
	if len(all) != 1 {
		b.Fatalf("%d cases of %s", len(all), reference)
	}
	return all[0]
}

func (b *bench) state(number string) enforcement.State {
	b.Helper()
	return b.caseOf(number).State
}

func (b *bench) caseOf(number string) (c enforcement.Found) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		var found bool
		if c, found, err = b.room.Case(r, number); err == nil && !found {
			b.Fatalf("no case %s", number)
		}
		return err
	})
	return c
}

// sent writes every file that is to be sent, marks it, and returns what they
// hold.
func (b *bench) sent() map[filing.Transaction][]filing.Content {
	b.Helper()
	all := map[filing.Transaction][]filing.Content{}
	var batches []service.Batch
	b.read(func(r store.Reader) (err error) {
		batches, err = b.room.Outgoing(r, b.today())
		return err
	})
	for _, batch := range batches {
		_, content := b.written(batch)
		all[batch.Transaction] = append(all[batch.Transaction], content...)
		b.must(b.db.Do(b.Context(), func(tx store.Tx) error { return b.room.Sent(tx, batch) }))
	}
	return all
}

func (b *bench) written(batch service.Batch) (filing.FileFacts, []filing.Content) {
	b.Helper()
	var text bytes.Buffer
	b.read(func(r store.Reader) error {
		text.Reset()
		return b.room.Write(r, batch, service.Output{Writer: &text, Form: formOf(batch.Transaction), Set: set})
	})
	var content []filing.Content
	facts, err := filing.Read(&text, set, batch.Transaction, func(c filing.Content) error {
		content = append(content, c)
		return nil
	})
	b.must(err)
	return facts, content
}

var set = filing.Own()

func formOf(tx filing.Transaction) filing.Form {
	if tx == filing.VEConfirmation {
		return filing.TextForm
	}
	return filing.XMLForm
}

// confirmation is the batch that confirms a file.
func (b *bench) confirmation(f service.File) service.Batch {
	return service.Batch{Key: fmt.Sprintf("ve.confirmation/%d", f.ID), Transaction: filing.VEConfirmation, CodeID: f.CodeID, Code: f.PartyCode,
		File: f.ID, Day: b.today(), Sequence: f.Sequence, Documents: f.Documents}
}
