package statute

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestEveryEntryIsDocumented(t *testing.T) {
	t.Parallel()
	entries := Entries()
	if len(entries) < 50 {
		t.Fatalf("%d entries", len(entries))
	}
	for _, e := range entries {
		if err := e.check(); err != nil {
			t.Errorf("%s: %v", e.Symbol, err)
		}
		if e.From.Year() < 1975 || e.From.Year() > 2100 || !e.From.Equal(date(e.From)) {
			t.Errorf("%s holds from %v", e.Symbol, e.From)
		}
		if e.Assumed && e.Source == FromStatute {
			t.Errorf("%s from %v is both read in the statute and assumed", e.Symbol, e.From)
		}
	}
}

// declaredSymbols reads the constants of symbols.go.
func declaredSymbols(t *testing.T) map[Symbol]bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "symbols.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	symbols := map[Symbol]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			symbols[Symbol(s)] = true
		}
		return true
	})
	return symbols
}

func TestSymbolsAndTableAgree(t *testing.T) {
	t.Parallel()
	inTable := map[Symbol]bool{}
	for _, e := range Entries() {
		inTable[e.Symbol] = true
	}
	if diff := cmp.Diff(declaredSymbols(t), inTable); diff != "" {
		t.Errorf("symbols (-declared +in numbers.toml):\n%s", diff)
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	on := day("2026-11-23")
	for s, kronor := range map[Symbol]int64{
		ApplicationFee: 300, OwnWork: 380, OwnWorkAssistance: 420, BasicFee: 600,
		Reminder: 60, CollectionDemand: 180, AmortisationPlan: 170, LatePaymentCompensation: 450,
		BasicFeeUnpaidLimit: 100, RestructuringFee: 500, CourtFeeOrdinary: 2500,
		BasicFeeLowering: 100, RemovalFee: 300, InspectionFee: 5000, CourtFeeSimplified: 600, FeeInterestWaiver: 100,
	} {
		ore, e, err := Amount(s, on)
		if err != nil || ore != kronor*100 || e.Symbol != s || e.Assumed {
			t.Errorf("%s = %d öre, %+v, %v; want %d kr", s, ore, e, err, kronor)
		}
	}
}

func TestPeriodsAndCounts(t *testing.T) {
	t.Parallel()
	on := day("2026-11-23")
	for s, want := range map[Symbol]Length{
		ResponseTime: {Weeks: 2}, ResponseTimeUsual: {Days: 10}, TransferRequest: {Weeks: 4}, ReopeningTime: {Months: 1},
		VerdictAppeal: {Weeks: 3}, OrderAppeal: {Weeks: 3}, ServiceReminder: {Days: 10},
		Limitation: {Years: 10}, LimitationConsumer: {Years: 3}, LimitationGrace: {Years: 1},
		InterestAfterDemand: {Days: 30}, BusinessDue: {Days: 30},
		BasicFeeYear: {Years: 1}, NewFeeNoticeFirst: {Weeks: 6}, NewFeeNoticeLast: {Weeks: 4},
		DeferralLength: {Months: 2}, DeferralWindow: {Years: 1},
		PayoutTime: {Weeks: 2}, PayoutTimeSmall: {Months: 3}, MoneyAtInterest: {Weeks: 2}, EmployerReport: {Months: 1},
		ClaimReportTime: {Months: 1}, ClaimReportExtended: {Months: 2}, CreditorNotice: {Weeks: 1},
		PlanLength: {Years: 5}, PlanLengthBusiness: {Years: 3}, PlanLongest: {Years: 7},
		RestructuringPayout: {Years: 1}, PayoutForfeited: {Months: 3}, RestructuringDelay: {Weeks: 2},
		KeepPaymentOrder: {Years: 3}, KeepVerdict: {Years: 10}, KeepEnforcement: {Years: 5}, KeepOther: {Years: 1},
		KeepRestructuring: {Years: 5}, KeepRestructuringGranted: {Years: 7}, KeepRestructuringBusiness: {Years: 5},
		SearchLimit: {Years: 3}, WeedingDefault: {Years: 3}, WeedingRestructuring: {Years: 5},
		WeedingRestructuringBusiness: {Years: 3}, SecrecyClosed: {Years: 2}, ProcurementLookBack: {Years: 3},
	} {
		if p, _, err := Period(s, on); err != nil || p != want {
			t.Errorf("%s = %+v, %v; want %+v", s, p, err, want)
		}
	}
	for s, want := range map[Symbol]int64{
		DeferralCount: 2, ServiceAttempts: 3, FreeCopies: 25, GuardianAge: 18,
		BusinessAbilityDivisor: 7, Instalments: 10, InstalmentsBusiness: 4,
	} {
		if n, _, err := Count(s, on); err != nil || n != want {
			t.Errorf("%s = %d, %v; want %d", s, n, err, want)
		}
	}
}

// What the law leaves open, or nobody has read, must be shown as assumed.
func TestAssumedNumbers(t *testing.T) {
	t.Parallel()
	for s, on := range map[Symbol]string{
		SmallSum: "2026-11-23", DelayTrivial: "2026-11-23", NormalSingle: "2026-11-23", NormalCouple: "2024-05-01",
	} {
		if _, e, err := Amount(s, day(on)); err != nil || !e.Assumed {
			t.Errorf("%s on %s: %+v, %v", s, on, e, err)
		}
	}
	if ore, e, err := Amount(NormalChild15, day("2023-07-01")); err != nil || e.Assumed || ore != 488_900 {
		t.Errorf("normal amount of 2023: %d, %+v, %v", ore, e, err)
	}
	if _, e, err := Period(CommentTime, day("2026-11-23")); err != nil || !e.Assumed {
		t.Errorf("time to comment: %+v, %v", e, err)
	}
}

func TestReferenceRate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day     string
		rate    int64
		source  Source
		assumed bool
	}{
		{"2002-07-01", 45_000, FromWeb, false},
		{"2018-03-14", -5_000, FromWeb, false},
		{"2022-12-31", 5_000, FromWeb, false},
		{"2023-01-01", 25_000, FromWeb, false},
		{"2024-06-30", 40_000, FromWeb, false},
		{"2025-06-30", 30_000, FromGeneral, false},
		{"2025-07-01", 20_000, FromWeb, false},
		{"2026-06-30", 20_000, FromGeneral, false},
		{"2026-07-01", 20_000, FromProject, true},
		{"2026-12-31", 20_000, FromProject, true},
		{"2027-01-01", 20_000, FromProject, true},
	} {
		rate, e, err := Rate(ReferenceRate, day(tt.day))
		if err != nil || rate != tt.rate || e.Source != tt.source || e.Assumed != tt.assumed {
			t.Errorf("%s: %d, source %s, assumed %v, %v; want %d, %s, %v", tt.day, rate, e.Source, e.Assumed, err, tt.rate, tt.source, tt.assumed)
		}
	}
}

func TestReferenceRatesFollowHalfYears(t *testing.T) {
	t.Parallel()
	next := day("2002-07-01")
	for _, e := range Entries() {
		if e.Symbol != ReferenceRate {
			continue
		}
		if !e.From.Equal(next) {
			t.Errorf("half-year from %s: found %s", next.Format(time.DateOnly), e.From.Format(time.DateOnly))
		}
		next = e.From.AddDate(0, 6, 0)
		if !e.Until.Equal(next.AddDate(0, 0, -1)) {
			t.Errorf("half-year from %s is known until %s", e.From.Format(time.DateOnly), e.Until.Format(time.DateOnly))
		}
		if e.Rate%(RateUnit/2) != 0 {
			t.Errorf("half-year from %s: %d is no multiple of half a percentage point", e.From.Format(time.DateOnly), e.Rate)
		}
	}
}

func TestBeyondWhatIsKnownIsAssumed(t *testing.T) {
	t.Parallel()
	_, known, err := Amount(PriceBaseAmount, day("2026-12-31"))
	if err != nil || known.Assumed {
		t.Errorf("2026: %+v, %v", known, err)
	}
	_, carried, err := Amount(PriceBaseAmount, day("2027-01-01"))
	if err != nil || !carried.Assumed {
		t.Errorf("2027: %+v, %v", carried, err)
	}
}

func TestLookUpFails(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"unknown symbol": second(Amount("fee.none", day("2026-01-01"))),
		"other kind":     second(Amount(ReferenceRate, day("2026-01-01"))),
		"too early":      second(Rate(ReferenceRate, day("2002-06-30"))),
	} {
		if !errors.Is(err, ErrNoNumber) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ int64, _ Entry, err error) error { return err }

func TestDateIsTheOneShown(t *testing.T) {
	t.Parallel()
	stockholm := time.FixedZone("CET", 3600)
	justAfter := time.Date(2023, 1, 1, 0, 30, 0, 0, stockholm) // still 2022 in UTC
	if rate, _, err := Rate(ReferenceRate, justAfter); err != nil || rate != 25_000 {
		t.Errorf("rate at 00:30 on New Year's Day: %d, %v", rate, err)
	}
}

const added = `
[[number]]
symbol = "interest.reference_rate"
section = "RL §9"
sv = "referensränta"
en = "reference rate"
value = [
    { from = 2026-07-01, until = 2026-12-31, percent = "1.5", source = "W", from_source = "L" },
    { from = 2027-01-01, until = 2027-06-30, percent = "2.5", source = "W", from_source = "L" },
]
`

func TestAddedSource(t *testing.T) {
	t.Parallel()
	table, err := New([]byte(added))
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[string]int64{"2026-06-30": 20_000, "2026-07-01": 15_000, "2027-01-01": 25_000} {
		if rate, e, err := table.Rate(ReferenceRate, day(on)); err != nil || rate != want || e.Assumed {
			t.Errorf("%s: %d, %+v, %v; want %d", on, rate, e, err, want)
		}
	}
	if rate, _, err := Rate(ReferenceRate, day("2026-07-01")); err != nil || rate != 20_000 {
		t.Errorf("the built-in table changed: %d, %v", rate, err)
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	got := Default().Changes(ReferenceRate, day("2025-07-01"), day("2027-02-01"))
	want := []time.Time{day("2026-01-01"), day("2026-07-01"), day("2027-01-01")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if got := Default().Changes(ReferenceRate, day("2026-01-01"), day("2026-06-30")); len(got) != 0 {
		t.Errorf("changes within a half-year: %v", got)
	}
}

func TestBadSources(t *testing.T) {
	t.Parallel()
	good := `symbol = "x.y"` + "\n" + `section = "X §1"` + "\n" + `sv = "a"` + "\n" + `en = "a"` + "\n"
	line := `value = [{ from = 2026-01-01, kronor = 1, source = "L", from_source = "L" }]`
	for name, tt := range map[string]struct{ text, wants string }{
		"no section":       {strings.Replace(good, "X §1", "", 1) + line, "section is missing"},
		"no symbol":        {strings.Replace(good, "x.y", "", 1) + line, "symbol is missing"},
		"no explanation":   {strings.Replace(good, `sv = "a"`, "", 1) + line, "explanation is missing"},
		"no day":           {good + strings.Replace(line, "from = 2026-01-01,", "", 1), "day it holds from"},
		"no value":         {good + strings.Replace(line, "kronor = 1,", "", 1), "0 values"},
		"two values":       {good + strings.Replace(line, "kronor = 1", "kronor = 1, count = 2", 1), "2 values"},
		"unknown key":      {good + strings.Replace(line, "kronor", "euro", 1), "unknown key"},
		"unknown mark":     {good + strings.Replace(line, `source = "L"`, `source = "X"`, 1), "must be L, W, K, I or P"},
		"until too early":  {good + strings.Replace(line, "kronor", "until = 2025-12-31, kronor", 1), "until is before from"},
		"bad percent":      {good + strings.Replace(line, "kronor = 1", `percent = "2,0"`, 1), "decimal number with a point"},
		"too exact":        {good + strings.Replace(line, "kronor = 1", `percent = "2.00001"`, 1), "four decimals"},
		"impossible date":  {good + strings.Replace(line, "2026-01-01", "2026-02-30", 1), "2026-02-30"},
		"another kind":     {strings.Replace(good, "x.y", string(ReferenceRate), 1) + line, "elsewhere rate"},
		"not a table file": {"kronor", "expected '='"},
	} {
		_, err := New([]byte("[[number]]\n" + tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.wants) {
			t.Errorf("%s: %v; want %q in it", name, err, tt.wants)
		}
	}
}

func BenchmarkRate(b *testing.B) {
	on := day("2026-11-23")
	for b.Loop() {
		if _, _, err := Rate(ReferenceRate, on); err != nil {
			b.Fatal(err)
		}
	}
}
