package claimlist

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"filtjanst/calendar"
)

// actOptions are those of a list of acts.
func actOptions(t *testing.T) Options {
	t.Helper()
	m, _, err := MappingOf(Acts)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Mapping: m, Today: calendar.MustDay("2026-11-23")}
}

// Of some lists nothing is made, and both languages say why.
func TestUnusableLists(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text   string
		json   bool
		sv, en string
	}{
		"empty":            {"", false, "listan är tom", "the list is empty"},
		"blank":            {"\n\r\n", false, "listan är tom", "the list is empty"},
		"no case":          {"refrence;amount\n1;2\n", false, "refrence → reference?", "name the column one of"},
		"column twice":     {"reference;amount;amount\n1;2;3\n", false, "kolumnerna 2 (amount) och 3 (amount)", "leave one of them out"},
		"by two names":     {"Referens;amount;reference\n1;2;3\n", false, "(Referens) och 3 (reference)", "columns 1 (Referens) and 3"},
		"broken off":       {`{"reference":"1"}` + "\n{", true, "objekt 2: den slutar mitt i", "object 2: it breaks off"},
		"array broken off": {`[{"reference":"1"}`, true, "kan inte läsas som JSON", "cannot be read as JSON"},
		"no objects":       {"42", true, "en lista av objekt", "an array of objects"},
		"unknown key":      {`{"referense":"1"}`, true, "menades \"reference\"?", "did you mean"},
		"object as value":  {`{"reference":{}}`, true, "\"reference\" ska vara en text", "is to be a text or a number"},
	} {
		_, err := ReadActs(strings.NewReader(test.text), test.json, actOptions(t))
		var u *Unusable
		if !errors.As(err, &u) || !strings.Contains(u.Swedish(), test.sv) || !strings.Contains(u.English(), test.en) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The header tells what parts the columns, unless the mapping does.
func TestSeparators(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"semicolon": "reference;reason\n1,5;paid\n", "comma": "reference,reason\n\"1,5\",paid\n", "tab": "reference\treason\n1,5\tpaid\n",
		"blank lines": "\r\n\r\nreference,reason\r\n\"1,5\",paid\r\n", "one column": "reference\n1,5\n",
	} {
		list, err := ReadActs(strings.NewReader(text), false, actOptions(t))
		if err != nil || len(list.Acts) != 1 || list.Acts[0].Reference != "1,5" {
			t.Errorf("%s: %+v, %v", name, list, err)
		}
	}
}

// A value too many is a separator in a value without quotes: what it would shift
// is not used. Columns go by the name that they have in the list.
func TestRowsThatDoNotFitTheHeader(t *testing.T) {
	t.Parallel()
	list, err := ReadActs(strings.NewReader("reference,amount\nA,100,50\nB,100,\nC,x\nD\x1b[2J"+strings.Repeat("d", 100)+",x\n"), false, actOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Acts) != 1 || list.Acts[0].Reference != "B" {
		t.Errorf("acts %+v", list.Acts)
	}
	if !told(list.Report, Refused, "fler värden än det finns kolumner") {
		t.Errorf("problems %v", list.Report.Problems)
	}
	for _, p := range list.Report.Problems {
		if p.Column != "" && p.Column != "amount" && p.Column != "reference" {
			t.Errorf("the column is called %q", p.Column)
		}
		if strings.Contains(p.Reference, "\x1b") || utf8.RuneCountInString(p.Reference) > mostShown+1 {
			t.Errorf("shown as it came: %q", p.Reference)
		}
	}
}
