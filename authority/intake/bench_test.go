package intake

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// durable opens a database that keeps what it says it keeps.
func durable(b *testing.B) *store.DB {
	b.Helper()
	db, err := store.Open(b.Context(), store.Config{Engine: store.SQLite, Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if err := schema.Up(b.Context(), db); err != nil {
		b.Fatal(err)
	}
	return db
}

// BenchmarkReceipt takes small submissions, file and note in one message, from
// many filers at once, durably.
func BenchmarkReceipt(b *testing.B) {
	for _, filers := range []int{1, 8, 32} {
		b.Run(fmt.Sprint(filers), func(b *testing.B) {
			w := newWorld(b, durable(b))
			for i := range filers {
				w.addOne(int64(100+i), fmt.Sprintf("F%d", i))
			}
			contents := make([][][]byte, b.N)
			for i := range contents {
				c, n := fmt.Sprintf("F%d", i%filers), int64(1+i/filers)
				contents[i] = [][]byte{file(filing.TextForm, c, n, 2, 0), note(filing.TextForm, c, n, 2, 0)}
			}
			b.SetBytes(int64(len(contents[0][0])))
			b.ResetTimer()
			var turn atomic.Int64
			answers, errs := atOnceAll(filers, func(f int) (last Answer, err error) {
				for i := f; i < b.N && err == nil; i += filers {
					turn.Add(1)
					a := Arrival{Sender: owner, Channel: SHS, TxID: fmt.Sprint(i), Transaction: filing.BFApplication}
					last, err = w.door.Take(b.Context(), a, parts(contents[i]...))
					if err == nil && last.Outcomes[0].Outcome != yes {
						b.Errorf("submission %d is %s", i, last.Outcomes[0].Outcome)
					}
				}
				return last, err
			})
			_ = answers
			for _, err := range errs {
				w.must(err)
			}
		})
	}
}

// BenchmarkLarge takes one file of 100 000 applications; its floor hashes,
// writes and fsyncs the same bytes.
func BenchmarkLarge(b *testing.B) {
	const n = 100_000
	content := file(filing.TextForm, code, 1, n, 0)
	b.Run("floor", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		for i := range b.N {
			sha256.Sum256(content)
			f, err := os.Create(filepath.Join(b.TempDir(), fmt.Sprint(i)))
			if err == nil {
				_, err = f.Write(content)
			}
			if err == nil {
				err = f.Sync()
			}
			if err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
	})
	b.Run("receipt", func(b *testing.B) {
		w := newWorld(b, durable(b))
		facts := filingtest.Facts(code, 1, nil)
		facts.Documents = n
		cover := noteOf(filing.TextForm, filing.Note{Transaction: filing.BFApplication, PartyCode: code, Sequence: 1})
		b.SetBytes(int64(len(content)))
		b.ResetTimer()
		for i := range b.N {
			c := fmt.Sprintf("L%d", i)
			b.StopTimer()
			w.addOne(int64(1000+i), c)
			fresh := bytes.Replace(content, []byte(code), []byte((c + "   ")[:3]), 1)
			own := bytes.Replace(cover, []byte(code), []byte((c + "   ")[:3]), 1)
			b.StartTimer()
			answer := w.take(w.shs(), fresh, own)
			if answer.Outcomes[0].Outcome != yes {
				b.Fatalf("%v %v", answer, codes(w.receipts(owner)[0]))
			}
		}
	})
}
