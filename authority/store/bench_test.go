package store_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

// BenchmarkDo measures durable small transactions from 32 goroutines.
func BenchmarkDo(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		benchmarkDo(b, store.Config{Engine: store.SQLite, Dir: b.TempDir()})
	})
	b.Run("postgres", func(b *testing.B) { benchmarkDo(b, storetest.Postgres(b)) })
}

func benchmarkDo(b *testing.B, cfg store.Config) {
	cfg.Connections = 32
	db := openNotes(b, cfg)
	var next atomic.Int64
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			id := next.Add(1)
			if err := db.Do(context.Background(), insert(id, strconv.FormatInt(id, 10))); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
	b.ReportMetric(float64(db.Stats().Writes)/float64(db.Stats().Groups), "tx/commit")
}

// BenchmarkCopyIn measures rows of bulk work in transactions of 500.
func BenchmarkCopyIn(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		benchmarkCopyIn(b, store.Config{Engine: store.SQLite, Dir: b.TempDir()})
	})
	b.Run("postgres", func(b *testing.B) { benchmarkCopyIn(b, storetest.Postgres(b)) })
}

func benchmarkCopyIn(b *testing.B, cfg store.Config) {
	db := openNotes(b, cfg)
	const chunk = 500
	next := int64(0)
	for b.Loop() {
		err := db.DoLast(context.Background(), func(tx store.Tx) error {
			_, err := tx.CopyIn("note", []string{"id", "text"}, func(yield func([]any) bool) {
				for i := range int64(chunk) {
					if !yield([]any{next + i, strconv.FormatInt(next+i, 10)}) {
						return
					}
				}
			})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		next += chunk
	}
	b.ReportMetric(float64(next)/b.Elapsed().Seconds(), "rows/s")
}

func openNotes(b *testing.B, cfg store.Config) *store.DB {
	b.Helper()
	db, err := store.Open(context.Background(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	err = db.Do(context.Background(), func(tx store.Tx) error {
		_, err := tx.Exec(createNote)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}
