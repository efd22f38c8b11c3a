package authority_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
)

func TestReadActs(t *testing.T) {
	t.Parallel()
	want := []authority.ActRow{
		{Row: 1, Number: "2026-0000001", Values: map[string]string{"respondent": "1", "text": "åtta, nio"}},
		{Row: 2, Number: "2026-0000002", Values: map[string]string{"respondent": "2"}},
	}
	for name, list := range map[string]string{
		"semicolons and a mark": "\ufeffnumber;respondent;text\r\n2026-0000001;1;åtta, nio\r\n 2026-0000002 ;2;\r\n",
		"commas":                "respondent,number,text\n1,2026-0000001,\"åtta, nio\"\n2,2026-0000002,",
		"JSON lines":            `{"number":"2026-0000001","respondent":1,"text":"åtta, nio"}` + "\n" + `{"number":"2026-0000002","respondent":"2","text":null}`,
	} {
		got, err := readActs(list)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What cannot be read ends the list, after the rows before it.
func TestReadActsOfBrokenLists(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		list string
		rows int
		why  string
	}{
		"empty":           {"", 0, ""},
		"names only":      {"number;respondent\n", 0, ""},
		"a value too few": {"number;respondent\n1;2\n3\n", 1, "wrong number of fields"},
		"Latin-1":         {"number;text\n1;\xe5tta\n", 0, "UTF-8"},
		"cut":             {`{"number":"1"}` + "\n{", 1, "unexpected EOF"},
	} {
		got, err := readActs(test.list)
		if len(got) != test.rows || (err == nil) != (test.why == "") || err != nil && !strings.Contains(err.Error(), test.why) {
			t.Errorf("%s: %d rows, %v", name, len(got), err)
		}
	}
}

func readActs(list string) (all []authority.ActRow, err error) {
	for row, err := range authority.ReadActs(strings.NewReader(list)) {
		if err != nil {
			return all, err
		}
		all = append(all, row)
	}
	return all, nil
}
