package evening_test

import (
	"context"
	crand "crypto/rand"
	"flag"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"filtjanst/authority/outbox"
	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

var benchCases = flag.Int("cases", 20_000, "applications in the file of BenchmarkEvening")

// BenchmarkEvening reads one file in, to its confirmation, on a durable
// database, and tells the ratio to loading the same rows in bulk.
func BenchmarkEvening(b *testing.B) {
	engines := map[string]func() store.Config{
		"sqlite":   func() store.Config { return store.Config{Engine: store.SQLite, Dir: b.TempDir()} },
		"postgres": func() store.Config { return storetest.Postgres(b) },
	}
	for name, config := range engines {
		b.Run(name, func(b *testing.B) {
			f := made(b, 1, *benchCases, monday)
			for b.Loop() {
				b.StopTimer()
				floor := bulkLoad(b, f, config())
				h := benchHouse(b, config())
				h.put(f)
				e := h.evening()
				b.StartTimer()
				begun := time.Now()
				h.run(e)
				took := time.Since(begun)
				b.ReportMetric(float64(f.Documents)/took.Seconds(), "cases/s")
				b.ReportMetric(took.Seconds()/floor.Seconds(), "times-bulk")
				b.ReportMetric(float64(h.db.Stats().LongestHold.Milliseconds()), "ms-longest-hold")
			}
		})
	}
}

func benchHouse(b *testing.B, config store.Config) *house {
	b.Helper()
	db, err := store.Open(context.Background(), config)
	if err == nil {
		b.Cleanup(func() { db.Close() })
		err = schema.Up(context.Background(), db)
	}
	if err != nil {
		b.Fatal(err)
	}
	h := newHouse(b, db, b.TempDir())
	h.must(h.found())
	return h
}

// bulkLoad is the floor: the same rows into the same tables, table by table,
// in one transaction.
func bulkLoad(b *testing.B, f file, config store.Config) time.Duration {
	b.Helper()
	h := benchHouse(b, config)
	applications := filingtest.New(uint64(f.ID)).Applications(int(f.Documents))
	docs := make([]service.Document, len(applications))
	for i := range docs {
		docs[i] = service.Document{Number: int64(i + 1), Content: &applications[i]}
	}
	work, err := h.orders.Apply(b.Context(), f.File, docs)
	h.must(err)
	begun := time.Now()
	h.must(h.db.Do(b.Context(), work))
	return time.Since(begun)
}

// BenchmarkReceiptsBeside tells how much longer the commit of a receipt takes
// while the evening runs: the 99th percentile of eight filers against that at
// rest.
func BenchmarkReceiptsBeside(b *testing.B) {
	h := benchHouse(b, store.Config{Engine: store.SQLite, Dir: b.TempDir()})
	f := made(b, 1, *benchCases, monday)
	h.put(f)
	e := h.evening()
	for b.Loop() {
		rest := h.receipts(func() { time.Sleep(3 * time.Second) })
		beside := h.receipts(func() { h.run(e) })
		b.ReportMetric(float64(rest.Microseconds())/1000, "ms-p99-at-rest")
		b.ReportMetric(float64(beside.Microseconds())/1000, "ms-p99-beside")
		b.ReportMetric(beside.Seconds()/rest.Seconds(), "times-rest")
	}
}

// receipts puts messages from eight goroutines for as long as the other work
// takes, and returns the 99th percentile of their commits.
func (h *house) receipts(other func()) time.Duration {
	h.Helper()
	var stop atomic.Bool
	var filers sync.WaitGroup
	all := make([][]time.Duration, 8)
	for i := range all {
		filers.Go(func() {
			for !stop.Load() {
				all[i] = append(all[i], h.receipt())
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	other()
	stop.Store(true)
	filers.Wait()
	took := slices.Sorted(slices.Values(slices.Concat(all...)))
	return took[len(took)*99/100]
}

func (h *house) receipt() time.Duration {
	id, err := h.box.NewIDs(h.Context(), 1)
	if err != nil {
		h.Error(err)
	}
	m := outbox.Message{
		ID: id, TxID: crand.Text(), Address: organisation, Transaction: filing.BFApplicationReceipt, Sequence: outbox.Event,
		Body: outbox.Inline(make([]byte, 2000)), Created: begun,
	}
	begun := time.Now()
	if err := h.db.DoFirst(h.Context(), func(tx store.Tx) error { return h.box.Put(tx, m) }); err != nil {
		h.Error(err)
	}
	return time.Since(begun)
}

// BenchmarkDeadlines acts on deadlines that each write a row, and tells how
// long the writer was held at the longest.
func BenchmarkDeadlines(b *testing.B) {
	const n = 10_000
	h := benchHouse(b, store.Config{Engine: store.SQLite, Dir: b.TempDir()})
	c := newClerk(h)
	e := h.evening(c.config)
	for b.Loop() {
		b.StopTimer()
		all := make([]service.Deadline, n)
		for i := range all {
			all[i] = deadline("plain", int64(i+1), monday)
		}
		h.deadlines(all...)
		b.StartTimer()
		if s := h.run(e); s.Deadlines != n {
			b.Fatalf("%d acted upon", s.Deadlines)
		}
		b.ReportMetric(float64(h.db.Stats().LongestHold.Milliseconds()), "ms-longest-hold")
	}
	b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "deadlines/s")
}
