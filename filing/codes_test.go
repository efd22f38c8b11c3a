package filing_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/layout"
	"filtjanst/money"
)

func TestEveryFaultOfLayoutHasACode(t *testing.T) {
	t.Parallel()
	for _, fault := range layout.FaultCodes() {
		if !slices.ContainsFunc(filing.Codes(), func(c filing.CodeInfo) bool {
			return c.Class == filing.General && slices.Contains(c.Faults, fault.String())
		}) {
			t.Errorf("no code of class general for the fault %s", fault)
		}
	}
}

func TestEveryFaultOfIdentityHasACodeOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[filing.Code]string{}
	for fault := identity.FaultNone + 1; !strings.HasPrefix(fault.Code(), "none") && fault <= identity.FaultForeignKindUnknown; fault++ {
		name := "identity:" + fault.Code()
		i := slices.IndexFunc(filing.Codes(), func(c filing.CodeInfo) bool {
			return c.Class == filing.Document && slices.Contains(c.Faults, name)
		})
		if i < 0 {
			t.Errorf("no code for %s", name)
			continue
		}
		code := filing.Codes()[i].Code
		if other, taken := seen[code]; taken {
			t.Errorf("%s stands for %s and %s", code, other, name)
		}
		seen[code] = name
	}
}

func TestNoCodeNamesAFaultThatDoesNotExist(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, fault := range layout.FaultCodes() {
		known[fault.String()] = true
	}
	for _, c := range filing.Codes() {
		for _, fault := range c.Faults {
			if !known[fault] && !strings.HasPrefix(fault, "identity:") {
				t.Errorf("%s names the fault %s, which layout does not have", c.Code, fault)
			}
		}
	}
}

var braces = regexp.MustCompile(`\{([^}]*)\}`)

func TestCodeTableIsWhole(t *testing.T) {
	t.Parallel()
	seen := map[filing.Code]bool{}
	for _, c := range filing.Codes() {
		if seen[c.Code] {
			t.Errorf("%s stands twice", c.Code)
		}
		seen[c.Code] = true
		if c.Swedish == "" || c.English == "" || c.RemedySwedish == "" || c.RemedyEnglish == "" {
			t.Errorf("%s lacks a text", c.Code)
		}
		if c.Class != filing.General && c.Class != filing.Document {
			t.Errorf("%s has class %q", c.Code, c.Class)
		}
		if strings.Contains(c.Example, "{") || (c.Example == "") != (len(c.Args) == 0) {
			t.Errorf("%s has args %v and the example %q", c.Code, c.Args, c.Example)
		}
		if c.Warning != strings.HasPrefix(string(c.Code), "W") {
			t.Errorf("%s: warnings and no others begin with W", c.Code)
		}
		for _, text := range []string{c.Swedish, c.English} {
			for _, m := range braces.FindAllStringSubmatch(text, -1) {
				if !slices.Contains(c.Args, m[1]) {
					t.Errorf("%s: {%s} is none of its args %v", c.Code, m[1], c.Args)
				}
			}
		}
		if got, ok := filing.Explain(strings.ToLower(string(c.Code))); !ok || got.Code != c.Code {
			t.Errorf("Explain(%s) = %v, %v", c.Code, got.Code, ok)
		}
	}
	if _, ok := filing.Explain("X999"); ok {
		t.Error("Explain knows X999")
	}
}

func TestNewErrorFillsTexts(t *testing.T) {
	t.Parallel()
	e := filing.NewError("F254", filing.Place{Line: 3, Value: "x"}, money.Amount(134800), money.Amount(134801))
	if e.Swedish != "Missivets summa är 1348,00 men filens är 1348,01." || e.English != "The sum of the cover note is 1348,00 but that of the file is 1348,01." {
		t.Errorf("texts %q, %q", e.Swedish, e.English)
	}
	if e.Class != filing.General || e.Line != 3 || e.Value != "x" || !strings.Contains(e.Remedy, " / ") {
		t.Errorf("error %+v", e)
	}
}

func TestReferencesAreShownWhole(t *testing.T) {
	t.Parallel()
	if got := filing.NewError("D301", filing.Place{Reference: "2600812345"}, 1, 2).Reference; got != "2600812345" {
		t.Errorf("the reference became %q; the filer finds its document by it", got)
	}
}

func TestErrorsMaskPersonalNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, want string }{
		{"198112189876", "1981********"},
		{"811218-9876", "81****-****"},
		{"nr 8112189876 i texten", "nr 81******** i texten"},
		{"19-8112189876", "19-81********"},
		{"S-2027-000003", "S-2027-000003"},
		{"0000000005", "0000000005"},
		{"000000000005", "000000000005"},
		{"Örjan €", "Örjan ?"},
		{"2026-06-30", "2026-06-30"},
		{strings.Repeat("å", 100), strings.Repeat("å", 80) + "..."},
		{"a\x00b", "a?b"},
	} {
		if got := filing.NewError("F101", filing.Place{Value: c.value}).Value; got != c.want {
			t.Errorf("%q is shown as %q, wants %q", c.value, got, c.want)
		}
	}
}
