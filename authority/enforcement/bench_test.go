package enforcement_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

func benchmark(b *testing.B, run func(b *bench)) {
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
			run(newBench(b, db, enforcement.Config{}))
		})
	}
}

// chunk opens cases by one chunk of a file.
func (b *bench) chunk() {
	b.Helper()
	all := make([]*filing.EnforcementApplication, service.ChunkSize)
	for i := range all {
		all[i] = application(fmt.Sprintf("F%d-%d", b.files+1, i), i)
	}
	b.open(all...)
}

// BenchmarkApply is one chunk of 500 applications, its commit durable.
func BenchmarkApply(b *testing.B) {
	benchmark(b, func(w *bench) {
		t := w.TB.(*testing.B)
		for t.Loop() {
			w.chunk()
		}
		t.ReportMetric(float64(t.N)*service.ChunkSize/t.Elapsed().Seconds(), "cases/s")
	})
}

// BenchmarkYears is 400 days in the lives of 500 cases with a payment each:
// start, account, notice and fee.
func BenchmarkYears(b *testing.B) {
	benchmark(b, func(w *bench) {
		t := w.TB.(*testing.B)
		for t.Loop() {
			t.StopTimer()
			w.chunk()
			var numbers []string
			for i := range service.ChunkSize {
				numbers = append(numbers, w.one(fmt.Sprintf("F%d-%d", w.files, i)).Number)
			}
			t.StartTimer()
			begun := time.Now()
			w.must(w.room.Together(w.Context(), func(room *enforcement.Enforcements) (err error) {
				for _, n := range numbers {
					err = errors.Join(err, room.Receive(w.Context(), officer, n, 900_00, w.today(), ""))
				}
				return err
			}))
			received := time.Since(begun)
			w.sleep(400)
			t.ReportMetric(received.Seconds()*1000, "ms/payments")
			t.StopTimer()
			for _, n := range numbers {
				w.must(w.room.Withdraw(w.Context(), officer, n))
			}
			t.StartTimer()
		}
		t.ReportMetric(float64(t.N)*service.ChunkSize/t.Elapsed().Seconds(), "cases/s")
	})
}
