package intake

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// due lists what is to be read in by the day.
func (w *world) due(day calendar.Day, after int64, limit int) (all []service.File) {
	w.Helper()
	w.read(func(r store.Reader) (err error) {
		all, err = w.door.Due(r, day, after, limit)
		return err
	})
	return all
}

func (w *world) firstFile() service.File {
	w.Helper()
	all := w.due(filingtest.Today.AddDays(30), 0, 1)
	if len(all) == 0 {
		w.Fatal("no file is due")
	}
	return all[0]
}

// approve sends submission n.
func (w *world) approve(n int64) {
	w.Helper()
	w.take(w.shs(), file(filing.TextForm, w.self.code, n, 2, 0), note(filing.TextForm, w.self.code, n, 2, 0))
}

func TestDueInOrder(t *testing.T) {
	each(t, func(w *world) {
		w.approve(1)
		w.clock.Advance(time.Hour)
		w.approve(2)
		w.clock.Advance(10 * time.Hour) // after the run
		w.approve(3)
		w.take(w.shs(), file(filing.TextForm, code, 9, 1, 0), note(filing.TextForm, code, 9, 1, 0)) // rejected
		w.take(w.shs(), file(filing.TextForm, code, 4, 1, 0))                                       // waiting
		numbers := func(files []service.File) (all []int64) {
			for _, f := range files {
				all = append(all, f.Sequence)
			}
			return all
		}
		today := filingtest.Today
		if diff := cmp.Diff([]int64{1, 2}, numbers(w.due(today, 0, 10))); diff != "" {
			t.Errorf("today (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]int64{1, 2, 3}, numbers(w.due(today+1, 0, 10))); diff != "" {
			t.Errorf("tomorrow (-want +got):\n%s", diff)
		}
		first := w.due(today+1, 0, 1)
		if diff := cmp.Diff([]int64{2, 3}, numbers(w.due(today+1, first[0].ID, 10))); diff != "" {
			t.Errorf("after the first (-want +got):\n%s", diff)
		}
		f := first[0]
		if f.PartyCode != code || f.CodeID != codeID || f.Documents != 2 || f.Sender != owner || f.ReadInDay != today ||
			f.Transaction != filing.BFApplication || f.SetDigest != filing.Own().Digest() || !f.Arrived.Equal(noon()) || f.Sum == 0 {
			t.Errorf("file %+v", f)
		}
	})
}

func TestProgressUnderAFence(t *testing.T) {
	each(t, func(w *world) {
		w.approve(1)
		f := w.firstFile()
		advance := func(from, to, fence int64) error {
			return w.db.Do(t.Context(), func(tx store.Tx) error { return w.door.Advance(tx, f.ID, from, to, fence) })
		}
		done := func(fence int64) error {
			return w.db.Do(t.Context(), func(tx store.Tx) error { return w.door.Done(tx, f.ID, fence, noon()) })
		}
		steps := []struct {
			what string
			err  error
			want error
		}{
			{"the first chunk", advance(0, 1, 5), nil},
			{"the same chunk again", advance(0, 1, 5), ErrFenced},
			{"a worker that lost its lease", advance(1, 2, 4), ErrFenced},
			{"the end before all is read in", done(5), ErrFenced},
			{"the next worker", advance(1, 2, 6), nil},
			{"the end by the old worker", done(5), ErrFenced},
			{"the end", done(6), nil},
			{"the end again", done(6), ErrFenced},
			{"a chunk after the end", advance(2, 3, 7), ErrFenced},
		}
		for _, s := range steps {
			if !errors.Is(s.err, s.want) || s.want == nil && s.err != nil {
				t.Errorf("%s: %v, want %v", s.what, s.err, s.want)
			}
		}
		w.read(func(r store.Reader) error {
			cursor, ended, err := w.door.Progress(r, f.ID)
			if cursor != 2 || !ended {
				t.Errorf("progress %d, %v", cursor, ended)
			}
			return err
		})
		if files := w.due(filingtest.Today+9, 0, 10); len(files) != 0 {
			t.Errorf("still due: %v", files)
		}
	})
}

// TestTheSetStays: a file is read for good with the set it was checked with,
// also where that set is no longer configured.
func TestTheSetStays(t *testing.T) {
	each(t, func(w *world) {
		old := limitedSet(t, "1000000")
		w.rooms.Sets = filing.Sets{old}
		w.reopen()
		w.approve(1)
		w.take(w.shs(), file(filing.TextForm, code, 2, 1, 0))
		w.rooms.Sets = filing.Sets{filing.Own()}
		w.reopen()
		body, set, err := w.door.Open(t.Context(), w.firstFile().ID)
		w.must(err)
		body.Close()
		if set.Digest() != old.Digest() || set.Digest() == filing.Own().Digest() {
			t.Errorf("read with set %s, want %s", set.Digest(), old.Digest())
		}
		if diff := cmp.Diff(are(yes), outcomes(w.take(w.shs(), note(filing.TextForm, code, 2, 1, 0)))); diff != "" {
			t.Errorf("a half that waited through the change (-want +got):\n%s", diff)
		}
		w.checkWhole()
	})
}

func TestRejectionsStayOpen(t *testing.T) {
	each(t, func(w *world) {
		open := func() (all []Rejection) {
			w.read(func(r store.Reader) (err error) {
				all, err = w.door.OpenRejections(r, codeID, 0, 10)
				return err
			})
			return all
		}
		for _, n := range []int64{5, 6} {
			w.take(w.shs(), file(filing.TextForm, code, n, 1, 0), note(filing.TextForm, code, n, 1, 0))
		}
		rejected := open()
		if len(rejected) != 2 || rejected[0].Sequence != 5 || !rejected[0].Opened.Equal(noon()) {
			t.Fatalf("open: %+v", rejected)
		}
		abandon := func(reason string) error {
			return w.db.Do(t.Context(), func(tx store.Tx) error { return w.door.Abandon(tx, rejected[0].ID, reason, noon()) })
		}
		if err := abandon(" "); err == nil {
			t.Error("abandoned without a reason")
		}
		w.must(abandon("sent on paper"))
		if err := abandon("again"); !errors.Is(err, ErrClosed) {
			t.Errorf("abandoned twice: %v", err)
		}
		if left := open(); len(left) != 1 || left[0].Sequence != 6 {
			t.Errorf("open after one is abandoned: %+v", left)
		}
		w.approve(1)
		if left := open(); len(left) != 0 {
			t.Errorf("open after an approved file: %+v", left)
		}
	})
}
