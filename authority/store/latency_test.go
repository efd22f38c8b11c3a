package store_test

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"testing"
	"time"

	"filtjanst/authority/store"
)

// BenchmarkReceiptBesideBulk measures the wait of single receipts while bulk
// work keeps the writer busy: the slowest of a hundred.
func BenchmarkReceiptBesideBulk(b *testing.B) {
	db := openNotes(b, store.Config{Engine: store.SQLite, Dir: b.TempDir()})
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for g := range int64(2) {
		wg.Go(func() { bulk(b, db, (g+1)<<40, stop) })
	}
	var waits []time.Duration
	for i := int64(0); b.Loop(); i++ {
		start := time.Now()
		if err := db.DoFirst(context.Background(), insert(i, rand.Text())); err != nil {
			b.Fatal(err)
		}
		waits = append(waits, time.Since(start))
		time.Sleep(time.Millisecond)
	}
	close(stop)
	wg.Wait()
	slices.Sort(waits)
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(waits[len(waits)-1].Microseconds()), "max-µs")
}

// bulk copies chunks of 500 rows with random keys until told to stop.
func bulk(b *testing.B, db *store.DB, next int64, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		err := db.DoLast(context.Background(), func(tx store.Tx) error {
			_, err := tx.CopyIn("note", []string{"id", "text"}, func(yield func([]any) bool) {
				for range 500 {
					if next++; !yield([]any{next, rand.Text()}) {
						return
					}
				}
			})
			return err
		})
		if err != nil {
			b.Error(err)
			return
		}
	}
}
