package identity

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawTwelve makes a valid person's or coordination number of the test range,
// of someone under 200: beyond that + does not tell the century.
func drawTwelve(t *rapid.T) string {
	first := time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC)
	born := first.AddDate(0, 0, rapid.IntRange(0, int(today.Sub(first)/(24*time.Hour))).Draw(t, "born"))
	day := born.Day()
	if rapid.Bool().Draw(t, "coordination") {
		day += coordinationOffset
	}
	serial := rapid.IntRange(980, 999).Draw(t, "serial")
	nine := fmt.Sprintf("%02d%02d%02d%03d", born.Year()%100, born.Month(), day, serial)
	return fmt.Sprintf("%02d", born.Year()/100) + withCheck(nine)
}

func TestReadingWhatWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawTwelve(t)
		n, err := Parse12(drawn)
		if err != nil {
			t.Fatal(err)
		}
		if !n.IsTest() || !n.IsNatural() {
			t.Fatalf("%s is not seen as a test person", drawn)
		}
		if back, err := Parse(n.Full(), today); err != nil || back != n {
			t.Fatalf("full form of %s: %v", drawn, err)
		}
		short := n.FullShort(today)
		back, err := Parse(short, today)
		if err != nil {
			t.Fatalf("short form %s of %s: %v", short, drawn, err)
		}
		if back != n {
			t.Fatalf("short form %s of %s read as %s", short, drawn, back.Full())
		}
	})
}

func TestOneWrongDigitIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		digits := []byte(drawTwelve(t))
		at := rapid.IntRange(2, 11).Draw(t, "at")
		digit := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if digits[at] == digit {
			t.Skip("the same digit")
		}
		digits[at] = digit
		if CheckDigits(digits) == FaultNone {
			t.Fatalf("%s passed", digits)
		}
	})
}

func TestFastPathAgreesWithParse(t *testing.T) {
	t.Parallel()
	rules := Rules{Today: time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC)} // nothing is in the future
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`(16|17|18|19|20)?[0-9]{2}[0-3][0-9]{7}`).Draw(t, "digits")
		fast := CheckDigits([]byte(s))
		_, err := rules.Parse(s)
		if fast == FaultNone && err != nil || fast != FaultNone && !errors.Is(err, fast) {
			t.Fatalf("CheckDigits(%s) = %v, Parse: %v", s, fast, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"900602-2397", "9006022397", "199006022397", "811218+9876", "701063-2391", "165560000167", "9,00602E+09", "", "900602–2397"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s, today)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Fault == FaultNone || !n.IsZero() {
				t.Fatalf("Parse(%q) = %v, %v", s, n, err)
			}
			return
		}
		back, err := Parse12(n.Full())
		if err != nil || back != n {
			t.Fatalf("Parse(%q) gave %s, which reads as %s, %v", s, n.Full(), back.Full(), err)
		}
	})
}

func FuzzParseGiro(f *testing.F) {
	f.Add("991-2346")
	f.Add("90 19 50-6")
	f.Fuzz(func(t *testing.T, s string) {
		if b, err := ParseBankgiro(s); err == nil {
			if back, err := ParseBankgiro(b.String()); err != nil || back != b {
				t.Fatalf("bankgiro %q: %v", b, err)
			}
		}
		if p, err := ParsePlusgiro(s); err == nil {
			if back, err := ParsePlusgiro(p.String()); err != nil || back != p {
				t.Fatalf("plusgiro %q: %v", p, err)
			}
		}
	})
}

func TestCheckDigitsDoesNotAllocate(t *testing.T) {
	b := []byte("199006022397")
	if n := testing.AllocsPerRun(100, func() { CheckDigits(b) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkCheckDigits(b *testing.B) {
	digits := []byte("199006022397")
	b.SetBytes(int64(len(digits)))
	for b.Loop() {
		if CheckDigits(digits) != FaultNone {
			b.Fatal("refused")
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("900602-2397", today); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse12(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse12("199006022397"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestVeilIsUndone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := newVeil(rapid.Uint64().Draw(t, "mask"), rapid.Uint64().Draw(t, "seed"))
		n := rapid.Uint64().Draw(t, "number")
		if back := v.uncover(v.cover(n)); back != n {
			t.Fatalf("%d became %d", n, back)
		}
	})
}
