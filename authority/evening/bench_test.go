package evening_test

import (
	"context"
	"flag"
	"testing"
	"time"

	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
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
		docs[i] = service.Document{Number: int64(i + 1), Application: &applications[i]}
	}
	work, err := h.orders.Apply(b.Context(), f.File, docs)
	h.must(err)
	begun := time.Now()
	h.must(h.db.Do(b.Context(), work))
	return time.Since(begun)
}
