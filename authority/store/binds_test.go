package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPositional(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]struct {
		text  string
		order []int
	}{
		`SELECT 1`: {`SELECT 1`, nil},
		`SELECT a FROM t WHERE a = $2 AND b = $1 LIMIT $12`:  {`SELECT a FROM t WHERE a = ? AND b = ? LIMIT ?`, []int{1, 0, 11}},
		`SELECT a || '$1 kr' FROM t WHERE a = $1`:            {`SELECT a || '$1 kr' FROM t WHERE a = ?`, []int{0}},
		`SELECT 'it''s $2' WHERE a = $1`:                     {`SELECT 'it''s $2' WHERE a = ?`, []int{0}},
		`SELECT $1 + 1 FROM t GROUP BY $1 + 1`:               {`SELECT $1 + 1 FROM t GROUP BY $1 + 1`, nil},
		`SELECT "$1" FROM t WHERE a = $1`:                    {`SELECT "$1" FROM t WHERE a = $1`, nil},
		"SELECT a FROM t -- of $2\n WHERE a = $1":            {"SELECT a FROM t -- of $2\n WHERE a = $1", nil},
		`SELECT a FROM t WHERE b = ? AND a = $1`:             {`SELECT a FROM t WHERE b = ? AND a = $1`, nil},
		`SELECT a$, $ FROM t WHERE a = $name AND b = $3 + 1`: {`SELECT a$, $ FROM t WHERE a = $name AND b = ? + 1`, []int{2}},
	} {
		text, order := positional(query)
		if diff := cmp.Diff(want.text, text) + cmp.Diff(want.order, order); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestInOrder(t *testing.T) {
	t.Parallel()
	got, ok := inOrder([]any{"a", "b", "c"}, []int{2, 0, 1})
	if diff := cmp.Diff([]any{"c", "a", "b"}, got); diff != "" || !ok {
		t.Errorf("%t (-want +got):\n%s", ok, diff)
	}
	for _, order := range [][]int{{0, 1}, {0, 1, 3}, {0, 1, 2, 3}} {
		if _, ok := inOrder([]any{"a", "b", "c"}, order); ok {
			t.Errorf("three values fit %v", order)
		}
	}
}

func TestAscending(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		order []int
		want  bool
	}{{nil, true}, {[]int{0, 1, 2}, true}, {[]int{1, 0}, false}, {[]int{0, 2}, false}, {[]int{1}, false}} {
		if got := ascending(test.order); got != test.want {
			t.Errorf("%v: %t", test.order, got)
		}
	}
}
