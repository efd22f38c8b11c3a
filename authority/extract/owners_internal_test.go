package extract

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// However little is held in memory, the same rows are found as with all of it.
func TestOwners(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SampledFrom([][2]string{{"A", "x"}, {"A", "y"}, {"B", "x"}, {"AB", "y"}, {"", "x"}, {"Ö", "z"}}), 0, 40).Draw(t, "rows")
		o := newOwners(rapid.IntRange(1, 10).Draw(t, "in memory"))
		defer o.discard()
		first, want := map[string]int64{}, [][2]int64(nil)
		for i, row := range rows {
			key, person, line := row[0], row[1], int64(i+1)
			if err := o.add(key, person, line); err != nil {
				t.Fatal(err)
			}
			if first[key] == 0 {
				first[key] = line
			}
			if before := first[key]; rows[before-1][1] != person {
				want = append(want, [2]int64{before, line})
			}
		}
		var got [][2]int64
		if err := o.twice(func(first, again owned) { got = append(got, [2]int64{first.line, again.line}) }); err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got, func(a, b [2]int64) int { return int(a[1] - b[1]) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows with the key of another's (-want +got):\n%s", diff)
		}
	})
}

// What was laid on disk is not left there, and that it is cut off is told.
func TestOwnersOnDisk(t *testing.T) {
	t.Parallel()
	o := newOwners(2)
	for line := range int64(5) {
		if err := o.add("A", "x", line+1); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.disk.Truncate(o.ends[1] - 1); err != nil {
		t.Fatal(err)
	}
	if err := o.twice(func(owned, owned) {}); err == nil {
		t.Error("a row that is cut off is not told")
	}
	o.discard()
	if _, err := os.Stat(o.disk.Name()); !os.IsNotExist(err) {
		t.Errorf("the keys are left on disk: %v", err)
	}
}
