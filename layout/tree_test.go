package layout

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestVocabularyRefusesDoubles(t *testing.T) {
	t.Parallel()
	for want, g := range map[string]*Group{
		"file.a is named twice":         {Keys: []Key{{Name: "a"}, {Name: "a"}}},
		"file.g is named twice":         {Groups: []*Group{{Name: "g"}, {Name: "g"}}},
		"file.a is both a key and a gr": {Keys: []Key{{Name: "a"}}, Groups: []*Group{{Name: "a"}}},
	} {
		if _, err := NewVocabulary("v", g, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}

func TestReadJSONRefuses(t *testing.T) {
	t.Parallel()
	v := library(t)
	for in, want := range map[string]string{
		`{"referense":"x"}`:             "document.referense: there is no such",
		`{"reference":1}`:               "document.reference: is not a value of kind text",
		`{"total":"1,00"}`:              "document.total: is not a value of kind amount",
		`{"day":"2026-02-30"}`:          "document.day: is not",
		`{"urgent":"true"}`:             "document.urgent: is not",
		`{"item":[{"kind":"tape"}]}`:    "document.item.kind: is not",
		`{"borrower":[{},{},{},{}]}`:    "at most 3",
		`{"borrower":[1]}`:              "wants an object",
		`{"borrower":[{},{"guard":1}]}`: "document.borrower[1].guard: there is no such",
		`{"extra":{"a":1}}`:             "wants an object of strings",
		`{"reference":"x"} x`:           "followed by more",
		`[`:                             "cannot be read",
	} {
		if _, err := ReadJSON(v, DocumentGroup, []byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", in, err)
		}
	}
	tree, err := ReadJSON(v, DocumentGroup, []byte(`{"total":12.5,"item":{"amount":"1","kind":"fee"},"day":null}`))
	if err != nil || tree.Num(0, v.MustKey("document.total")) != 1250 || tree.Num(1, v.MustKey("document.item.amount")) != 100 {
		t.Errorf("%v", err)
	}
}

func TestMarshalMasksSensitive(t *testing.T) {
	t.Parallel()
	b, err := libraryDocument(library(t), "A").MarshalJSON()
	if err != nil || strings.Contains(string(b), "12345678") || !strings.Contains(string(b), `"card":"***"`) {
		t.Errorf("%s, %v", b, err)
	}
}

// TestCalendarAgreesWithTime holds the hand-written calendar against package time.
func TestCalendarAgreesWithTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.Int64Range(firstDay, lastDay).Draw(t, "days")
		y, m, d := civilFromDays(days)
		want := time.Unix(days*86400, 0).UTC()
		if y != want.Year() || m != int(want.Month()) || d != want.Day() || daysFromCivil(y, m, d) != days {
			t.Errorf("%d: %d-%d-%d, wants %s", days, y, m, d, want)
		}
		month, day := rapid.IntRange(0, 13).Draw(t, "month"), rapid.IntRange(0, 32).Draw(t, "day")
		at := time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if real := month > 0 && day > 0 && int(at.Month()) == month && at.Day() == day; validDay(y, month, day) != real {
			t.Errorf("%d-%d-%d", y, month, day)
		}
	})
}

func TestFaultCodesHaveNames(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range FaultCodes() {
		if c.String() == "" || seen[c.String()] {
			t.Errorf("code %d is called %q", c, c)
		}
		seen[c.String()] = true
	}
}

func TestDerivedAndDefaultValues(t *testing.T) {
	t.Parallel()
	v, err := NewVocabulary("padded",
		&Group{Keys: []Key{{Name: "count", Kind: Integer, Required: true}, {Name: "sum", Kind: Amount, Required: true}}},
		&Group{Keys: []Key{{Name: "number", Kind: Digits, Required: true}, {Name: "name", Kind: Text}, {Name: "amount", Kind: Amount}, {Name: "day", Kind: Date}, {Name: "town", Kind: Text}, {Name: "twin", Kind: Digits, Required: true}}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("p.toml", []byte(paddedDescription+`
[derive]
"file.count" = "count:document"
"file.sum" = "sum:document.amount"
"document.twin" = "copy:document.number"
`), v)
	if err != nil {
		t.Fatal(err)
	}
	got := readBack(t, l, TextForm, paddedBytes(4))
	if !strings.Contains(got[0], "count=4\n  sum=600\n") || !strings.Contains(got[2], `twin="000000000001"`) {
		t.Errorf("%v", got)
	}
}
