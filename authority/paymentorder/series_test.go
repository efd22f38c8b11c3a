package paymentorder_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Files come in any order of chunks among each other; each keeps its numbers
// together and in its own order, and its confirmation says so.
func TestNumbersFollowTheFile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b := newBench(t, open(), "")
		id := int64(0)
		rapid.Check(t, func(rt *rapid.T) {
			sizes := rapid.SliceOfN(rapid.IntRange(1, 12), 1, 4).Draw(rt, "sizes")
			var turns []int
			files, left := make([]service.File, len(sizes)), make([][]service.Document, len(sizes))
			for i, n := range sizes {
				id++
				files[i], left[i] = b.file(id, n)
				turns = append(turns, slices.Repeat([]int{i}, n)...)
			}
			for _, i := range rapid.Permutation(turns).Draw(rt, "turns") {
				n := min(rapid.IntRange(1, 5).Draw(rt, "chunk"), len(left[i]))
				b.must(b.apply(files[i], left[i][:n]))
				left[i] = left[i][n:]
			}
			for _, f := range files {
				b.checkLines(f)
			}
		})
	})
}

func (b *bench) checkLines(f service.File) {
	b.Helper()
	text, head, lines := b.confirmation(f)
	_, docs := b.file(f.ID, int(f.Documents))
	want := filing.FileFacts{PartyCode: "ABC", Sequence: f.Sequence, FileName: f.Name, ReadIn: f.ReadInDay,
		Documents: f.Documents, Sum: 300_00 * money.Amount(f.Documents)}
	if diff := cmp.Diff(want, head); diff != "" {
		b.Fatal(diff)
	}
	var first int64
	fmt.Sscanf(lines[0].CaseNumber, "2026-%d", &first)
	for i, line := range lines {
		want := filing.ConfirmedCase{Reference: filed(docs[i]).Reference, CaseNumber: fmt.Sprintf("2026-%07d", first+int64(i)),
			Registered: calendar.Of(b.clock.Now()), Fee: 300_00, Sum: filed(docs[i]).Total, State: filing.StateRegistered}
		if diff := cmp.Diff(want, line); diff != "" {
			b.Fatalf("file %d, document %d: %s", f.ID, i+1, diff)
		}
	}
	if again, _, _ := b.confirmation(f); again != text {
		b.Fatal("written again, the confirmation differs")
	}
}

func TestWorkersThatSetAsideAtOnce(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(1, 8)
		var workers sync.WaitGroup
		for i := range docs {
			workers.Go(func() {
				if err := b.apply(f, docs[i:i+1]); err != nil {
					b.Error(err)
				}
			})
		}
		workers.Wait()
		b.checkLines(f)
		if n := b.count(`SELECT next FROM service_series`); n != 9 {
			b.Errorf("the series goes on at %d, want 9", n)
		}
	})
}

func TestSeriesBeginsAnewWithTheYear(t *testing.T) {
	each(t, func(b *bench) {
		for i, day := range []string{"2026-12-30", "2027-01-04", "2027-01-05"} {
			b.clock.Set(calendar.MustDay(day).At(19, 0))
			f, docs := b.file(int64(i+1), 2)
			b.must(b.apply(f, docs))
		}
		for _, number := range []string{"2026-0000002", "2027-0000001", "2027-0000004"} {
			if _, found := b.caseOf(number); !found {
				b.Errorf("no case %s", number)
			}
		}
	})
}

// A file whose evening passes midnight of New Year keeps the year it began in.
func TestFileKeepsItsDay(t *testing.T) {
	each(t, func(b *bench) {
		b.clock.Set(time.Date(2026, 12, 31, 22, 59, 0, 0, time.UTC))
		f, docs := b.file(1, 3)
		b.must(b.apply(f, docs[:1]))
		b.clock.Set(time.Date(2026, 12, 31, 23, 1, 0, 0, time.UTC)) // 1 January in Stockholm
		b.must(b.apply(f, docs[1:]))
		c, _ := b.caseOf("2026-0000003")
		if c.Registered != calendar.MustDay("2026-12-31") {
			b.Errorf("registered on %s", c.Registered)
		}
	})
}

// A file that is broken off and goes on another day: its later cases are of the
// file's day, but what is done in them is dated, and to be done, by the day on
// which they come to be.
func TestFileGoesOnAnotherDay(t *testing.T) {
	each(t, func(b *bench) {
		one, other := claim(1), claim(1)
		other.Reference = "other"
		other.Parts[1].Amount, other.Total = 200_00, 1200_00 // costs above the caps
		f, docs := b.fileOf(1, one, other)
		b.must(b.apply(f, docs[:1]))
		first := calendar.Today(b.clock)
		b.clock.Set(first.AddDays(3).At(19, 0))
		b.must(b.apply(f, docs[1:]))
		_, _, lines := b.confirmation(f)
		for i, made := range []calendar.Day{first, first.AddDays(3)} {
			c, _ := b.caseOf(lines[i].CaseNumber)
			if c.Registered != first || c.States[0].Since != made {
				b.Errorf("case %d: registered %s, stands so since %s, want %s and %s", i+1, c.Registered, c.States[0].Since, first, made)
			}
			for _, e := range b.story(lines[i].CaseNumber) {
				if e.Day != made {
					b.Errorf("case %d: %s is told of %s, want %s", i+1, e.Kind, e.Day, made)
				}
			}
		}
		orders, _ := b.caseOf(lines[0].CaseNumber)
		c, _ := b.caseOf(lines[1].CaseNumber)
		if c.States[0].Until.Sub(orders.States[0].Until) != 3 {
			b.Errorf("the orders are to be given by %s and %s", orders.States[0].Until, c.States[0].Until)
		}
		contested := c.States[len(c.States)-1]
		if contested.State != paymentorder.Contested || contested.Until.Sub(first.AddDays(3)) < 28 {
			b.Errorf("transfer is to be asked for by %s, the notice is of %s: %+v", contested.Until, first.AddDays(3), contested)
		}
		b.checkDeadlines()
	})
}
