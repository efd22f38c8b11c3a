package intake

import (
	"fmt"
	"sync"
	"testing"

	"filtjanst/authority/store"
)

// TestIndexIsReadOnce: however many ask, and then of memory alone.
func TestIndexIsReadOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	w.policies(t, required, unnoted)
	w.approveOne(1)
	id := w.approved().ID
	first, err := w.door.indexOf(t.Context(), id)
	w.must(err)
	w.do(func(tx store.Tx) error {
		_, err := tx.Exec(`DELETE FROM intake_bytes`)
		return err
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			again, err := w.door.indexOf(t.Context(), id)
			if err != nil || again != first {
				t.Errorf("read again: %v", err)
			}
		})
	}
	all.Wait()
	if len(first.marks) != 3 {
		t.Errorf("%d marks of 3 documents", len(first.marks))
	}
}

// TestIndexThatCannotBeReadIsTriedAgain: an error is not remembered.
func TestIndexThatCannotBeReadIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	w.policies(t, required, unnoted)
	if _, err := w.door.indexOf(t.Context(), 2); err == nil {
		t.Error("a file that is not there has an index")
	}
	for range 2 { // ids are handed out in turn
		w.approveOne(w.expected())
	}
	if _, err := w.door.indexOf(t.Context(), w.approved().ID); err != nil {
		t.Error(err)
	}
}

// TestIndexesGiveUpTheOldest: the one asked for longest ago goes first, and one
// too large for all stays alone.
func TestIndexesGiveUpTheOldest(t *testing.T) {
	t.Parallel()
	x := newIndexes()
	build := func(file int64, n int) {
		i := x.of(file)
		i.marks = make([]fingerprint, n)
		x.weigh(i)
	}
	held := func() (files []int64) {
		for _, i := range x.all {
			files = append(files, i.file)
		}
		return files
	}
	const third = mostIndexed / 3
	for i, step := range []struct {
		act  func()
		want string
	}{
		{func() { build(1, third); build(2, third); build(3, third) }, "[1 2 3]"},
		{func() { x.of(1) }, "[2 3 1]"},
		{func() { build(4, third) }, "[3 1 4]"},
		{func() { build(5, 2*mostIndexed) }, "[5]"},
		{func() { build(6, 1) }, "[6]"},
	} {
		step.act()
		if got := fmt.Sprint(held()); got != step.want {
			t.Errorf("step %d: %s, want %s", i, got, step.want)
		}
	}
}
