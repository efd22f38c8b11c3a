package paymentorder_test

import (
	"testing"

	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
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
