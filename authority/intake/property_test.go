package intake

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"filtjanst/filing"
)

// TestAnyOrder: whatever the order, pairing, repetition and channel of halves,
// every checked half has exactly one receipt, the numbering has no gaps and no
// approved file lacks a receipt (checkWhole).
func TestAnyOrder(t *testing.T) {
	each(t, func(w *world) {
		runs := 0
		rapid.Check(w.TB.(*testing.T), func(r *rapid.T) {
			runs++
			w := w.as(w.TB, filer{int64(100 + runs), fmt.Sprintf("R%d", runs), fmt.Sprintf("556%07d", runs)})
			w.wander(r)
			w.checkWhole()
			if w.Failed() {
				r.FailNow()
			}
		})
	})
}

// wander lets things come in as they may.
func (w *world) wander(r *rapid.T) {
	var last Arrival
	var sent [][]byte
	for range rapid.IntRange(1, 14).Draw(r, "steps") {
		switch rapid.IntRange(0, 9).Draw(r, "kind") {
		case 0:
			_, err := w.door.Expire(w.Context(), w.clock.Advance(time.Duration(rapid.IntRange(1, 30).Draw(r, "hours"))*time.Hour))
			w.must(err)
			continue
		case 1:
			if sent != nil {
				w.take(last, sent...)
			}
			continue
		}
		last, sent = w.arrival(r), w.anything(r)
		answer := w.take(last, sent...)
		w.answered(r, answer)
	}
}

func (w *world) arrival(r *rapid.T) Arrival {
	a := w.shs()
	if rapid.Bool().Draw(r, "e-transport") {
		a = upload()
		a.Sender = w.self.owner
	}
	return a
}

// anything is one half or a pair, right or wrong, of a few numbers.
func (w *world) anything(r *rapid.T) [][]byte {
	draw := func(what string) (n int64, variant uint64) {
		return int64(rapid.IntRange(1, 3).Draw(r, what+" number")), rapid.Uint64Range(0, 1).Draw(r, what+" variant")
	}
	one := func(note_ bool) []byte {
		if rapid.IntRange(0, 12).Draw(r, "unreadable") == 0 {
			return []byte("unreadable")
		}
		if note_ {
			n, v := draw("note")
			return note(filing.TextForm, w.self.code, n, 1, v)
		}
		n, v := draw("file")
		return file(filing.TextForm, w.self.code, n, 1, v)
	}
	switch rapid.IntRange(0, 3).Draw(r, "parts") {
	case 0:
		return [][]byte{one(false)}
	case 1:
		return [][]byte{one(true)}
	case 2:
		return [][]byte{one(true), one(false)}
	}
	n, v := draw("pair")
	return [][]byte{file(filing.TextForm, w.self.code, n, 1, v), note(filing.TextForm, w.self.code, n, 1, v)}
}

// answered holds what every answer must say.
func (w *world) answered(r *rapid.T, a Answer) {
	if a.TransactionID == "" || a.Arrived.IsZero() || a.Arrived.Year() < 2026 || len(a.Outcomes) == 0 {
		r.Fatalf("answer %+v", a)
	}
	for _, o := range a.Outcomes {
		if o.Outcome == "" || o.Outcome == filing.Superseded && !a.Duplicate {
			r.Fatalf("outcome %q in %+v", o.Outcome, a)
		}
	}
}
