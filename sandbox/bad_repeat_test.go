package sandbox

import (
	"sync"
	"testing"

	"filtjanst/filing"
	"filtjanst/shs"
)

// atOnce does the same in several goroutines and collects what they got.
func atOnce[T any](n int, do func(i int) T) []T {
	var wg sync.WaitGroup
	all := make([]T, n)
	begin := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-begin
			all[i] = do(i)
		})
	}
	close(begin)
	wg.Wait()
	return all
}

type sent struct {
	shs.Delivered
	err error
}

// TestSameMessage: one message sent twice, and by several at once, is one file
// and has one receipt, one confirm and one arrival.
func TestSameMessage(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	for sequence := range int64(6) {
		b := batch{code: "ABC", sequence: sequence + 1, cases: 2, seed: 5, form: forms[sequence%2]}
		id, file, note := newID(), b.asFile(b.file(t)), b.asNote(b.note(t))
		all := atOnce(4, func(int) sent {
			d, err := p.send(t.Context(), id, file, note)
			return sent{d, err}
		})
		again, err := p.send(t.Context(), id, file, note)
		firsts := 0
		for _, one := range append(all, sent{again, err}) {
			if one.err != nil || !one.Arrived.Equal(all[0].Arrived) || one.Duplicate != (one.LocalID == "") {
				t.Fatalf("answered %+v", one)
			}
			if !one.Duplicate {
				firsts++
			}
		}
		receipts, confirms := p.receipts(t)
		if firsts != 1 || len(receipts) != 1 || confirms != 1 || !again.Duplicate {
			t.Fatalf("%d first arrivals, %d receipts, %d confirms", firsts, len(receipts), confirms)
		}
		if r := receipts[0]; r.Outcome != filing.Approved || r.Expected != b.sequence+1 {
			t.Errorf("receipt %+v", r.Receipt)
		}
	}
	if got := standingOf(t, s, "ABC"); got != (standing{Expected: 7, Approved: 6, ToReadIn: 6}) {
		t.Errorf("standing %+v", got)
	}
}

// TestSameIDOtherBytes: the id decides (DESIGN decision 12).
func TestSameIDOtherBytes(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	b := batch{code: "ABC", sequence: 1, cases: 2, seed: 5, form: filing.TextForm}
	id := newID()
	for i := range 2 {
		b.seed += uint64(i)
		d, err := p.send(t.Context(), id, b.asFile(b.file(t)), b.asNote(b.note(t)))
		if err != nil || d.Duplicate != (i == 1) {
			t.Fatalf("answered %+v, %v", d, err)
		}
	}
	if r := p.oneReceipt(t); r.Outcome != filing.Approved {
		t.Errorf("receipt %+v", r.Receipt)
	}
	if got := standingOf(t, s, "ABC"); got != (standing{Expected: 2, Approved: 1, ToReadIn: 1}) {
		t.Errorf("standing %+v", got)
	}
}

// TestSameUpload: the same bytes over e-transport, once more and by several at
// once, are one file and get the first answer.
func TestSameUpload(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "DEF")
	for sequence := range int64(4) {
		b := batch{code: "DEF", sequence: sequence + 1, cases: 2, seed: 5, form: forms[sequence%2]}
		for _, one := range []part{b.asFile(b.file(t)), b.asNote(b.note(t))} {
			all := atOnce(4, func(int) uploaded {
				u, err := p.upload(t.Context(), one)
				if err != nil {
					t.Error(err)
				}
				return u
			})
			all = append(all, p.mustUpload(t, one))
			firsts := 0
			for _, u := range all {
				if u.TransactionID != all[0].TransactionID || u.TransactionID == "" {
					t.Errorf("answered %+v, and %+v", all[0], u)
				}
				if !u.Duplicate {
					firsts++
				}
			}
			if firsts != 1 {
				t.Errorf("%d first answers", firsts)
			}
		}
		if r := p.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != b.sequence+1 {
			t.Errorf("receipt %+v", r.Receipt)
		}
	}
	if got := standingOf(t, s, "DEF"); got != (standing{Expected: 5, Approved: 4, ToReadIn: 4}) {
		t.Errorf("standing %+v", got)
	}
}

// TestHalvesAtOnce: file and note come in the same moment by two connections.
func TestHalvesAtOnce(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"ABC", "DEF"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			s := opened(t)
			p := outsideOf(t, s.Ready(), code)
			for sequence := range int64(8) {
				b := batch{code: code, sequence: sequence + 1, cases: 2, seed: 5, form: forms[sequence%2]}
				halves := []part{b.asFile(b.file(t)), b.asNote(b.note(t))}
				atOnce(2, func(i int) bool {
					p.put(code == "DEF")(t, halves[i])
					return true
				})
				r := p.oneReceipt(t)
				if r.Outcome != filing.Approved || r.Expected != b.sequence+1 || r.NoteDigest == "" || r.Digest == "" {
					t.Fatalf("receipt %+v", r.Receipt)
				}
			}
			if got := standingOf(t, s, code); got != (standing{Expected: 9, Approved: 8, ToReadIn: 8}) {
				t.Errorf("standing %+v", got)
			}
		})
	}
}

// TestSameNumberAtOnce: of several files with one number one is approved, and
// the others are told the next number.
func TestSameNumberAtOnce(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	const n = 5
	atOnce(n, func(i int) bool {
		b := batch{code: "ABC", sequence: 1, cases: 2, seed: uint64(i), form: filing.TextForm}
		p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
		return true
	})
	receipts, confirms := p.receipts(t)
	approved := 0
	for _, r := range receipts {
		if r.Outcome == filing.Approved {
			approved++
			continue
		}
		if rejectedFor(t, r, "F210"); r.Expected != 2 {
			t.Errorf("next %d", r.Expected)
		}
	}
	if approved != 1 || len(receipts) != n || confirms != n {
		t.Errorf("%d approved, %d receipts, %d confirms", approved, len(receipts), confirms)
	}
	if got := standingOf(t, s, "ABC"); got != (standing{Expected: 2, Approved: 1, ToReadIn: 1}) {
		t.Errorf("standing %+v", got)
	}
}
