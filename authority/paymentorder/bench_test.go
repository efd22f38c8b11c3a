package paymentorder_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
)

// BenchmarkApply is one chunk of 500 applications, its commit durable.
func BenchmarkApply(b *testing.B) {
	engines := map[string]func() store.Config{
		"sqlite":   func() store.Config { return store.Config{Engine: store.SQLite, Dir: b.TempDir()} },
		"postgres": func() store.Config { return storetest.Postgres(b) },
	}
	for name, config := range engines {
		b.Run(name, func(b *testing.B) {
			db, err := store.Open(b.Context(), config())
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			if err := schema.Up(b.Context(), db); err != nil {
				b.Fatal(err)
			}
			o := newBench(b, db, "")
			f, docs := o.file(1, service.ChunkSize)
			for b.Loop() {
				f.ID++
				if err := o.apply(f, docs); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*service.ChunkSize/b.Elapsed().Seconds(), "cases/s")
			b.Logf("%+v", db.Stats())
		})
	}
}

// BenchmarkYear is a year of 10 000 cases that nobody contests: read in, ordered,
// served one by one, decided, in legal force.
func BenchmarkYear(b *testing.B) {
	const cases = 10_000
	db, err := store.Open(b.Context(), store.Config{Engine: store.SQLite, Dir: b.TempDir(), NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := schema.Up(b.Context(), db); err != nil {
		b.Fatal(err)
	}
	o := newBench(b, db, "")
	for b.Loop() {
		o.files++
		f, docs := o.file(o.files, cases)
		start := time.Now()
		for some := range slices.Chunk(docs, service.ChunkSize) {
			o.must(o.apply(f, some))
		}
		b.Logf("read in: %v", time.Since(start))
		start = time.Now()
		o.pass(1)
		b.Logf("ordered: %v", time.Since(start))
		start = time.Now()
		for i := range docs {
			o.must(o.orders.Serve(b.Context(), by, fmt.Sprintf("2026-%07d", i+1), 0, 0))
		}
		b.Logf("served: %v", time.Since(start))
		start = time.Now()
		o.passTo(calendar.Today(o.clock).AddDays(400))
		b.Logf("decided and in force: %v", time.Since(start))
	}
}
