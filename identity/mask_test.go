package identity

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// leaks reports the number's digits in any grouping that people write.
func leaks(text string, n Number) bool {
	full := n.Full()
	for _, form := range []string{full, full[2:], full[2:8] + "-" + full[8:], full[2:8] + "+" + full[8:], full[4:], full[2:8]} {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}

// keeper holds a number where fmt cannot call its methods.
type keeper struct {
	number  Number
	list    []Number
	byName  map[string]Number
	pointer *Number
}

func TestEveryVerbIsMasked(t *testing.T) {
	t.Parallel()
	n := mustParse(t, "900602-2397")
	k := keeper{n, []Number{n}, map[string]Number{"a": n}, &n}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%T %v", "%20s", "%-20s", "%t", "%U", "%p"} {
		for _, value := range []any{n, &n, []Number{n}, map[Number]int{n: 1}, struct{ N Number }{n}, k, &k} {
			if got := fmt.Sprintf(format, value, value); leaks(got, n) {
				t.Errorf("Sprintf(%q, %T) = %s", format, value, got)
			}
		}
	}
}

func TestEncodersMask(t *testing.T) {
	t.Parallel()
	n := mustParse(t, "900602-2397")
	holder := struct {
		Number Number
		Map    map[Number]string
	}{n, map[Number]string{n: "x"}}
	asJSON, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	asXML, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"a"`
		N       Number   `xml:"n"`
		A       Number   `xml:"a,attr"`
	}{N: n, A: n})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"json": string(asJSON), "xml": string(asXML), "slog text": logged(n, true), "slog json": logged(n, false)} {
		if leaks(text, n) || !strings.Contains(text, "1990****-****") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func logged(n Number, text bool) string {
	var b bytes.Buffer
	var h slog.Handler = slog.NewJSONHandler(&b, nil)
	if text {
		h = slog.NewTextHandler(&b, nil)
	}
	slog.New(h).Info("read", "number", n, "pointer", &n, "list", []Number{n}, "in", keeper{number: n}, slog.Group("g", "n", n))
	return b.String()
}

func TestMaskedForms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"199006022397":          "1990****-****",
		"165560000167":          "1655****-****",
		"birth_date:1971-02-03": "birth_date:****",
	} {
		n, err := Parse12(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := n.Masked(); got != want {
			t.Errorf("Masked(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestFormatWidth(t *testing.T) {
	t.Parallel()
	n := mustParse(t, "900602-2397")
	for format, want := range map[string]string{
		"%15s|":  "  1990****-****|",
		"%-15v|": "1990****-****  |",
		"%q":     `"1990****-****"`,
		"%#v":    "identity.Number(1990****-****)",
	} {
		if got := fmt.Sprintf(format, n); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
}

func TestErrorsHoldNoDigits(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"900602-2398", "9006022398", "199013022397", "9,00602E+09", "900602-239A", strings.Repeat("9006022397", 20), "9006\x002397"} {
		_, err := Parse(in, today)
		if err == nil {
			t.Errorf("%q passed", in)
			continue
		}
		fault, ok := errors.AsType[*Error](err)
		if !ok {
			t.Fatalf("%q: %T", in, err)
		}
		for _, text := range []string{err.Error(), fault.Swedish(), fault.English(), fmt.Sprintf("%+v %#v", err, fault)} {
			if strings.Contains(text, "9006") || strings.Contains(text, "2397") || strings.Contains(text, "2398") {
				t.Errorf("error of %q holds digits: %s", in, text)
			}
		}
	}
}

func TestEveryFaultHasTexts(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for f := range faultCount {
		if f.Code() == "" || f.Swedish() == "" || f.English() == "" || seen[f.Code()] {
			t.Errorf("fault %d: code %q, %q, %q", f, f.Code(), f.Swedish(), f.English())
		}
		seen[f.Code()] = true
	}
}
