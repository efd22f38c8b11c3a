package sandbox

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"filtjanst/filing"
)

// siege is the whole attack on one directory.
type siege struct {
	dir     string
	hammers []*hammer
	et      *uploader
	seen    *archive
	random  *rand.Rand
}

func newSiege(dir string, seed uint64) *siege {
	return &siege{
		dir: dir, random: rand.New(rand.NewPCG(seed, 1)), seen: &archive{bytes: map[string][]byte{}}, et: &uploader{},
		hammers: []*hammer{{code: "ABC", roomy: true}, {code: "ABC", roomy: true, wrong: true}},
	}
}

// attack sends from all sides until the process is killed at a random moment.
func (s *siege) attack(t testing.TB, run *process) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var wg sync.WaitGroup
	for _, h := range s.hammers {
		h.p = outsideOf(t, run.ready, h.code)
		wg.Go(func() { h.run(t, ctx) })
	}
	s.et.p = outsideOf(t, run.ready, "DEF")
	wg.Go(func() { s.et.run(t, ctx) })
	time.Sleep(time.Duration(s.random.IntN(600)) * time.Millisecond)
	run.kill(t)
	stop()
	wg.Wait()
}

// verify repeats every message to the authority that was started again.
func (s *siege) verify(t testing.TB, run *process) {
	t.Helper()
	for _, h := range s.hammers {
		h.p = outsideOf(t, run.ready, h.code)
		if m := h.pending; m != nil {
			s.repeat(t, h, m)
			m.answered, h.pending = true, nil
			h.done = append(h.done, m)
		}
		for _, i := range s.random.Perm(len(h.done))[:min(12, len(h.done))] {
			s.repeat(t, h, h.done[i])
		}
	}
}

// repeat sends a message again: one that was answered is a duplicate with the
// first arrival.
func (s *siege) repeat(t testing.TB, h *hammer, m *message) {
	t.Helper()
	d, err := h.p.send(t.Context(), m.id, m.b.asFile(m.b.file(t)), m.b.asNote(m.b.note(t)))
	if err != nil {
		t.Fatalf("sent again: %v", err)
	}
	if m.answered && (!d.Duplicate || !d.Arrived.Equal(m.arrived)) {
		t.Errorf("number %d was answered at %s, and again %+v", m.b.sequence, m.arrived, d)
	}
	m.arrived = d.Arrived
}

// answers holds receipts and confirms against what was sent over SHS.
func (s *siege) answers(t testing.TB) {
	t.Helper()
	receipts, confirms := s.seen.look(t, s.hammers[0].p)
	for _, h := range s.hammers {
		h.answers(t, receipts, confirms)
	}
}

func (h *hammer) answers(t testing.TB, receipts map[string][]answer, confirms map[string]int) {
	t.Helper()
	for _, m := range h.done {
		all := receipts[m.id]
		if len(all) != 1 || confirms[m.id] != 1 {
			t.Fatalf("number %d of %s has %d receipts and %d confirms", m.b.sequence, h.code, len(all), confirms[m.id])
		}
		r := all[0]
		switch {
		case m.wrong:
			rejectedFor(t, r, "F210")
		case r.Outcome != filing.Approved || r.Sequence != m.b.sequence || r.Expected != m.b.sequence+1:
			t.Errorf("number %d of %s: %+v", m.b.sequence, h.code, r.Receipt)
		}
	}
}

// TestKilled: a server that is killed at any moment has lost no file that it
// answered, gives the repeat the same receipt, and reads each file in once.
func TestKilled(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	s := newSiege(t.TempDir(), seed)
	run := started(t, s.dir, 0)
	for range 6 {
		s.attack(t, run)
		run = started(t, s.dir, 0)
		s.verify(t, run)
		s.answers(t)
	}
	run = s.evenings(t, run)
	for _, code := range []string{"ABC", "DEF"} {
		s.confirmed(t, outsideOf(t, run.ready, code), s.approved(code))
	}
	run.kill(t)
	inside := openedIn(t, s.dir)
	for code, next := range map[string]int64{"ABC": s.hammers[0].next + 1, "DEF": s.et.next + 1} {
		if got := standingOf(t, inside, code); got.Expected != next || got.ToReadIn != 0 || got.Waiting > 1 {
			t.Errorf("%s: %+v, want %d next", code, got, next)
		}
	}
}

// approved are the files that are to be confirmed.
func (s *siege) approved(code string) map[int64]batch {
	all := map[int64]batch{}
	for _, h := range s.hammers {
		for _, m := range h.done {
			if h.code == code && !h.wrong {
				all[m.b.sequence] = m.b
			}
		}
	}
	if code == "DEF" {
		for n := range s.et.next {
			all[n+1] = (&uploader{next: n}).batch()
		}
	}
	return all
}

// evenings runs the evening, killed a few times in the middle.
func (s *siege) evenings(t testing.TB, run *process) *process {
	t.Helper()
	for range 3 {
		run = run.killedAmid(t, s.dir, time.Duration(s.random.IntN(150))*time.Millisecond, func() error {
			_, err := run.control().Evening(t.Context())
			return err
		})
	}
	for range 2 { // the second finds what failed a moment before the kill
		if _, err := run.control().Evening(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return run
}

// confirmed: every approved file once, without a gap, with its own references
// in order and case numbers of its own.
func (s *siege) confirmed(t testing.TB, p *outside, approved map[int64]batch) {
	t.Helper()
	numbers := map[string]bool{}
	got := map[int64]bool{}
	for _, c := range p.confirmations(t) {
		b, known := approved[c.Sequence]
		if !known && p.filer.Code == "DEF" && c.Sequence == s.et.next+1 { // approved, but the answer was lost
			s.et.next++
			b = s.et.batch()
			approved[c.Sequence] = b
		}
		if got[c.Sequence] || b.cases != len(c.Lines) || int64(b.cases) != c.Documents {
			t.Fatalf("confirmation of number %d again %v, %d lines, %d cases, want %d", c.Sequence, got[c.Sequence], len(c.Lines), c.Documents, b.cases)
		}
		got[c.Sequence] = true
		for i, line := range c.Lines {
			if want := fmt.Sprintf("26-%07d", i+1); line.Reference != want || numbers[line.CaseNumber] || line.CaseNumber == "" {
				t.Errorf("number %d, line %d: %+v, want %s", c.Sequence, i+1, line, want)
			}
			numbers[line.CaseNumber] = true
		}
	}
	t.Logf("%s: %d files and %d cases confirmed", p.filer.Code, len(got), len(numbers))
	last := int64(len(approved))
	if want := slices.Sorted(maps.Keys(approved)); last == 0 || want[last-1] != last || len(got) != len(want) {
		t.Errorf("%s: confirmed %v of %v", p.filer.Code, slices.Sorted(maps.Keys(got)), want)
	}
}
