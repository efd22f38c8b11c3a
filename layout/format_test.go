package layout

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestShortYears: each hundred of years is said in two digits, and no other.
func TestShortYears(t *testing.T) {
	t.Parallel()
	for source, first := range map[string]int{"date:yymmdd": 1970, "date:yymmdd:1930": 1930, "date:yymmdd:2000": 2000, "date:yymmdd:1900": 1900, "date:yymmdd:1999": 1999} {
		f, err := parseFormat(source, nil)
		if err != nil {
			t.Fatal(err)
		}
		for year := first - 1; year <= first+100; year++ {
			day := daysFromCivil(year, 3, 1)
			b, ok := f.appendNumber(nil, day)
			if inside := first <= year && year < first+100; ok != inside {
				t.Errorf("%s: %d is written: %v", source, year, ok)
			}
			if got, read := f.decode(b); ok && (!read || got != day) {
				t.Errorf("%s: %d is read from %s as %d", source, year, b, got)
			}
		}
	}
}

func TestShortYearProblems(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"date:yymmdd:", "date:yymmdd:30", "date:yymmdd:9901", "date:yymmdd:193x", "date:yymmdd:1930:1", "date:yyyymmdd:1930", "datetime:yyyymmddhhmmss:1930", "digits:blank"} {
		if f, err := parseFormat(source, nil); err == nil {
			t.Errorf("%s is taken: %+v", source, f)
		}
	}
}

func TestShortYearsAreDescribed(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"date:yymmdd":      "ÅÅMMDD: Datum. År 70–99 är 1900-tal, övriga 2000-tal.",
		"date:yymmdd:1905": "ÅÅMMDD (1905–2004): Datum. År 05–99 är 1900-tal, övriga 2000-tal.",
		"date:yymmdd:2000": "ÅÅMMDD (2000–2099): Datum. Alla år är 2000-tal.",
	} {
		f, err := parseFormat(source, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.swedish() + ": " + f.meaning(); got != want {
			t.Errorf("%s: %s", source, got)
		}
	}
}

// TestDigitsKeepTheirLength writes digits that do not fill their field.
func TestDigitsKeepTheirLength(t *testing.T) {
	t.Parallel()
	v := allotment(t)
	for format, c := range map[string]struct{ line, back string }{
		"digits":      {"01A Ada                 0012\n", "0012"},
		"digits:zero": {"01A Ada                 000000000012\n", "000000000012"},
		"text":        {"01A Ada                 0012\n", "0012"},
	} {
		l := parsed(t, strings.Replace(allotmentText, `"document.tenant.number", format = "digits"`, `"document.tenant.number", format = "`+format+`"`, 1), v)
		b := convert(t, l, TextForm, TextForm, []byte(allotmentFile))
		if !strings.Contains(string(b), c.line) {
			t.Errorf("%s: wants %q in\n%s", format, c.line, b)
		}
		outlines := readBack(t, l, TextForm, b)
		if want := "number=\"" + c.back + "\"\n"; !strings.Contains(outlines[1], want) {
			t.Errorf("%s: %s", format, cmp.Diff(want, outlines[1]))
		}
	}
}
