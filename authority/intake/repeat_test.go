package intake

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
)

func TestRepeatOverSHS(t *testing.T) {
	each(t, func(w *world) {
		a := w.shs()
		content, cover := file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0)
		first := w.take(a, content, cover)
		w.clock.Advance(3 * time.Hour)
		again := w.take(a, []byte("whatever comes under the same id"))
		first.Duplicate = true
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("answer (-first +again):\n%s", diff)
		}
		other := a
		other.Sender = stranger // ids belong to their sender
		if answer := w.take(other, content, cover); answer.TransactionID == first.TransactionID {
			t.Error("another sender got the first one's answer")
		}
		w.checkWhole()
	})
}

func TestRepeatOverETransport(t *testing.T) {
	each(t, func(w *world) {
		content, cover := file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0)
		first := w.take(upload(), content)
		w.clock.Advance(time.Minute)
		waiting := w.take(upload(), content)
		w.take(upload(), cover)
		approved := w.take(upload(), content)
		for _, again := range []Answer{waiting, approved} {
			if again.TransactionID != first.TransactionID || !again.Arrived.Equal(first.Arrived) || !again.Duplicate {
				t.Errorf("repeat is answered %+v, first %+v", again, first)
			}
		}
		if diff := cmp.Diff(are(yes), outcomes(approved)); diff != "" {
			t.Errorf("outcome (-want +got):\n%s", diff)
		}
		if n := len(w.receipts(owner)); n != 1 {
			t.Errorf("%d receipts, want 1", n)
		}
		w.checkWhole()
	})
}

// TestRejectedBytesAreCheckedAfresh: a failed file does not poison the
// duplicate check of its correction, nor of itself when the cause is gone.
func TestRejectedBytesAreCheckedAfresh(t *testing.T) {
	each(t, func(w *world) {
		two, cover := file(filing.TextForm, code, 2, 1, 0), note(filing.TextForm, code, 2, 1, 0)
		w.take(upload(), two)
		if diff := cmp.Diff(are(no), outcomes(w.take(upload(), cover))); diff != "" {
			t.Fatalf("number 2 first (-want +got):\n%s", diff)
		}
		w.take(w.shs(), file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0))
		w.take(upload(), two)
		if diff := cmp.Diff(are(yes), outcomes(w.take(upload(), cover))); diff != "" {
			t.Errorf("number 2 after 1 (-want +got):\n%s", diff)
		}
		w.checkWhole()
	})
}

// atOnceAll runs fn n times at once and returns the answers.
func atOnceAll(n int, fn func(i int) (Answer, error)) ([]Answer, []error) {
	answers, errs := make([]Answer, n), make([]error, n)
	var all sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-begin
			answers[i], errs[i] = fn(i)
		})
	}
	close(begin)
	all.Wait()
	return answers, errs
}

func (w *world) together(n int, fn func(i int) (Answer, error)) []Answer {
	w.Helper()
	answers, errs := atOnceAll(n, fn)
	for _, err := range errs {
		w.must(err)
	}
	return answers
}

// TestTheSameMessageManyTimesAtOnce: the constraint decides, and every loser
// gets the winner's answer.
func TestTheSameMessageManyTimesAtOnce(t *testing.T) {
	contents := [][]byte{file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0)}
	cases := map[string]struct {
		arrival func(*world) Arrival
		parts   [][]byte
		want    []filing.Outcome
		answers int // receipts
	}{
		"shs, whole":        {func(w *world) Arrival { return w.shs() }, contents, are(yes, yes), 1},
		"shs, half":         {func(w *world) Arrival { return w.shs() }, contents[:1], are(wait), 0},
		"e-transport, half": {func(*world) Arrival { return upload() }, contents[:1], are(wait), 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				a := c.arrival(w)
				answers := w.together(8, func(int) (Answer, error) { return w.door.Take(t.Context(), a, parts(c.parts...)) })
				ids := map[string]bool{}
				for _, answer := range answers {
					ids[answer.TransactionID+answer.Arrived.String()] = true
					if diff := cmp.Diff(c.want, outcomes(answer)); diff != "" {
						t.Errorf("outcomes (-want +got):\n%s", diff)
					}
				}
				if len(ids) != 1 {
					t.Errorf("answers differ: %v", ids)
				}
				if n := len(w.receipts(owner)); n != c.answers {
					t.Errorf("%d receipts, want %d", n, c.answers)
				}
				w.checkWhole()
			})
		})
	}
}

func TestTwoHalvesAtOnce(t *testing.T) {
	each(t, func(w *world) {
		for n := int64(1); n <= 10; n++ {
			halves := [][]byte{file(filing.TextForm, code, n, 1, 0), note(filing.TextForm, code, n, 1, 0)}
			arrivals := []Arrival{w.shs(), w.shs()}
			answers := w.together(2, func(i int) (Answer, error) { return w.door.Take(t.Context(), arrivals[i], parts(halves[i])) })
			told := map[filing.Outcome]int{}
			for _, answer := range answers {
				told[answer.Outcomes[0].Outcome]++
			}
			if diff := cmp.Diff(map[filing.Outcome]int{wait: 1, yes: 1}, told); diff != "" {
				t.Fatalf("submission %d (-want +got):\n%s", n, diff)
			}
		}
		w.checkWhole()
	})
}

// TestOneNumberForOneOfMany: many different files of one number at once.
func TestOneNumberForOneOfMany(t *testing.T) {
	each(t, func(w *world) {
		const n = 6
		arrivals := make([]Arrival, n)
		for i := range arrivals {
			arrivals[i] = w.shs()
		}
		answers := w.together(n, func(i int) (Answer, error) {
			v := uint64(i)
			return w.door.Take(t.Context(), arrivals[i], parts(file(filing.TextForm, code, 1, 1, v), note(filing.TextForm, code, 1, 1, v)))
		})
		approved := 0
		for _, answer := range answers {
			if answer.Outcomes[0].Outcome == yes {
				approved++
			}
		}
		if approved != 1 || w.expected() != 2 || len(w.receipts(owner)) != n {
			t.Errorf("%d approved, expected next %d, %d receipts", approved, w.expected(), len(w.receipts(owner)))
		}
		w.checkWhole()
	})
}

func TestManyFilersAtOnce(t *testing.T) {
	each(t, func(w *world) {
		const filers, files = 6, 5
		for i := range filers {
			w.addOne(int64(100+i), fmt.Sprintf("F%d", i))
		}
		answers := w.together(filers, func(i int) (last Answer, err error) {
			c := fmt.Sprintf("F%d", i)
			for n := int64(1); n <= files && err == nil; n++ {
				a := Arrival{Sender: owner, Channel: SHS, TxID: fmt.Sprintf("%s-%d", c, n), Transaction: filing.BFApplication}
				last, err = w.door.Take(t.Context(), a, parts(file(filing.TextForm, c, n, 1, 0), note(filing.TextForm, c, n, 1, 0)))
			}
			return last, err
		})
		for i, answer := range answers {
			if diff := cmp.Diff(are(yes, yes), outcomes(answer)); diff != "" {
				t.Errorf("filer %d (-want +got):\n%s", i, diff)
			}
		}
		w.checkWhole()
	})
}
