package layout

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWriterRefuses changes one thing of a sound document.
func TestWriterRefuses(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	v := l.Vocabulary()
	name, note, kind := v.MustKey("document.borrower.name"), v.MustKey("document.item.note"), v.MustKey("document.item.kind")
	item := func(t *Tree) Node { return t.First(0, v.MustGroup("document.item")) }
	for label, c := range map[string]struct {
		change func(t *Tree)
		path   string
		want   map[Form]ValueProblem
	}{
		"too long":      {func(t *Tree) { t.SetText(1, name, strings.Repeat("x", 31)) }, "document.borrower.name", map[Form]ValueProblem{TextForm: ValueTooLong, XMLForm: ValueTooLong}},
		"just fits":     {func(t *Tree) { t.SetText(1, name, strings.Repeat("å", 30)) }, "", nil},
		"not permitted": {func(t *Tree) { t.SetText(1, name, "a%b") }, "document.borrower.name", map[Form]ValueProblem{TextForm: ValueCharacter}},
		"control":       {func(t *Tree) { t.SetText(1, name, "a\x01b") }, "document.borrower.name", map[Form]ValueProblem{TextForm: ValueCharacter, XMLForm: ValueCharacter}},
		"line feed":     {func(t *Tree) { t.SetText(1, name, "a\nb") }, "document.borrower.name", map[Form]ValueProblem{TextForm: ValueCharacter, XMLForm: ValueCharacter}},
		"not encodable": {func(t *Tree) { t.SetText(1, name, "Łódź") }, "document.borrower.name", map[Form]ValueProblem{TextForm: ValueCharacter}},
		"not digits":    {func(t *Tree) { t.SetText(1, v.MustKey("document.borrower.card"), "12a") }, "document.borrower.card", map[Form]ValueProblem{TextForm: ValueUnwritable, XMLForm: ValueUnwritable}},
		"amount":        {func(t *Tree) { t.SetNum(item(t), v.MustKey("document.item.amount"), 10_000_000_000) }, "document.item.amount", map[Form]ValueProblem{TextForm: ValueTooLong}},
		"rate":          {func(t *Tree) { t.SetNum(item(t), v.MustKey("document.item.rate"), 12_345) }, "document.item.rate", map[Form]ValueProblem{TextForm: ValueUnwritable}},
		"century":       {func(t *Tree) { t.SetNum(2, v.MustKey("document.borrower.guardian.born"), -40_000) }, "document.borrower.guardian.born", map[Form]ValueProblem{TextForm: ValueUnwritable}},
		"missing":       {func(t *Tree) { t.Add(0, v.MustGroup("document.borrower")) }, "document.borrower.card", map[Form]ValueProblem{TextForm: ValueMissing, XMLForm: ValueMissing}},
		"too many": {func(t *Tree) {
			for range 3 {
				t.SetText(t.Add(0, v.MustGroup("document.borrower")), v.MustKey("document.borrower.card"), "0000000001")
			}
		}, "document.borrower", map[Form]ValueProblem{TextForm: ValueOccurrence, XMLForm: ValueOccurrence}},
		"too many lines": {func(t *Tree) { t.SetText(item(t), note, strings.Repeat("rad\n", 21)+"x") }, "document.item.note", map[Form]ValueProblem{TextForm: ValueTooLong}},
		"wrapped":        {func(t *Tree) { t.SetText(item(t), note, strings.Repeat("ord ", 100)) }, "", nil},
		"no kind":        {func(t *Tree) { *t.value(item(t), kind) = value{origin: None} }, "document.item.kind", map[Form]ValueProblem{TextForm: ValueMissing, XMLForm: ValueMissing}},
	} {
		for _, form := range l.Forms() {
			t.Run(label+" "+string(form), func(t *testing.T) {
				t.Parallel()
				doc := libraryDocument(v, "A")
				c.change(doc)
				var out bytes.Buffer
				w, err := l.NewWriter(&out, form, libraryFile(v, 1, 0))
				if err != nil {
					t.Fatal(err)
				}
				err = w.Write(doc)
				var refused *ValueError
				if errors.As(err, &refused) {
					if refused.Problem != c.want[form] || refused.Path != c.path {
						t.Errorf("got %v", err)
					}
				} else if err != nil || c.want[form] != "" {
					t.Errorf("got %v, wants %q", err, c.want[form])
				}
				// What was refused leaves nothing behind.
				if err := w.Write(libraryDocument(v, "B")); err != nil {
					t.Fatal(err)
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				want := 2
				if refused != nil {
					want = 1
				}
				if got := len(readBack(t, l, form, out.Bytes())) - 1; got != want {
					t.Errorf("%d documents, wants %d", got, want)
				}
			})
		}
	}
}

func TestNextLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"kort":               "kort",
		"precis tio":         "precis tio",
		"ett två tre fyra":   "ett två|tre fyra",
		"ordutanblanktecken": "ordutanbla|nktecken",
		"ett\n\ntvå":         "ett||två",
		"åäöåäöåäö åäö":      "åäöåäöåäö|åäö",
		"precis tio elva":    "precis tio|elva",
		"blankt    \nslut":   "blankt|slut",
	} {
		var lines []string
		for more := true; more; {
			var line string
			line, in, more = nextLine(in, 10)
			lines = append(lines, line)
		}
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("%q, wants %q", got, want)
		}
	}
}

func TestClosedWriterWritesNoMore(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	w, err := l.NewWriter(&bytes.Buffer{}, TextForm, libraryFile(l.Vocabulary(), 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Write(libraryDocument(l.Vocabulary(), "A")) == nil || w.Close() == nil {
		t.Error("writes on")
	}
}

// TestShortRecords: a description that takes short records gets them, and
// what is written reads back as from full ones.
func TestShortRecords(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		t.Fatal(err)
	}
	short, err := Parse("l.toml", bytes.Replace(source, []byte("[text]\n"), []byte("[text]\nshort = true\n"), 1), library(t))
	if err != nil {
		t.Fatal(err)
	}
	full := libraryLayout(t)
	long, cut := libraryBytes(t, full, TextForm, 2), libraryBytes(t, short, TextForm, 2)
	for line := range bytes.Lines(cut) {
		if bytes.HasSuffix(line, []byte(" \r\n")) {
			t.Errorf("%q has blanks at its end", line)
		}
	}
	if len(cut) >= len(long) {
		t.Errorf("%d bytes, and %d with all blanks", len(cut), len(long))
	}
	if diff := cmp.Diff(readBack(t, full, TextForm, long), readBack(t, short, TextForm, cut)); diff != "" {
		t.Error(diff)
	}
}
