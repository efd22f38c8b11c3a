package sandbox

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"filtjanst/filing"
)

// besieged is a lodger of a running program, which may be another after a kill.
func besieged(t *testing.T, run *process, code string) lodger {
	return lodger{outside: outsideOf(t, run.ready, code), code: code}
}

// evening runs the evening of the program.
func (p *process) evening(t testing.TB) {
	t.Helper()
	if _, err := p.control().Evening(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestKilledInWithdrawals: a file that takes effect at once and is cut off by a
// kill has taken effect whole or not at all; sent again it is answered once.
func TestKilledInWithdrawals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := started(t, dir, 0)
	l := besieged(t, run, "ABC")
	const cases = 300
	var docs, withdrawals []filing.Content
	for i := range cases {
		docs = append(docs, owed(fmt.Sprintf("A%d", i), debtor(silent, i)))
	}
	l.post(t, filing.BFApplication, written(t, l.code, filing.BFApplication, filing.TextForm, 1, docs)...)
	run.evening(t)
	for _, numbers := range l.confirmed(t) {
		withdrawals = append(withdrawals, withdrawal(numbers[0]))
	}
	const kills = 4
	for n := range kills {
		some := withdrawals[n*cases/kills : (n+1)*cases/kills]
		parts := written(t, l.code, filing.BFWithdrawal, filing.XMLForm, int64(n+1), some)
		id := newID()
		send := func() error { return l.tryPost(t, id, filing.BFWithdrawal, parts...) }
		run = run.killedAmid(t, dir, rand.N(60*time.Millisecond), send)
		l = besieged(t, run, "ABC")
		if err := send(); err != nil {
			t.Fatal(err)
		}
		all := l.answers(t, filing.BFWithdrawal)
		if len(all) != 1 || all[0].Outcome != filing.Approved || len(all[0].Applied) != len(some) {
			t.Fatalf("%d receipts %+v", len(all), all)
		}
		for _, one := range all[0].Applied {
			if one.Result != filing.Applied { // "already" would tell that a part was done before
				t.Errorf("document %d: %s", one.Document, one.Result)
			}
		}
	}
	run.kill(t)
	inside := lodgerOf(t, openedIn(t, dir), "ABC")
	for _, d := range withdrawals {
		inside.inState(t, numberIn(d), "discontinued")
	}
}

// TestKilledInAnswers: questions that were taken are answered once each, though
// the program is killed while it answers.
func TestKilledInAnswers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := started(t, dir, 0)
	l := besieged(t, run, "ABC")
	const files = 4
	for n := range int64(files) {
		var docs []filing.Content
		for i := range 400 {
			docs = append(docs, asked(i))
		}
		l.post(t, filing.DERequest, written(t, l.code, filing.DERequest, filing.TextForm, n+1, docs)...)
	}
	for range 3 {
		run = run.killedAmid(t, dir, rand.N(120*time.Millisecond), func() error {
			_, err := run.control().Advance(t.Context(), time.Hour)
			return err
		})
	}
	l = besieged(t, run, "ABC")
	run.evening(t)
	answered := map[int64]int{}
	for _, m := range l.drained(t) {
		if !strings.EqualFold(m.product, l.ready.Products[filing.DEAnswer]) {
			continue
		}
		lines := 0
		facts, err := filing.Read(bytes.NewReader(m.body), filing.Own(), filing.DEAnswer, func(*filing.Extract) error { lines++; return nil })
		if err != nil || lines != 400 {
			t.Fatalf("an answer of %d lines: %v", lines, err)
		}
		answered[facts.Sequence]++
	}
	if len(answered) != files {
		t.Errorf("answered %v, want %d files once each", answered, files)
	}
	for sequence, times := range answered {
		if times != 1 {
			t.Errorf("file %d was answered %d times", sequence, times)
		}
	}
}
