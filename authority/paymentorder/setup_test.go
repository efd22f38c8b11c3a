package paymentorder_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

var arrived = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// by is the officer of the tests.
var by = service.Officer{Name: "handläggare 1", Reason: "prov"}

// bench is one test's service, with letters and an enforcement room that keeps
// what it is told.
type bench struct {
	testing.TB
	db       *store.DB
	clock    *calendar.Fixed
	orders   *paymentorder.Orders
	enforcer *enforcer
	letters  *letters
	files    int64
}

func each(t *testing.T, fn func(b *bench)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newBench(t, open(), "")) })
}

func newBench(t testing.TB, db *store.DB, pattern string, settings ...func(*paymentorder.Config)) *bench {
	t.Helper()
	b := &bench{TB: t, db: db, clock: calendar.NewFixed(arrived.Add(10 * time.Hour)), enforcer: &enforcer{}}
	config := paymentorder.Config{DB: db, Fees: fee.New(db), Clock: b.clock, Enforcer: b.enforcer,
		Extension: func(store.Reader, int64, filing.Transaction) (bool, error) { return true, nil }}
	room, err := notice.New(db, b.clock, notice.Config{
		Sender:     notice.Sender{Name: "Exempelmyndigheten", Address: notice.Address{Street: "Box 1", PostalCode: "17221", Town: "Provköping"}},
		Forwarding: notice.Office{Name: "Förmedling", Address: notice.Address{Street: "Box 2", PostalCode: "17222", Town: "Provköping"}}})
	b.must(err)
	b.letters = &letters{room}
	config.Letters = b.letters
	if pattern != "" {
		config.Numbers, err = paymentorder.ParsePattern(pattern)
		b.must(err)
	}
	for _, set := range settings {
		set(&config)
	}
	b.orders, err = paymentorder.New(config)
	b.must(err)
	return b
}

// letters send everything both ways.
type letters struct{ *notice.Letters }

func (*letters) Choose(_ store.Reader, m notice.Message, _ int64, _ filing.Notice) (notice.Choice, error) {
	return notice.Choice{Paper: true, Electronic: m == notice.VerdictLetter}, nil
}

// enforcer gives numbers and remembers what it was told in the transaction that
// ran last.
type enforcer struct {
	opened     []paymentorder.Granted
	stayed     []string
	lifted     []string
	overturned []paymentorder.Overturned
}

func (e *enforcer) Opening(context.Context, int) (paymentorder.Opening, error) {
	before := len(e.opened)
	return func(_ store.Tx, granted []paymentorder.Granted) ([][]string, error) {
		e.opened = append(e.opened[:before:before], granted...)
		numbers := make([][]string, len(granted))
		for i, g := range granted {
			for k := range g.Respondents {
				numbers[i] = append(numbers[i], fmt.Sprintf("E-%s-%d", g.Number, k+1))
			}
		}
		return numbers, nil
	}, nil
}

func (e *enforcer) Stay(_ context.Context, _ service.Officer, cases []string) (service.Work, error) {
	return func(store.Tx) error { e.stayed = cases; return nil }, nil
}

func (e *enforcer) LiftStay(_ context.Context, _ service.Officer, cases []string) (service.Work, error) {
	return func(store.Tx) error { e.lifted = cases; return nil }, nil
}

func (e *enforcer) SetAside(_ context.Context, _ service.Officer, all []paymentorder.Overturned) (service.Work, error) {
	return func(store.Tx) error { e.overturned = all; return nil }, nil
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// file makes an approved file of n applications and its documents.
func (b *bench) file(id int64, n int) (service.File, []service.Document) {
	b.Helper()
	return b.fileOf(id, filingtest.New(uint64(id)).Applications(n)...)
}

func (b *bench) fileOf(id int64, applications ...filing.Application) (service.File, []service.Document) {
	b.Helper()
	facts := filingtest.Facts("ABC", id, applications)
	docs := make([]service.Document, len(applications))
	for i := range docs {
		docs[i] = service.Document{Number: int64(i + 1), Content: &applications[i]}
	}
	return service.File{
		ID: id, PartyCode: "ABC", CodeID: 7, MainCodeID: 7, Transaction: filing.BFApplication, Form: filing.TextForm,
		Name: "ABC.ANSOKAN", Sequence: id, Documents: int64(len(docs)), Sum: facts.Sum, Arrived: arrived,
		ReadInDay: calendar.Of(arrived),
	}, docs
}

// apply commits documents in one chunk.
func (b *bench) apply(f service.File, docs []service.Document) error {
	b.Helper()
	work, err := b.orders.Apply(b.Context(), f, docs)
	if err != nil {
		return err
	}
	return b.db.Do(b.Context(), work)
}

// atOnce settles a file of withdrawals or reductions as the door does.
func (b *bench) atOnce(tx filing.Transaction, contents ...filing.Content) service.Judgement {
	b.Helper()
	docs := make([]service.Document, len(contents))
	for i, c := range contents {
		docs[i] = service.Document{Number: int64(i + 1), Content: c}
	}
	return b.settle(tx, docs)
}

func (b *bench) settle(tx filing.Transaction, docs []service.Document) (j service.Judgement) {
	b.Helper()
	b.files++
	f := service.File{ID: 1_000_000 + b.files, TransactionID: fmt.Sprint("t", b.files), PartyCode: "ABC", CodeID: 7, MainCodeID: 7,
		Transaction: tx, Arrived: b.clock.Now(), Documents: int64(len(docs))}
	b.must(b.settleFile(f, docs, &j))
	return j
}

// settleFile prepares the documents that are not refused, and then judges and
// applies them in one transaction; anew, if that refuses others.
func (b *bench) settleFile(f service.File, docs []service.Document, j *service.Judgement) error {
	refused := map[int]bool{}
	for {
		work, err := b.prepare(f, docs, refused)
		if err != nil {
			return err
		}
		err = b.db.Do(b.Context(), func(tx store.Tx) (err error) {
			if *j, err = b.orders.Verify(tx, f, docs); err != nil {
				return err
			}
			now := map[int]bool{}
			for _, e := range j.Errors {
				now[e.Document] = true
			}
			if !maps.Equal(now, refused) {
				refused = now
				return errUnready
			}
			return work(tx)
		})
		if !errors.Is(err, errUnready) {
			return err
		}
	}
}

var errUnready = errors.New("others are refused")

func (b *bench) prepare(f service.File, docs []service.Document, refused map[int]bool) (service.Work, error) {
	kept := slices.DeleteFunc(slices.Clone(docs), func(d service.Document) bool { return refused[int(d.Number)] })
	var works []service.Work
	for some := range slices.Chunk(kept, service.ChunkSize) {
		work, err := b.orders.Apply(b.Context(), f, some)
		if err != nil {
			return nil, err
		}
		works = append(works, work)
	}
	return func(tx store.Tx) error {
		for _, work := range works {
			if err := work(tx); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// pass moves the clock on to the evening of each day and does what is due.
func (b *bench) pass(days int) {
	b.Helper()
	for range days {
		b.clock.Set(calendar.Today(b.clock).AddDays(1).At(19, 0))
		b.evening()
	}
}

// passTo moves the clock to the evening of a day, by way of every evening on
// which anything is due.
func (b *bench) passTo(day calendar.Day) {
	b.Helper()
	for {
		var next calendar.Day
		var waits bool
		b.read(func(r store.Reader) (err error) {
			next, waits, err = service.Deadlines{}.Next(r)
			return err
		})
		if !waits || next > day {
			break
		}
		b.clock.Set(max(next, calendar.Today(b.clock)).At(19, 0))
		b.evening()
	}
	b.clock.Set(max(day, calendar.Today(b.clock)).At(19, 0))
}

// evening does what is due, as the evening run does.
func (b *bench) evening() {
	b.Helper()
	for {
		var due []service.Deadline
		b.read(func(r store.Reader) (err error) {
			due, err = service.Deadlines{}.Due(r, calendar.Today(b.clock), service.Deadline{}, service.ChunkSize)
			return err
		})
		if len(due) == 0 {
			return
		}
		for _, some := range onceEach(due) {
			work, err := b.orders.Due(b.Context(), some)
			b.must(err)
			b.must(b.db.DoLast(b.Context(), func(tx store.Tx) error {
				taken, err := service.Deadlines{}.Take(tx, some)
				if err != nil || len(taken) != len(some) {
					return fmt.Errorf("took %d of %d deadlines: %w", len(taken), len(some), err)
				}
				return work(tx)
			}))
		}
	}
}

// onceEach parts deadlines so that each subject stands once.
func onceEach(due []service.Deadline) (parts [][]service.Deadline) {
	seen := map[int64]int{}
	for _, d := range due {
		n := seen[d.Subject]
		seen[d.Subject]++
		for len(parts) <= n {
			parts = append(parts, nil)
		}
		parts[n] = append(parts[n], d)
	}
	return parts
}

func (b *bench) read(fn func(r store.Reader) error) {
	b.Helper()
	b.must(b.db.Read(b.Context(), fn))
}

func (b *bench) count(query string, args ...any) (n int64) {
	b.Helper()
	b.read(func(r store.Reader) error { return r.QueryRow(query, args...).Scan(&n) })
	return n
}

// filed is the application in a document.
func filed(d service.Document) *filing.Application { return d.Content.(*filing.Application) }
