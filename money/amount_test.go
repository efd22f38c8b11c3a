package money

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Amount{
		"1348":                     134800,
		"1348,5":                   134850,
		"1348,50":                  134850,
		"1348.50":                  134850,
		"1348.5":                   134850,
		"1 348,00":                 134800,
		"1\u00a0348,00":            134800,
		"1\u202f348,00":            134800,
		"1\u2009348,00":            134800,
		"12 345 678,90":            1234567890,
		"1.348,00":                 134800,
		"1 348.00":                 134800,
		"12.345.678,90":            1234567890,
		"-12,00":                   -1200,
		"\u221212,00":              -1200,
		"- 12,00":                  -1200,
		"+12,00":                   1200,
		"0,00":                     0,
		"0,05":                     5,
		"-0,05":                    -5,
		"1 348,00 kr":              134800,
		"1 348,00\u00a0kr":         134800,
		"1348 SEK":                 134800,
		"  449,00\u00a0":           44900,
		"00449,00":                 44900,
		"92233720368547758,07":     math.MaxInt64,
		"-92233720368547758,07":    -math.MaxInt64,
		"92 233 720 368 547 758,0": 9223372036854775800,
	} {
		if got, err := Parse(in); err != nil || got != want {
			t.Errorf("Parse(%q) = %d, %v; want %d", in, got, err, want)
		}
	}
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Fault{
		"":                     FaultEmpty,
		" \u00a0":              FaultEmpty,
		"1.348":                FaultAmbiguous,
		"1,348":                FaultAmbiguous,
		"1,348.00":             FaultAmbiguous,
		"1.348.000":            FaultAmbiguous,
		"1,348,000":            FaultAmbiguous,
		"1 348.000":            FaultAmbiguous,
		"1.348.00":             FaultAmbiguous,
		"1348,":                FaultDecimals,
		"1348,0000":            FaultDecimals,
		",50":                  FaultCharacter,
		"kr":                   FaultCharacter,
		"-":                    FaultCharacter,
		"--12":                 FaultCharacter,
		"12-":                  FaultCharacter,
		"12,-":                 FaultCharacter,
		"1 34,00":              FaultGrouping,
		"1  348,00":            FaultGrouping,
		"1348 000,00":          FaultGrouping,
		"1 348\u00a0000,00":    FaultGrouping,
		"1 348.000,00":         FaultGrouping,
		"13 48,00":             FaultGrouping,
		"1,35E+05":             FaultScientific,
		"1E5":                  FaultScientific,
		"12,5O":                FaultCharacter,
		"€ 12,00":              FaultCharacter,
		"١٢,٠٠":                FaultCharacter,
		"1\x00":                FaultCharacter,
		"92233720368547758,08": FaultTooLarge,
		"99999999999999999999": FaultTooLarge,
		"NaN":                  FaultCharacter,
		"0x10":                 FaultCharacter,
		"1_000":                FaultCharacter,
	} {
		if got, err := Parse(in); !errors.Is(err, want) || got != 0 {
			t.Errorf("Parse(%q) = %d, %v; want %v", in, got, err, want)
		}
	}
}

func TestWriting(t *testing.T) {
	t.Parallel()
	for a, want := range map[Amount][3]string{
		0:             {"0,00", "0,00", "0.00"},
		5:             {"0,05", "0,05", "0.05"},
		-5:            {"-0,05", "-0,05", "-0.05"},
		134800:        {"1348,00", "1\u00a0348,00", "1348.00"},
		-123456789:    {"-1234567,89", "-1\u00a0234\u00a0567,89", "-1234567.89"},
		100000:        {"1000,00", "1\u00a0000,00", "1000.00"},
		99999:         {"999,99", "999,99", "999.99"},
		math.MinInt64: {"-92233720368547758,08", "-92\u00a0233\u00a0720\u00a0368\u00a0547\u00a0758,08", "-92233720368547758.08"},
	} {
		got := [3]string{a.String(), a.Grouped(), a.Decimal('.')}
		if got != want {
			t.Errorf("%d is written %q, want %q", int64(a), got, want)
		}
	}
	if got := Amount(134800).Kronor(); got != "1\u00a0348,00\u00a0kr" {
		t.Errorf("in kronor: %q", got)
	}
}

func drawAmount(t *rapid.T, label string) Amount {
	return Amount(rapid.Int64().Draw(t, label))
}

func TestWrittenAmountsAreRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := Amount(rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "amount"))
		for _, text := range []string{a.String(), a.Grouped(), a.Kronor(), a.Decimal('.')} {
			if back, err := Parse(text); err != nil || back != a {
				t.Fatalf("%d written %q, read %d, %v", int64(a), text, int64(back), err)
			}
		}
	})
}

func TestSumsAgreeWithBigNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawAmount(t, "a"), drawAmount(t, "b")
		bigA, bigB := big.NewInt(int64(a)), big.NewInt(int64(b))
		sum, err := a.Add(b)
		checkBig(t, "sum", new(big.Int).Add(bigA, bigB), sum, err)
		diff, err := a.Sub(b)
		checkBig(t, "difference", new(big.Int).Sub(bigA, bigB), diff, err)
	})
}

func checkBig(t *rapid.T, what string, want *big.Int, got Amount, err error) {
	t.Helper()
	switch {
	case want.IsInt64() && (err != nil || want.Int64() != int64(got)):
		t.Fatalf("%s %d, %v; want %v", what, int64(got), err, want)
	case !want.IsInt64() && !errors.Is(err, ErrOverflow):
		t.Fatalf("%s %d, %v; want overflow", what, int64(got), err)
	}
}

func TestMulDivAgreesWithBigNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		div := rapid.Int64Range(1, math.MaxInt64).Draw(t, "div")
		product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
		negative := product.Sign() < 0
		down := new(big.Int).Quo(product.Abs(product), big.NewInt(div))
		// half up of n/d is ⌊(2n+d)/2d⌋
		twice := new(big.Int).Add(new(big.Int).Lsh(product, 1), big.NewInt(div))
		up := twice.Quo(twice, new(big.Int).Lsh(big.NewInt(div), 1))
		for rounding, want := range map[Rounding]*big.Int{Down: down, HalfUp: up} {
			if negative {
				want.Neg(want)
			}
			got, err := mulDiv(a, b, div, rounding)
			if want.CmpAbs(big.NewInt(math.MaxInt64)) > 0 {
				if !errors.Is(err, ErrOverflow) {
					t.Fatalf("%d·%d/%d = %d, %v; want overflow", a, b, div, int64(got), err)
				}
				continue
			}
			if err != nil || want.Int64() != int64(got) {
				t.Fatalf("%d·%d/%d = %d, %v; want %v", a, b, div, int64(got), err, want)
			}
		}
	})
}

func TestSplitPartsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, n := drawAmount(t, "amount"), rapid.IntRange(1, 50).Draw(t, "parts")
		parts := a.Split(n)
		sum, err := Sum(parts...)
		if err != nil || sum != a || len(parts) != n {
			t.Fatalf("%d in %d parts: %v add up to %d, %v", int64(a), n, parts, int64(sum), err)
		}
		for _, p := range parts {
			if d := parts[0] - p; d > 1 || d < -1 {
				t.Fatalf("parts %v differ by more than an öre", parts)
			}
		}
	})
}

func TestSumAndKronorOverflow(t *testing.T) {
	t.Parallel()
	if _, err := Sum(math.MaxInt64, 1, -5); !errors.Is(err, ErrOverflow) {
		t.Errorf("sum: %v", err)
	}
	if _, err := FromKronor(math.MaxInt64 / 10); !errors.Is(err, ErrOverflow) {
		t.Errorf("kronor: %v", err)
	}
	if a, err := FromKronor(-300); err != nil || a != -30000 {
		t.Errorf("−300 kr = %d, %v", int64(a), err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1 348,00 kr", "-12,00", "1.348,00", "1.348", "1,35E+05", "1\u202f348,5", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || a != 0 || e.Swedish() == "" {
				t.Fatalf("Parse(%q) = %d, %v", s, int64(a), err)
			}
			return
		}
		if back, err := Parse(a.Kronor()); err != nil || back != a {
			t.Fatalf("Parse(%q) = %d, written %q, read %d, %v", s, int64(a), a.Kronor(), int64(back), err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("1\u00a0348,00"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendDecimal(b *testing.B) {
	b.ReportAllocs()
	buffer := make([]byte, 0, 32)
	for b.Loop() {
		buffer = Amount(134800).AppendDecimal(buffer[:0], ',')
	}
}
