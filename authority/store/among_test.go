package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

func TestAmong(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ values, places, last int }{
		{1, 1, 1}, {2, 8, 2}, {8, 8, 8}, {9, 64, 9}, {512, 512, 512}, {513, 513, 513},
	} {
		values := make([]int, test.values)
		for i := range values {
			values[i] = i + 1
		}
		places, args := store.Among(3, values)
		all := strings.Split(places, ",")
		if len(all) != test.places || len(args) != test.places {
			t.Errorf("%d values: %d places, %d arguments, want %d", test.values, len(all), len(args), test.places)
			continue
		}
		if last := fmt.Sprintf("$%d", test.places+2); all[0] != "$3" || all[len(all)-1] != last || args[len(args)-1] != any(test.last) {
			t.Errorf("%d values: places %s to %s, the last argument %v", test.values, all[0], all[len(all)-1], args[len(args)-1])
		}
	}
}

func TestAmongInAStatement(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createNote)
		err := db.Do(t.Context(), func(tx store.Tx) error {
			for id := range int64(20) {
				if err := insert(id, fmt.Sprint(id))(tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range [][]int64{nil, {3}, {1, 7}, {0, 2, 4, 6, 8, 10, 12, 14, 16, 18}} {
			var got []int64
			err := db.Read(t.Context(), func(r store.Reader) (err error) {
				places, args := store.Among(2, want)
				got, err = store.Collect(func(rows *store.Rows) (id int64, err error) { return id, rows.Scan(&id) })(
					r.Query(`SELECT id FROM note WHERE id < $1 AND id IN (`+places+`) ORDER BY id`, append([]any{20}, args...)...))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
	})
}

func TestChunks(t *testing.T) {
	t.Parallel()
	var sizes []int
	for some := range store.Chunks(make([]int, 1100)) {
		sizes = append(sizes, len(some))
	}
	if want := []int{512, 512, 76}; !slices.Equal(sizes, want) {
		t.Errorf("chunks of %d, want %d", sizes, want)
	}
}
