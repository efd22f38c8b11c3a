package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDeadline(t *testing.T) {
	t.Parallel()
	c := New()
	for _, tt := range []struct {
		name, start string
		period      Period
		want        string
	}{
		{"four weeks end on the same weekday", "2026-10-23", Period{Weeks: 4}, "2026-11-20"},
		{"one month", "2026-10-23", Period{Months: 1}, "2026-11-23"},
		{"month without the date", "2026-08-31", Period{Months: 1}, "2026-09-30"},
		{"last of February on a Sunday", "2027-01-31", Period{Months: 1}, "2027-03-01"},
		{"Saturday runs to Monday", "2026-11-07", Period{Weeks: 2}, "2026-11-23"},
		{"Midsummer Eve runs to Monday", "2026-05-19", Period{Months: 1}, "2026-06-22"},
		{"Christmas Eve runs past Boxing Day", "2026-11-26", Period{Weeks: 4}, "2026-12-28"},
		{"the day before New Year's Eve stands", "2026-11-30", Period{Months: 1}, "2026-12-30"},
		{"New Year's Eve", "2026-12-10", Period{Weeks: 3}, "2027-01-04"},
		{"ten days", "2026-11-13", Period{Days: 10}, "2026-11-23"},
		{"leap day and years", "2024-02-29", Period{Years: 3}, "2027-03-01"},
		{"Good Friday runs past Easter Monday", "2026-03-03", Period{Months: 1}, "2026-04-07"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := c.Deadline(MustDay(tt.start), tt.period, "")
			if got.Day.String() != tt.want {
				t.Errorf("%s: want %s", got.English(), tt.want)
			}
			if got.Passed(got.Day) || !got.Passed(got.Day+1) {
				t.Error("a deadline passes with the end of its day")
			}
		})
	}
}

func TestPeriodBefore(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		end    string
		period Period
		want   string
	}{
		{"2027-03-31", Period{Months: 1}, "2027-02-28"},
		{"2028-02-29", Period{Years: 1}, "2027-02-28"},
		{"2027-01-04", Period{Weeks: 6}, "2026-11-23"},
		{"2027-01-04", Period{Years: 1, Months: 2, Days: 3}, "2025-11-01"},
	} {
		if got := tt.period.Before(MustDay(tt.end)); got.String() != tt.want {
			t.Errorf("%s before %s is %s, want %s", tt.period.English(), tt.end, got, tt.want)
		}
	}
}

func TestDeadlineTexts(t *testing.T) {
	t.Parallel()
	c := New()
	plain := c.Deadline(MustDay("2026-10-23"), Period{Weeks: 4}, "BFL §34")
	moved := c.Deadline(MustDay("2026-05-19"), Period{Months: 1}, "BFL §53")
	for _, tt := range []struct{ got, want string }{
		{plain.Swedish(), "4 veckor från 2026-10-23 (BFL §34): sista dag 2026-11-20"},
		{plain.English(), "4 weeks from 2026-10-23 (BFL §34): last day 2026-11-20"},
		{moved.Swedish(), "1 månad från 2026-05-19 (BFL §53): 2026-06-19 är midsommarafton, sista dag därför 2026-06-22 (lag 1930:173)"},
		{moved.English(), "1 month from 2026-05-19 (BFL §53): 2026-06-19 is Midsummer Eve, so the last day is 2026-06-22 (lag 1930:173)"},
		{Period{Years: 1, Months: 2, Days: 1}.Swedish(), "1 år och 2 månader och 1 dag"},
		{Period{}.English(), "0 days"},
	} {
		if tt.got != tt.want {
			t.Errorf("got  %s\nwant %s", tt.got, tt.want)
		}
	}
}

func TestDeadlineFallsOnAWorkingDay(t *testing.T) {
	t.Parallel()
	c := New()
	rapid.Check(t, func(t *rapid.T) {
		start := Day(rapid.Int32Range(int32(Date(1990, 1, 1)), int32(Date(2055, 1, 1))).Draw(t, "start"))
		p := Period{Months: rapid.IntRange(0, 24).Draw(t, "months"), Days: rapid.IntRange(0, 60).Draw(t, "days")}
		dl := c.Deadline(start, p, "")
		if !c.IsWorking(dl.Day) || dl.Day < dl.Counted {
			t.Fatalf("%s", dl.English())
		}
		for d := dl.Counted; d < dl.Day; d++ {
			if c.IsWorking(d) {
				t.Fatalf("%s, yet %s is a working day", dl.English(), d)
			}
		}
	})
}

func TestNextEvening(t *testing.T) {
	t.Parallel()
	e := DefaultEvening(New())
	for _, tt := range []struct{ name, at, want string }{
		{"before the run", "2026-11-23T18:59:59+01:00", "2026-11-23"},
		{"at the run", "2026-11-23T19:00:00+01:00", "2026-11-24"},
		{"after the run on Friday", "2026-11-20T19:30:00+01:00", "2026-11-23"},
		{"weekend", "2026-11-22T08:00:00+01:00", "2026-11-23"},
		{"summer time", "2026-07-01T16:59:00Z", "2026-07-01"},
		{"summer time, at the run", "2026-07-01T17:00:00Z", "2026-07-02"},
		{"night in Stockholm, evening in UTC", "2026-11-23T23:30:00Z", "2026-11-24"},
		{"Midsummer Eve", "2026-06-19T08:00:00+02:00", "2026-06-22"},
		{"day before Christmas Eve, late", "2026-12-23T20:00:00+01:00", "2026-12-28"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			at, err := time.Parse(time.RFC3339, tt.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := NextEvening(at, e).String(); got != tt.want {
				t.Errorf("run for %s is %s, want %s", tt.at, got, tt.want)
			}
		})
	}
}

func TestRunCalendarIsConfiguration(t *testing.T) {
	t.Parallel()
	monday, saturday, eve := MustDay("2026-11-23"), MustDay("2026-11-28"), MustDay("2026-12-24")
	e := DefaultEvening(New())
	e.Closed = map[Day]string{monday: "maintenance"}
	e.Extra = map[Day]string{monday: "closed wins", saturday: "extra run"}
	if got := e.Next(monday.At(8, 0)); got != monday+1 {
		t.Errorf("closed Monday: run %s", got)
	}
	if got := e.Next(saturday.At(8, 0)); got != saturday {
		t.Errorf("extra Saturday: run %s", got)
	}
	for rule, want := range map[RunDays]Day{OnWorkingDays: eve + 4, OnMondayToFriday: eve, OnEveryDay: eve} {
		e := Evening{Calendar: New(), Hour: 19, Days: rule}
		if got := e.NextRun(eve); got != want {
			t.Errorf("rule %d: run after Christmas Eve %s, want %s", rule, got, want)
		}
	}
}

func TestEveningCheck(t *testing.T) {
	t.Parallel()
	good := DefaultEvening(New())
	if err := good.Check(); err != nil {
		t.Errorf("default: %v", err)
	}
	for name, spoil := range map[string]func(*Evening){
		"no calendar":  func(e *Evening) { e.Calendar = nil },
		"hour 24":      func(e *Evening) { e.Hour = 24 },
		"minute −1":    func(e *Evening) { e.Minute = -1 },
		"unknown rule": func(e *Evening) { e.Days = 9 },
	} {
		e := good
		spoil(&e)
		if e.Check() == nil {
			t.Errorf("%s passed", name)
		}
	}
}
