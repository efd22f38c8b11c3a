package layout

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestVariantsAreReadAndWritten(t *testing.T) {
	t.Parallel()
	l := parsed(t, allotmentText, allotment(t))
	outlines, faults := read(t, l, TextForm, allotmentFile)
	want := []string{
		"file\n  origin=2\n  sequence=17\n",
		"document\n  reference=\"R-1\"\n  way=0\n  rent=12000\n  tenant\n    name=\"Ada\"\n    number=\"0012\"\n  tenant\n    name=\"Bo\"\n  tool\n    kind=0\n    width=20\n  tool\n    kind=1\n",
		"document\n  reference=\"R-2\"\n  way=1\n  price=500000\n  tenant\n    name=\"Eva\"\n",
	}
	if diff := cmp.Diff(want, outlines); diff != "" || len(faults) > 0 {
		t.Errorf("%v %s", faults, diff)
	}
	if got := string(convert(t, l, TextForm, TextForm, []byte(allotmentFile))); got != allotmentFile {
		t.Error(cmp.Diff(allotmentFile, got))
	}
}

// TestStartVariantFollowsItsKey writes each of the start records.
func TestStartVariantFollowsItsKey(t *testing.T) {
	t.Parallel()
	v := allotment(t)
	l := parsed(t, allotmentText, v)
	for symbol, want := range map[string]string{"desk": "00M\n", "letter": "00\xc5\n", "file": "00F\n"} {
		file := NewTree(v, FileGroup)
		file.SetSymbol(0, v.MustKey("file.origin"), symbol)
		b := write(t, l, TextForm, file)
		if string(b) != want {
			t.Errorf("%s: %q", symbol, b)
		}
		if diff := cmp.Diff([]string{outline(file)}, readBack(t, l, TextForm, b)); diff != "" {
			t.Error(diff)
		}
	}
	_, err := l.NewWriter(&bytes.Buffer{}, TextForm, NewTree(v, FileGroup))
	var refused *ValueError
	if !errors.As(err, &refused) || refused.Problem != ValueMissing || refused.Path != "file.origin" {
		t.Errorf("without origin: %v", err)
	}
}

func TestVariantFaults(t *testing.T) {
	t.Parallel()
	l := parsed(t, allotmentText, allotment(t))
	all := "want=01L/01LH/01LK/01A/01VS/01VR"
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown variant": {"01A Bo", "01X Bo", `record-unknown line=5 offset=60 record= field= value="01X" ` + all},
		"no variant":      {"01VR", "01", `record-unknown line=7 offset=75 record= field= value="01" ` + all},
		"unknown type":    {"01VR", "07VR", `record-unknown line=7 offset=75 record= field= value="07" want= `},
		"missing":         {"01A Eva\n", "", `record-missing line=8 offset=80 record=01L field= value="" want=01A `},
		"too many":        {"01A Bo", "01A Bo\n01A Cia", `record-too-many line=6 offset=67 record=01A `},
		"order":           {"01A Bo\n01VS020", "01VS020\n01A Bo", `record-order line=6 offset=68 record=01A `},
		"both ways":       {"01A Ada", "01LK000000001\n01A Ada", `record-too-many line=4 offset=31 record=01LK `},
		"two starts":      {"01L R-1", "00M\n01L R-1", `record-too-many line=2 offset=9 record=00M `},
		"no start":        {"00F00017\n", "", `missing-start line=1 offset=0 record= field= value="" want=00M/00Å/00F`},
		"bad field":       {"0012\n", "001x\n", `field-digits line=4 offset=55 record=01A field=NR `},
		"unknown start":   {"00F", "00Q", `missing-start`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := read(t, l, TextForm, strings.Replace(allotmentFile, c.old, c.new, 1))
			if len(faults) == 0 || !strings.HasPrefix(faults[0], c.want) && !strings.Contains(faults[0], c.want) {
				t.Errorf("wants %s, got %q", c.want, faults)
			}
		})
	}
}

// TestCutVariant: a last line without its end and without its variant is cut.
func TestCutVariant(t *testing.T) {
	t.Parallel()
	_, faults := read(t, parsed(t, allotmentText, allotment(t)), TextForm, allotmentFile+"01")
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "truncated") {
		t.Errorf("got %q", faults)
	}
}

func TestVariantProblems(t *testing.T) {
	t.Parallel()
	v := allotment(t)
	for name, c := range map[string]struct{ old, new, want string }{
		"none on one":     {"variant = { position = 3, length = 2, value = \"A\" }\n", "", "record type 01 stands twice; several records of a type want a variant each"},
		"twice":           {`value = "LK"`, `value = "LH"`, `record type 01 has the variant "LH" twice`},
		"elsewhere":       {`position = 3, length = 2, value = "A"`, `position = 4, length = 2, value = "A"`, "stand at different positions"},
		"empty":           {`length = 2, value = "A"`, `length = 2, value = ""`, "is empty"},
		"too long":        {`length = 2, value = "A"`, `length = 2, value = "ABC"`, "too short for its value"},
		"over the type":   {`position = 3, length = 2, value = "A"`, `position = 2, length = 2, value = "A"`, "overlaps the record type"},
		"not encodable":   {`length = 2, value = "A"`, `length = 2, value = "Ł"`, "not permitted"},
		"no position":     {`position = 3, length = 2, value = "A"`, `length = 2, value = "A"`, "position from 1"},
		"field half over": {`{ name = "NAMN", position = 5`, `{ name = "NAMN", position = 4`, "overlaps the variant"},
		"not of format":   {`value = "M" }`, `value = "X" }`, `"X" is not a value of its format`},
		"other bounds":    {"group = \"file\"\nmin = 1", "group = \"file\"\nmin = 0", "want the same min and max"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(allotmentText, c.old, c.new, 1)
			if _, err := Parse("test.toml", []byte(changed), v); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("wants %q, got %v", c.want, err)
			}
		})
	}
}

func TestVariantsAreDescribed(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := parsed(t, allotmentText, allotment(t)).Describe(&out, Markdown, Sections{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| 00M |  | filen | 1 av 00M, 00Å, 00F |", "### Post 01LH", "| 01LH | POSTTYP | 1 | 2 | alltid 01 | J |",
		"| 01LH | VARIANT | 3 | 2 | alltid LH | J |", "| 00F | URSPRUNG | 3 | 1 | alltid F | J |", "skiljs åt av ett värde",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// TestVariantsContradict: what implies two values of a key is a fault, even
// where several records may come, and a value that only they carry is not lost.
func TestVariantsContradict(t *testing.T) {
	t.Parallel()
	v := allotment(t)
	l := parsed(t, strings.ReplaceAll(allotmentText, "max = 1\nset", "max = 3\nset"), v)
	_, faults := read(t, l, TextForm, strings.Replace(allotmentFile, "01A Ada", "01LH000000001\n01LK000000001\n01A Ada", 1))
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "record-order line=5 offset=45 record=01LK ") {
		t.Errorf("got %q", faults)
	}
	doc := NewTree(v, DocumentGroup)
	doc.SetText(0, v.MustKey("document.reference"), "R")
	doc.SetText(doc.Add(0, v.MustGroup("document.tenant")), v.MustKey("document.tenant.name"), "Ada")
	doc.SetNum(0, v.MustKey("document.rent"), 100)
	w, err := l.NewWriter(&bytes.Buffer{}, TextForm, fileOf(v))
	if err != nil {
		t.Fatal(err)
	}
	var refused *ValueError
	if err := w.Write(doc); !errors.As(err, &refused) || refused.Problem != ValueNoPlace || refused.Path != "document.rent" {
		t.Errorf("got %v", err)
	}
}
