package paymentorder

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"filtjanst/calendar"
)

func TestPatterns(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay("2026-03-02")
	good := map[string]string{
		DefaultPattern:       "2026-0000017",
		"{serial}":           "17",
		"B{yy}-{serial:6}-K": "B26-000017-K",
		"01-{serial:6}-{yy}": "01-000017-26",
	}
	for text, want := range good {
		p, err := ParsePattern(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := formatNumber(p.series(day), 17); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "{yyyy}", "{serial}{serial}", "{serial", "{serial:}", "{serial:0}", "{serial:13}", "{serialx}",
		"{serial:-1}", "mål{serial}", "{serial} ", "{year}{serial}", strings.Repeat("A", 12) + "{serial}", "{serial:12}-{yyyy}-{yyyy}"} {
		if _, err := ParsePattern(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

// Numbers of one series differ, whatever the pattern.
func TestNumbersDiffer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Z0-9-]{0,4}\{serial(:[1-9])?\}[A-Z0-9-]{0,4}`).Draw(t, "pattern")
		p, err := ParsePattern(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		a, b := rapid.Int64Range(1, 1e9).Draw(t, "a"), rapid.Int64Range(1, 1e9).Draw(t, "b")
		series := p.series(calendar.MustDay("2026-01-01"))
		if x, y := formatNumber(series, a), formatNumber(series, b); (x == y) != (a == b) {
			t.Errorf("%s: %d gives %s, %d gives %s", text, a, x, b, y)
		}
	})
}
