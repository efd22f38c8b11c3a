package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/journal"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func TestTrace(t *testing.T) {
	each(t, func(w *world) {
		a := w.shs()
		answer, err := w.door.Take(t.Context(), a, func() func() (Part, error) {
			next := parts(file(filing.TextForm, code, 1, 2, 0), note(filing.TextForm, code, 1, 2, 0))
			return func() (Part, error) {
				p, err := next()
				p.Name = "Abc.Ansökan.D261123.etr"
				return p, err
			}
		}())
		w.must(err)
		var found []Received
		w.read(func(r store.Reader) (err error) {
			found, err = w.door.Trace(r, answer.TransactionID)
			return err
		})
		if len(found) != 2 {
			t.Fatalf("found %+v", found)
		}
		f, n := found[0], found[1]
		if f.Name != "Abc.Ansökan.D261123.etr" || f.PartyCode != code || f.TxID != a.TxID || f.Sender != owner || f.Outcome != yes ||
			f.ReadInDay != filingtest.Today || !f.ReadIn.IsZero() || !f.Arrived.Equal(noon()) || f.Documents != 2 {
			t.Errorf("file %+v", f)
		}
		if n.Role != filing.RoleNote || n.ReceiptID != f.ReceiptID || n.ReceiptID == 0 {
			t.Errorf("note %+v, file %+v", n, f)
		}
		w.read(func(r store.Reader) error {
			listed, err := w.door.ReceivedUnder(r, codeID, 0, 10)
			if diff := cmp.Diff([]Received{n, f}, listed); diff != "" {
				t.Errorf("list (-want +got):\n%s", diff)
			}
			return err
		})
	})
}

// TestAReceiptCanBeProved: data and salt give the digest that stands in the
// receipt and in the journal.
func TestAReceiptCanBeProved(t *testing.T) {
	each(t, func(w *world) {
		answer := w.take(w.shs(), file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0))
		receipt := w.receipts(owner)[0]
		w.read(func(r store.Reader) error {
			found, err := w.door.Trace(r, answer.TransactionID)
			w.must(err)
			proof, err := w.door.Proof(r, found[0].EventID)
			w.must(err)
			entries, err := journal.New(w.db).Of(r, proof.Subject, 0, 10)
			w.must(err)
			if len(entries) != 1 || entries[0].Digest != proof.Digest() || receipt.EventDigest != proof.Digest().String() {
				t.Errorf("proof %s, receipt %s, journal %v", proof.Digest(), receipt.EventDigest, entries)
			}
			return nil
		})
	})
}

func TestExpected(t *testing.T) {
	each(t, func(w *world) {
		for want := int64(1); want <= 3; want++ {
			w.read(func(r store.Reader) error {
				n, err := w.door.Expected(r, codeID, filing.BFApplication, filing.Own())
				if n != want {
					t.Errorf("expected next %d, want %d", n, want)
				}
				return err
			})
			w.approve(want)
		}
	})
}

func TestWeed(t *testing.T) {
	each(t, func(w *world) {
		w.take(w.shs(), file(filing.TextForm, code, 7, 200, 0), note(filing.TextForm, code, 7, 200, 0)) // rejected, in a blob
		w.take(w.shs(), file(filing.TextForm, code, 8, 1, 0), note(filing.TextForm, code, 8, 1, 0))     // rejected, blocked
		w.approve(1)
		blocked := w.halfID(8)
		w.do(func(tx store.Tx) error { return w.door.Block(tx, blocked, true) })
		weed := func(day calendar.Day) (n int) {
			w.do(func(tx store.Tx) (err error) {
				n, err = w.door.Weed(tx, day, 10)
				return err
			})
			return n
		}
		last := filingtest.Today.AddMonths(12)
		if n := weed(last); n != 0 {
			t.Errorf("%d weeded on the last day", n)
		}
		if n := weed(last + 1); n != 3 { // the note of the blocked file is not blocked
			t.Errorf("%d weeded, want 3", n)
		}
		if n := weed(last + 1); n != 0 {
			t.Errorf("%d weeded again", n)
		}
		w.read(func(r store.Reader) error {
			has, err := w.door.HasBlob(r, w.blobKeys()[0])
			if has {
				t.Error("the blob still has its row")
			}
			return err
		})
		if n := w.count("intake_bytes"); n != 3 {
			t.Errorf("%d halves have bytes, want 3", n)
		}
		approved := w.halfID(1)
		w.do(func(tx store.Tx) error { return w.door.KeepUntil(tx, approved, last) })
		if n := weed(last + 1); n != 2 { // and its note
			t.Errorf("%d weeded after the cases closed, want 2", n)
		}
	})
}

// halfID finds the file of a number.
func (w *world) halfID(sequence int64) (id int64) {
	w.Helper()
	w.read(func(r store.Reader) error {
		return r.QueryRow(`SELECT id FROM intake_half WHERE role = 'file' AND sequence = $1`, sequence).Scan(&id)
	})
	return id
}
