package calendar

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rickar/cal/v2"
)

var update = flag.Bool("update", false, "write testdata/holidays.txt anew")

const goldenFile = "testdata/holidays.txt"

func goldenTable(c *Calendar) string {
	var b strings.Builder
	for year := firstYear; year <= lastYear; year++ {
		for _, h := range c.Holidays(year) {
			fmt.Fprintf(&b, "%s %s %s\n", h.Day, h.Day.Weekday().String()[:3], h.Swedish)
		}
	}
	return b.String()
}

func TestGoldenTable(t *testing.T) {
	t.Parallel()
	got := goldenTable(New())
	if *update {
		if err := os.WriteFile(goldenFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("days off from Monday to Friday (-golden +computed):\n%s", diff)
	}
}

// The zone of the machine makes no difference, though days were skipped there.
// It is not parallel, as it sets the zone of the library.
func TestGoldenTableInOtherZones(t *testing.T) {
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	usual := cal.DefaultLoc
	defer func() { cal.DefaultLoc = usual }()
	for _, zone := range []string{"Pacific/Kiritimati", "America/Lima", "America/Managua", "Africa/Cairo", "Asia/Amman"} {
		if cal.DefaultLoc, err = time.LoadLocation(zone); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(goldenTable(New()), "\n")); diff != "" {
			t.Errorf("days off in %s (-golden +computed):\n%s", zone, diff)
		}
	}
}

// easter is Gauss's rule with Lichtenberg's correction: the date in March.
func easter(year int) Day {
	k := year / 100
	m := 15 + (3*k+3)/4 - (8*k+13)/25
	s := 2 - (3*k+3)/4
	a := year % 19
	d := (19*a + m) % 30
	r := (d + a/11) / 29
	full := 21 + d - r
	sunday := 7 - (year+year/4+s)%7
	return Date(year, time.March, full+7-(full-sunday)%7)
}

func TestEasterRule(t *testing.T) {
	t.Parallel()
	// Dates as printed in almanacs.
	for _, s := range []string{"1990-04-15", "2000-04-23", "2005-03-27", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18"} {
		if got := easter(MustDay(s).Year()); got.String() != s {
			t.Errorf("Easter %s, want %s", got, s)
		}
	}
}

// daysOffByHand lists the days off of a year without the library: fixed dates,
// distances from Easter, and the Friday of 19–25 June.
func daysOffByHand(year int) map[Day]bool {
	off := map[Day]bool{}
	for _, d := range []struct{ month, day int }{{1, 1}, {1, 6}, {5, 1}, {12, 24}, {12, 25}, {12, 26}, {12, 31}} {
		off[Date(year, time.Month(d.month), d.day)] = true
	}
	for _, distance := range []int{-2, 1, 39} {
		off[easter(year)+Day(distance)] = true
	}
	if year < 2005 {
		off[easter(year)+50] = true
	} else {
		off[Date(year, time.June, 6)] = true
	}
	for day := 19; day <= 25; day++ {
		if d := Date(year, time.June, day); d.Weekday() == time.Friday {
			off[d] = true
		}
	}
	return off
}

func TestGoldenTableAgreesWithIndependentRules(t *testing.T) {
	t.Parallel()
	golden, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[Day]bool{}
	for line := range strings.Lines(string(golden)) {
		listed[MustDay(line[:10])] = true
	}
	for year := firstYear; year <= lastYear; year++ {
		byHand := daysOffByHand(year)
		for d := Date(year, 1, 1); d.Year() == year; d++ {
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			if want := byHand[d] && !weekend; listed[d] != want {
				t.Errorf("%s %s: listed as off %v, by hand %v", d, d.Weekday(), listed[d], want)
			}
		}
	}
}

func TestIsWorking(t *testing.T) {
	t.Parallel()
	c := New()
	for _, tt := range []struct {
		day  string
		want bool
	}{
		{"2026-11-23", true},  // Monday
		{"2026-11-21", false}, // Saturday
		{"2026-06-19", false}, // Midsummer Eve
		{"2026-06-18", true},
		{"2026-12-24", false},
		{"2026-12-23", true},
		{"2026-12-31", false},
		{"2026-04-02", true},  // Maundy Thursday
		{"2026-05-15", true},  // Friday after Ascension
		{"2003-06-06", true},  // National Day before 2005
		{"2003-06-09", false}, // Whit Monday before 2005
		{"2025-06-06", false},
		{"2025-06-09", true},  // Whit Monday since
		{"1985-12-25", false}, // outside the table: by rule
		{"2085-06-06", false},
		{"2085-06-07", true},
	} {
		if got := c.IsWorking(MustDay(tt.day)); got != tt.want {
			t.Errorf("IsWorking(%s) = %v", tt.day, got)
		}
	}
}

func TestOverrides(t *testing.T) {
	t.Parallel()
	bridge, eve := MustDay("2026-05-15"), MustDay("2026-12-24")
	c := New(
		Override{Day: bridge, Swedish: "klämdag", English: "a bridge day"},
		Override{Day: eve, Working: true},
	)
	if why, off := c.Off(bridge); !off || why.Swedish != "klämdag" {
		t.Errorf("Off(%s) = %+v, %v", bridge, why, off)
	}
	if why, _ := New(Override{Day: bridge}).Off(bridge); why.Swedish != "ledig dag" || why.English != "a day off" {
		t.Errorf("an override without a name is called %+v", why)
	}
	if !c.IsWorking(eve) {
		t.Errorf("%s was declared a working day", eve)
	}
	if New().IsWorking(eve) || !New().IsWorking(bridge) {
		t.Error("overrides of one calendar reached another")
	}
}

func TestAddWorking(t *testing.T) {
	t.Parallel()
	c := New()
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-12-23", 1, "2026-12-28"},
		{"2026-12-23", 4, "2027-01-04"}, // 28, 29, 30, then over New Year to Monday
		{"2026-11-21", 0, "2026-11-23"},
		{"2026-04-02", 1, "2026-04-07"},
	} {
		if got := c.AddWorking(MustDay(tt.from), tt.n).String(); got != tt.want {
			t.Errorf("%s + %d working days = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func BenchmarkIsWorking(b *testing.B) {
	c, d := New(), MustDay("2026-11-23")
	for b.Loop() {
		c.IsWorking(d)
	}
}
