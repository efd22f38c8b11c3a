package layout

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestFit(t *testing.T) {
	t.Parallel()
	carried := func(r rune) bool { return r >= ' ' && r <= '~' || strings.ContainsRune("åäöÅÄÖé", r) }
	for in, want := range map[string]string{
		"Åsa Öström":      "Åsa Öström",
		"A\u030Asa":       "Åsa", // composed
		"Łódź–Śląsk":      "Lodz-Slask",
		"100\u202f000 €…": "100 000 EUR...",
		"”citat”":         `"citat"`,
		"a\tb\r\nc":       "a b  c",
		"日本 😀":            "?? ?",
		"a\u200bb\u0301":  "ab",
		"\xff":            "?",
		"ﬁn":              "fin",
		"":                "",
	} {
		got := Fit(in, carried)
		if got != want {
			t.Errorf("%q becomes %q, wants %q", in, got, want)
		}
		if again := Fit(got, carried); again != got {
			t.Errorf("%q becomes %q, and then %q", in, got, again)
		}
	}
	if got := Fit("Ωa", unicode.IsLower); got != " a" {
		t.Errorf("%q, wants a blank where no mark is carried", got)
	}
}

// TestFittingWriter gives the free texts of a sound document values that its
// forms cannot carry.
func TestFittingWriter(t *testing.T) {
	t.Parallel()
	l := libraryLayout(t)
	v := l.Vocabulary()
	reference, name, note := v.MustKey("document.reference"), v.MustKey("document.borrower.name"), v.MustKey("document.item.note")
	for label, c := range map[string]struct {
		key         KeyID
		given       string
		text, inXML string
	}{
		"sound":            {name, "Åsa Ö", "Åsa Ö", "Åsa Ö"},
		"too long":         {name, strings.Repeat("å", 31), strings.Repeat("å", 30), strings.Repeat("å", 30)},
		"not encodable":    {name, "Łódź", "Lodz", "Łódź"},
		"not permitted":    {name, "a%b", "a-b", "a%b"},
		"line feed":        {name, "a\nb", "a b", "a b"},
		"like UTF-8":       {name, "Ã¥Ã¥", "A-A-", "?¥?¥"},
		"read as UTF-8":    {note, "Ö§, Ö§", "-§, Ö§", "Ö§, Ö§"},
		"blank, required":  {reference, " \u200b ", "-", "?"},
		"more lines":       {note, strings.Repeat("rad\n", 21) + "x", strings.TrimSuffix(strings.Repeat("rad\n", 20), "\n"), strings.Repeat("rad\n", 21) + "x"},
		"lines, unencoded": {note, "Łódź\n日\n", "Lodz\n-", "Łódź\n日"},
	} {
		for form, want := range map[Form]string{TextForm: c.text, XMLForm: c.inXML} {
			t.Run(label+" "+string(form), func(t *testing.T) {
				t.Parallel()
				doc := libraryDocument(v, "A")
				n := doc.Top()
				if g := v.GroupOf(c.key); g != DocumentGroup {
					n = doc.First(n, g)
				}
				doc.SetText(n, c.key, c.given)
				expected := libraryDocument(v, "A")
				expected.SetText(n, c.key, want)
				var out bytes.Buffer
				w, err := l.NewFittingWriter(&out, form, libraryFile(v, 1, 134_800))
				if err == nil {
					err = errors.Join(w.Write(doc), w.Close())
				}
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(outline(expected), readBack(t, l, form, out.Bytes())[1]); d != "" {
					t.Error(d)
				}
			})
		}
	}
}

// TestFittingCostsNothing: a file whose texts need no fitting is written with
// as few allocations as without.
func TestFittingCostsNothing(t *testing.T) {
	l := libraryLayout(t)
	doc, file := libraryDocument(l.Vocabulary(), "A"), libraryFile(l.Vocabulary(), 100, 0)
	for _, form := range l.Forms() {
		allocated := func(begin func(io.Writer, Form, *Tree) (*Writer, error)) float64 {
			return testing.AllocsPerRun(5, func() {
				w, err := begin(io.Discard, form, file)
				for range 100 {
					if err == nil {
						err = w.Write(doc)
					}
				}
				if err != nil {
					t.Fatal(err)
				}
			})
		}
		if strict, fitting := allocated(l.NewWriter), allocated(l.NewFittingWriter); fitting > strict+1 {
			t.Errorf("%s: %v allocations, %v without fitting", form, fitting, strict)
		}
	}
}
