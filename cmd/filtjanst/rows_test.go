package main

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// counting gives 1, 2, 3 two at a time; the page after 2 fails if fault is set.
func counting(fault error) iter.Seq2[int, error] {
	return byPages(func(after int) ([]int, int, error) {
		if after == 0 {
			return []int{1, 2}, 2, nil
		}
		return []int{3}, 0, fault
	})
}

func TestListsAreAlikeInEveryFormat(t *testing.T) {
	t.Parallel()
	none := inMemory([]int{})
	for name, test := range map[string]struct {
		format           string
		rows             iter.Seq2[int, error]
		data, told, fail string
	}{
		"text":              {formatText, counting(nil), "a\na\na\n", "", ""},
		"json":              {formatJSON, counting(nil), "[\n  1,\n  2,\n  3\n]\n", "", ""},
		"jsonl":             {formatJSONL, counting(nil), "1\n2\n3\n", "", ""},
		"nothing":           {formatText, none, "", "no rows\n", ""},
		"nothing in json":   {formatJSON, none, "[]\n", "", ""},
		"nothing in jsonl":  {formatJSONL, none, "", "", ""},
		"fails":             {formatText, counting(errors.New("gone")), "", "", "gone"},
		"fails in json":     {formatJSON, counting(errors.New("gone")), "", "", "gone"},
		"fails among lines": {formatJSONL, counting(errors.New("gone")), "1\n2\n", "", "gone"},
	} {
		var data, told bytes.Buffer
		a := &app{out: &data, err: &told, format: test.format}
		err := printList(a, test.rows, func(int) []string { return []string{"a"} }, words{"inga rader", "no rows"})
		if diff := cmp.Diff([]string{test.data, test.told}, []string{data.String(), told.String()}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if (err != nil) != (test.fail != "") || err != nil && !strings.Contains(err.Error(), test.fail) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNamesFromFilesArePrintable(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"Ärendenr": "Ärendenr", "a\x1b[2J\nb": "a?[2J?b", strings.Repeat("å", 100): strings.Repeat("å", mostShown) + "…", "": "",
	} {
		if got := printable(given); got != want {
			t.Errorf("%q is shown as %q", given, got)
		}
	}
}
