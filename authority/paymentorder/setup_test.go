package paymentorder_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/service/servicetest"
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
	shelf    servicetest.Shelf
	files    int64
}

func each(t *testing.T, fn func(b *bench)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newBench(t, open(), "")) })
}

func newBench(t testing.TB, db *store.DB, pattern string, settings ...func(*paymentorder.Config)) *bench {
	t.Helper()
	b := &bench{TB: t, db: db, clock: calendar.NewFixed(arrived.Add(10 * time.Hour)), enforcer: &enforcer{}, shelf: servicetest.Shelf{}}
	config := paymentorder.Config{DB: db, Files: b.shelf, Fees: fee.New(db), Clock: b.clock, Enforcer: b.enforcer,
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

// letters send verdicts both ways, confirmations as the case says, and all else
// on paper.
type letters struct{ *notice.Letters }

func (*letters) Choose(_ store.Reader, m notice.Message, _ int64, ofCase filing.Notice) (notice.Choice, error) {
	return notice.Choice{Paper: m != notice.ConfirmationLetter || ofCase == filing.NoticePaper,
		Electronic: m == notice.VerdictLetter && ofCase != filing.NoticePaper}, nil
}

// enforcer gives numbers and remembers what it was told in the transaction that
// ran last.
type enforcer struct {
	opened     []paymentorder.Granted
	stayed     []string
	lifted     []string
	overturned []paymentorder.Overturned
	paid       []paymentorder.Paid
	meanwhile  func() // happens while a stay is prepared
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

func (e *enforcer) Crediting(context.Context, int) (paymentorder.Crediting, error) {
	before := len(e.paid)
	return func(_ store.Tx, all []paymentorder.Paid) error {
		e.paid = append(e.paid[:before:before], all...)
		return nil
	}, nil
}

func (e *enforcer) Stay(_ context.Context, _ service.Officer, cases []string) (service.Work, error) {
	if e.meanwhile != nil {
		e.meanwhile()
	}
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
	b.shelf[id] = docs
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
