package paymentorder_test

import (
	"testing"
	"time"

	"filtjanst/authority/fee"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

var arrived = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// bench is one test's service.
type bench struct {
	testing.TB
	db     *store.DB
	clock  *calendar.Fixed
	orders *paymentorder.Orders
}

func each(t *testing.T, fn func(b *bench)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newBench(t, open(), "")) })
}

func newBench(t testing.TB, db *store.DB, pattern string) *bench {
	t.Helper()
	b := &bench{TB: t, db: db, clock: calendar.NewFixed(arrived.Add(10 * time.Hour))}
	config := paymentorder.Config{DB: db, Fees: fee.New(db), Clock: b.clock}
	var err error
	if pattern != "" {
		config.Numbers, err = paymentorder.ParsePattern(pattern)
		b.must(err)
	}
	b.orders, err = paymentorder.New(config)
	b.must(err)
	return b
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
	applications := filingtest.New(uint64(id)).Applications(n)
	facts := filingtest.Facts("ABC", id, applications)
	docs := make([]service.Document, n)
	for i := range docs {
		docs[i] = service.Document{Number: int64(i + 1), Content: &applications[i]}
	}
	return service.File{
		ID: id, PartyCode: "ABC", CodeID: 7, MainCodeID: 7, Transaction: filing.BFApplication, Form: filing.TextForm,
		Name: "ABC.ANSOKAN", Sequence: id, Documents: int64(n), Sum: facts.Sum, Arrived: arrived,
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
