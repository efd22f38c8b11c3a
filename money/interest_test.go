package money

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"filtjanst/statute"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// The figures of input.md §4, with the last day counted and left out.
func TestInterestOfTheExample(t *testing.T) {
	t.Parallel()
	const byLaw = 0
	for _, tt := range []struct {
		capital  Amount
		agreed   Rate
		from     string
		days     [2]int
		interest [2]Amount
	}{
		{44900, byLaw, "2026-07-01", [2]int{146, 145}, [2]Amount{1796, 1784}},
		{134800, byLaw, "2026-08-01", [2]int{115, 114}, [2]Amount{4247, 4210}},
		{4875000, 12 * Percent, "2026-08-15", [2]int{101, 100}, [2]Amount{161877, 160274}},
	} {
		for i, count := range []DayCount{BothDays, WithoutLast} {
			from, to := day(tt.from), day("2026-11-23")
			got, err := Late(statute.Default(), statute.LateInterestAddition, tt.capital, from, to, count)
			if tt.agreed != byLaw {
				got, err = Fixed(tt.capital, tt.agreed, from, to, count)
			}
			if err != nil || got.Amount != tt.interest[i] || got.Days != tt.days[i] {
				t.Errorf("%s from %s: %s in %d days, %v; want %s in %d", tt.capital, tt.from, got.Amount, got.Days, err, tt.interest[i], tt.days[i])
			}
			if got.Assumed() != (tt.agreed == byLaw) {
				t.Errorf("%s: assumed %v", tt.capital, got.Assumed())
			}
		}
	}
}

func TestSpansOfHalfYears(t *testing.T) {
	t.Parallel()
	got, err := Late(statute.Default(), statute.LateInterestAddition, 1_000_000, day("2024-12-01"), day("2025-08-31"), BothDays)
	if err != nil {
		t.Fatal(err)
	}
	want := Interest{
		// 31 days at 12 %, 181 at 11 %, 62 at 10 %: 101,918 + 545,479 + 169,863
		Amount: 81726,
		Days:   274,
		Spans: []Span{
			{From: day("2024-12-01"), To: day("2024-12-31"), Days: 31, Rate: 12 * Percent, Reference: 4 * Percent},
			{From: day("2025-01-01"), To: day("2025-06-30"), Days: 181, Rate: 11 * Percent, Reference: 3 * Percent},
			{From: day("2025-07-01"), To: day("2025-08-31"), Days: 62, Rate: 10 * Percent, Reference: 2 * Percent},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("interest (-want +got):\n%s", diff)
	}
}

func TestInterestRefuses(t *testing.T) {
	t.Parallel()
	from, to := day("2026-07-01"), day("2026-11-23")
	for name, err := range map[string]error{
		"backwards":     second(Fixed(100, Percent, to, from, BothDays)),
		"negative":      second(Fixed(-100, Percent, from, to, BothDays)),
		"negative rate": second(Fixed(100, -Percent, from, to, BothDays)),
		"absurd rate":   second(Fixed(100, maxRate+1, from, to, BothDays)),
	} {
		if !errors.Is(err, ErrInterest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := second(Late(statute.Default(), statute.LateInterestAddition, 100, day("2001-01-01"), to, BothDays))
	if !errors.Is(err, statute.ErrNoNumber) {
		t.Errorf("before the first reference rate: %v", err)
	}
	if err := second(Fixed(1<<62, maxRate, day("1900-01-01"), to, BothDays)); !errors.Is(err, ErrOverflow) {
		t.Errorf("overflow: %v", err)
	}
}

func second(_ Interest, err error) error { return err }

func TestOneDay(t *testing.T) {
	t.Parallel()
	d := day("2026-07-01")
	for count, want := range map[DayCount]int{BothDays: 1, WithoutLast: 0} {
		got, err := Fixed(100*Krona, 10*Percent, d, d, count)
		if err != nil || got.Days != want {
			t.Errorf("count %d: %d days, %v", count, got.Days, err)
		}
		late, err := Late(statute.Default(), statute.LateInterestAddition, 100*Krona, d, d, count)
		if err != nil || late.Days != want || late.Amount != got.Amount {
			t.Errorf("count %d: late %+v, %v", count, late, err)
		}
	}
}

func drawPeriod(t *rapid.T) (from, to time.Time) {
	from = day("2003-01-01").AddDate(0, 0, rapid.IntRange(0, 8000).Draw(t, "from"))
	return from, from.AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, "length"))
}

// A period cut in two gives the same interest but for the rounding of one more
// part, whatever half-years it crosses.
func TestInterestOfPartsAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawPeriod(t)
		capital := Amount(rapid.Int64Range(0, 1e12).Draw(t, "capital"))
		cut := from.AddDate(0, 0, rapid.IntRange(0, daysBetween(from, to)).Draw(t, "cut"))
		late := func(from, to time.Time, count DayCount) Interest {
			i, err := Late(statute.Default(), statute.LateInterestAddition, capital, from, to, count)
			if err != nil {
				t.Fatal(err)
			}
			return i
		}
		whole, first, second := late(from, to, BothDays), late(from, cut, WithoutLast), late(cut, to, BothDays)
		if whole.Days != first.Days+second.Days || whole.Days != daysBetween(from, to)+1 {
			t.Fatalf("days %d, of the parts %d and %d", whole.Days, first.Days, second.Days)
		}
		if d := whole.Amount - first.Amount - second.Amount; d > 1 || d < -1 {
			t.Fatalf("interest %s, of the parts %s and %s", whole.Amount, first.Amount, second.Amount)
		}
	})
}

// Day by day in fractions, looking each day up: slow and plain.
func TestInterestAgreesWithDayByDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawPeriod(t)
		capital := rapid.Int64Range(0, 1e12).Draw(t, "capital")
		sum := new(big.Rat)
		for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
			reference, _, err := statute.Rate(statute.ReferenceRate, d)
			if err != nil {
				t.Fatal(err)
			}
			sum.Add(sum, big.NewRat(reference+80_000, 365*1_000_000))
		}
		sum.Mul(sum, big.NewRat(capital, 1)).Add(sum, big.NewRat(1, 2))
		want := new(big.Int).Quo(sum.Num(), sum.Denom()).Int64()
		got, err := Late(statute.Default(), statute.LateInterestAddition, Amount(capital), from, to, BothDays)
		if err != nil || int64(got.Amount) != want {
			t.Fatalf("%s, %v; day by day %s", got.Amount, err, Amount(want))
		}
	})
}

// Interest by the Act is known from the first day of both its numbers.
func TestLateSince(t *testing.T) {
	t.Parallel()
	older, err := statute.New([]byte(`[[number]]
symbol = "interest.reference_rate"
section = "RL §9"
sv = "r"
en = "r"
value = [{ from = 1990-01-01, source = "P", from_source = "P", percent = "9" }]`))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []*statute.Table{statute.Default(), older} {
		first := LateSince(table, statute.LateInterestAddition)
		if !first.Equal(day("2002-07-01")) {
			t.Errorf("known since %s", first)
		}
		if _, err := Late(table, statute.LateInterestAddition, 100_00, first, first, BothDays); err != nil {
			t.Error(err)
		}
		if _, err := Late(table, statute.LateInterestAddition, 100_00, first.AddDate(0, 0, -1), first, BothDays); err == nil {
			t.Error("known before that")
		}
	}
	if first := LateSince(statute.Default(), "no.such_addition"); !first.IsZero() {
		t.Errorf("an unknown addition is known since %s", first)
	}
}

func TestRates(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct {
		rate Rate
		text string
	}{
		"12":      {12 * Percent, "12,00"},
		"12,00":   {12 * Percent, "12,00"},
		"9.75":    {97_500, "9,75"},
		"9,125 %": {91_250, "9,125"},
		"-0,5":    {-5_000, "-0,50"},
		"0,0001":  {1, "0,0001"},
	} {
		r, err := ParseRate(in)
		if err != nil || r != want.rate || r.String() != want.text {
			t.Errorf("ParseRate(%q) = %d %q, %v; want %+v", in, r, r, err, want)
		}
	}
	for in, want := range map[string]Fault{
		"": FaultEmpty, "%": FaultCharacter, "12,": FaultDecimals, "1,00001": FaultDecimals,
		"1,0,0": FaultCharacter, "1 2": FaultCharacter, "12 kr": FaultCharacter, "1E1": FaultScientific,
		"99999999": FaultTooLarge, "99999999999999999999": FaultTooLarge,
	} {
		if _, err := ParseRate(in); !errors.Is(err, want) {
			t.Errorf("ParseRate(%q) = %v, want %v", in, err, want)
		}
	}
}

func TestShareOfAnAmount(t *testing.T) {
	t.Parallel()
	for rounding, want := range map[Rounding]Amount{HalfUp: 13, Down: 12} {
		if got, err := (Percent).Of(1250, rounding); err != nil || got != want {
			t.Errorf("1 %% of 12,50 = %s, %v; want %s", got, err, want)
		}
	}
}

func BenchmarkLate(b *testing.B) {
	b.ReportAllocs()
	from, to := day("2023-02-01"), day("2026-11-23")
	for b.Loop() {
		if _, err := Late(statute.Default(), statute.LateInterestAddition, 134800, from, to, BothDays); err != nil {
			b.Fatal(err)
		}
	}
}
