package calendar

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDayNumbers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text    string
		number  Day
		weekday time.Weekday
	}{
		{"0001-01-01", 1, time.Monday},
		{"1970-01-01", unixEpoch, time.Thursday},
		{"1969-12-31", unixEpoch - 1, time.Wednesday},
		{"2000-02-29", 730179, time.Tuesday},
		{"2026-11-23", 739943, time.Monday},
		{"9999-12-31", lastDay, time.Friday},
	} {
		d, err := ParseDay(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		if d != tt.number || d.Weekday() != tt.weekday || d.String() != tt.text {
			t.Errorf("%s: number %d, %s, %q; want %d, %s", tt.text, d, d.Weekday(), d.String(), tt.number, tt.weekday)
		}
	}
}

func TestParseDayRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "20260101", "2026-1-1", "26-01-01", "2026-01-01 ", "0000-01-01", "2026-01-01T00:00:00Z", "２０２６-01-01"} {
		if d, err := ParseDay(s); !errors.Is(err, ErrDay) || d != 0 {
			t.Errorf("ParseDay(%q) = %v, %v; want ErrDay", s, d, err)
		}
	}
}

func TestValidDate(t *testing.T) {
	t.Parallel()
	if _, ok := ValidDate(2025, 2, 29); ok {
		t.Error("2025-02-29 passed for a date")
	}
	if _, ok := ValidDate(10000, 1, 1); ok {
		t.Error("year 10000 passed for a date")
	}
	if d, ok := ValidDate(2024, 2, 29); !ok || d != MustDay("2024-02-29") {
		t.Errorf("2024-02-29 = %v, %v", d, ok)
	}
}

func TestOfIsTheDayInStockholm(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ instant, day string }{
		{"2026-01-31T22:59:59Z", "2026-01-31"},
		{"2026-01-31T23:00:00Z", "2026-02-01"}, // winter: UTC+1
		{"2026-07-31T21:59:59Z", "2026-07-31"},
		{"2026-07-31T22:00:00Z", "2026-08-01"}, // summer: UTC+2
		{"2026-08-01T00:30:00+09:00", "2026-07-31"},
	} {
		instant, err := time.Parse(time.RFC3339, tt.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := Of(instant).String(); got != tt.day {
			t.Errorf("Of(%s) = %s, want %s", tt.instant, got, tt.day)
		}
		if got := Today(NewFixed(instant)).String(); got != tt.day {
			t.Errorf("Today(%s) = %s, want %s", tt.instant, got, tt.day)
		}
	}
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-05-31", 13, "2027-06-30"},
	} {
		if got := MustDay(tt.from).AddMonths(tt.n).String(); got != tt.want {
			t.Errorf("%s + %d months = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func drawDay(t *rapid.T, label string) Day {
	return Day(rapid.Int32Range(1, int32(lastDay)).Draw(t, label))
}

func TestDayRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t, "day")
		if back := FromTime(d.Time()); back != d {
			t.Fatalf("through time.Time: %d became %d", d, back)
		}
		if back := Date(d.Date()); back != d {
			t.Fatalf("through year, month, day: %d became %d", d, back)
		}
		if d.Weekday() != d.Time().Weekday() {
			t.Fatalf("%s is %s, time says %s", d, d.Weekday(), d.Time().Weekday())
		}
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back Day
		if err := json.Unmarshal(text, &back); err != nil || back != d {
			t.Fatalf("through JSON %s: %d became %d, %v", text, d, back, err)
		}
		if Of(d.At(12, 0)) != d {
			t.Fatalf("noon of %s is on %s", d, Of(d.At(12, 0)))
		}
	})
}

func TestMonthsNeverSkipAMonth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int32Range(400000, 900000).Draw(t, "day"))
		n := rapid.IntRange(-600, 600).Draw(t, "months")
		got := d.AddMonths(n)
		months := func(d Day) int { return d.Year()*12 + int(d.Month()) }
		if months(got)-months(d) != n {
			t.Fatalf("%s + %d months = %s", d, n, got)
		}
		if got.Day() != d.Day() && got.AddDays(1).Day() != 1 {
			t.Fatalf("%s + %d months = %s: neither the date nor the last of the month", d, n, got)
		}
	})
}

func TestZeroDayIsNoDay(t *testing.T) {
	t.Parallel()
	var d Day
	if !d.IsZero() || d.String() != "" || !d.Time().IsZero() {
		t.Errorf("zero Day shows as %q, %v", d, d.Time())
	}
	text, err := json.Marshal(struct{ Day Day }{})
	if err != nil || string(text) != `{"Day":""}` {
		t.Errorf("zero Day in JSON: %s, %v", text, err)
	}
	if v, err := d.Value(); v != nil || err != nil {
		t.Errorf("zero Day in a column: %v, %v", v, err)
	}
}

func TestScan(t *testing.T) {
	t.Parallel()
	want := MustDay("2026-11-23")
	for _, src := range []any{"2026-11-23", []byte("2026-11-23"), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)} {
		var d Day
		if err := d.Scan(src); err != nil || d != want {
			t.Errorf("Scan(%T) = %v, %v", src, d, err)
		}
	}
	d := want
	if err := d.Scan(nil); err != nil || d != 0 {
		t.Errorf("Scan(nil) = %v, %v", d, err)
	}
	if err := d.Scan(int64(7)); !errors.Is(err, ErrDay) {
		t.Errorf("Scan(int64) = %v, want ErrDay", err)
	}
	if v, err := want.Value(); err != nil || !cmp.Equal(v, any("2026-11-23")) {
		t.Errorf("Value = %v, %v", v, err)
	}
}

func TestFixedClock(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	c := NewFixed(start)
	if got := c.Advance(36 * time.Hour); !got.Equal(start.Add(36*time.Hour)) || !c.Now().Equal(got) {
		t.Errorf("Advance gave %v, clock stands at %v", got, c.Now())
	}
	c.Set(start)
	if !c.Now().Equal(start) {
		t.Errorf("Set back gave %v", c.Now())
	}
}

func BenchmarkDayString(b *testing.B) {
	d := MustDay("2026-11-23")
	for b.Loop() {
		_ = d.String()
	}
}
