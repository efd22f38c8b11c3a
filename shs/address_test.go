package shs

import (
	"strings"
	"testing"
	"time"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, key, urn, shown string }{
		{"urn:X-shs:5560000167", "5560000167", "urn:X-shs:5560000167", "5560000167"},
		{"URN:x-SHS:5560000167", "5560000167", "urn:X-shs:5560000167", "5560000167"},
		{" 5560000167 ", "5560000167", "urn:X-shs:5560000167", "5560000167"},
		{"165560000167", "5560000167", "urn:X-shs:165560000167", "5560000167"},
		{"556000-0167", "5560000167", "urn:X-shs:556000-0167", "5560000167"},
		{"5560000167.a.b", "5560000167.a.b", "urn:X-shs:5560000167.a.b", "5560000167.a.b"},
		{"195501010000.x", "5501010000.x", "urn:X-shs:195501010000.x", "550101-****.x"},
	}
	for _, test := range tests {
		a, err := ParseAddress(test.in)
		if err != nil || a.Key() != test.key || a.URN() != test.urn || a.String() != test.shown {
			t.Errorf("%q: key %q, URN %q, shown %q, error %v", test.in, a.Key(), a.URN(), a.String(), err)
		}
	}
	for _, in := range []string{"", "urn:X-shs:", "556000016", "55600001670", "175560000167", "556000016a", "5560000167.", "5560000167.a b", "5560000167./..", "５５６００００１６７"} {
		if a, err := ParseAddress(in); err == nil {
			t.Errorf("%q is taken for %q", in, a.Key())
		}
	}
}

func TestAddressErrorsDoNotTellPersonalNumbers(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"195501010000.", "19550101000", "550101000a"} {
		if _, err := ParseAddress(in); err == nil || strings.Contains(err.Error(), "0101000") {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestAddressesAreComparedWhole(t *testing.T) {
	t.Parallel()
	parse := func(s string) Address {
		a, err := ParseAddress(s)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	tests := []struct {
		a, b string
		want bool
	}{
		{"5560000167", "165560000167", true},
		{"5560000167.a", "165560000167.a", true},
		{"5560000167", "5560000167.a", false},
		{"5560000167.a", "5560000167.ab", false},
		{"5560000167", "5560000175", false},
	}
	for _, test := range tests {
		if got := parse(test.a).Equal(parse(test.b)); got != test.want {
			t.Errorf("%s and %s equal: %v", test.a, test.b, got)
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	tests := map[string]time.Time{
		"2025-11-03T08:15:00":       time.Date(2025, 11, 3, 7, 15, 0, 0, time.UTC),
		"2025-07-03T08:15:00":       time.Date(2025, 7, 3, 6, 15, 0, 0, time.UTC),
		"2025-07-03T08:15:00.123":   time.Date(2025, 7, 3, 6, 15, 0, 123e6, time.UTC),
		"2025-07-03T08:15:00Z":      time.Date(2025, 7, 3, 8, 15, 0, 0, time.UTC),
		"2025-07-03T08:15:00+01:00": time.Date(2025, 7, 3, 7, 15, 0, 0, time.UTC),
		"2013-06-17":                time.Date(2013, 6, 16, 22, 0, 0, 0, time.UTC),
	}
	for in, want := range tests {
		if got, err := ParseTime(in); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	if _, err := ParseTime("2025-13-01T00:00:00"); err == nil {
		t.Error("a thirteenth month is accepted")
	}
	if got := FormatTime(time.Date(2025, 7, 3, 6, 15, 0, 999, time.UTC)); got != "2025-07-03T08:15:00" {
		t.Errorf("written as %s", got)
	}
}

func TestNewIDFollowsTheRandomness(t *testing.T) {
	t.Parallel()
	a, err := NewID(seeded(1))
	if err != nil || !IsUUID(a) || a[14] != '4' || !strings.ContainsRune("89ab", rune(a[19])) {
		t.Errorf("%q, %v", a, err)
	}
	if b, _ := NewID(seeded(1)); b != a {
		t.Errorf("same randomness gives %s and %s", a, b)
	}
	if b, _ := NewID(seeded(2)); b == a {
		t.Error("other randomness gives the same")
	}
	if _, err := NewID(strings.NewReader("short")); err == nil {
		t.Error("too little randomness is enough")
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Code{
		"": "", "  ": "", "illegalsender": IllegalSender, "MISSINGAGREEMENT": MissingAgreement, "SomethingNew": OtherError,
	} {
		if got := ParseCode(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	for _, w := range wordings() {
		if w.code.Swedish() == "" || w.code.English() == "" || ParseCode(string(w.code)) != w.code {
			t.Errorf("%+v", w)
		}
	}
}
