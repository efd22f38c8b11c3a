package filing_test

import (
	"errors"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/layout"

	"github.com/google/go-cmp/cmp"
)

// hostileTexts are what a person can enter, or another file form hold, and a
// text file in ISO 8859-1 cannot.
func hostileTexts() []string {
	return []string{
		"Łódź – Zażółć", "日本", "FÃ¶rsening", "Ã¥", "a\nb\tc\r\nd", "\x00\x1b[2J", "\u200b", "\xff\xfe", " ", "😀",
		strings.Repeat("¦ord ", 400), strings.Repeat("rad\n", 200), strings.Repeat("å", 3000),
	}
}

// TestNoTextStopsWhatTheAuthoritySends: whatever stands in the free texts of a
// file to filers, it is written, approved, and the same in all else.
func TestNoTextStopsWhatTheAuthoritySends(t *testing.T) {
	t.Parallel()
	eachFile(t, func(t *testing.T, set *filing.Set, tx filing.Transaction, f filing.Form) {
		if info, _ := filing.Info(tx); info.Direction != filing.Out {
			t.Skip("a filer's own program is told what its file cannot carry")
		}
		sound := filingtest.Contents(tx, 11, len(hostileTexts()))
		spoilt := make([]filing.Content, len(sound))
		for i, text := range hostileTexts() {
			spoilt[i] = withTexts(t, tx, sound[i], text)
		}
		facts := filingtest.FactsOf(tx, "ABC", 17, spoilt)
		file, err := filingtest.Write(set, tx, f, facts, spoilt)
		if err != nil {
			t.Fatal(err)
		}
		if verdict, _ := check(t, set, file); verdict.Outcome != filing.Approved {
			t.Errorf("%s, errors %+v", verdict.Outcome, head(verdict.Errors))
		}
		got, _, err := readBack(set, tx, f, file)
		if err != nil || len(got) != len(sound) {
			t.Fatalf("%d documents, %v", len(got), err)
		}
		for i := range got {
			if d := cmp.Diff(withTexts(t, tx, sound[i], ""), withTexts(t, tx, got[i], ""), numbers); d != "" {
				t.Fatalf("%q (-want +got):\n%s", hostileTexts()[i], d)
			}
		}
	})
}

// withTexts gives every free text of the content that is there the same value.
func withTexts(t *testing.T, tx filing.Transaction, c filing.Content, text string) filing.Content {
	t.Helper()
	tree, err := filing.ToTree(tx, c)
	if err != nil {
		t.Fatal(err)
	}
	setTexts(tree, tree.Top(), text)
	out, err := filing.FromTree(tree, filingtest.Today.Time())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func setTexts(tree *layout.Tree, n layout.Node, text string) {
	v := tree.Vocabulary()
	first, count := v.Keys(tree.Group(n))
	for k := first; k < first+layout.KeyID(count); k++ {
		if v.Key(k).Free && tree.Has(n, k) {
			tree.SetText(n, k, text)
		}
	}
	for child := range tree.Children(n) {
		setTexts(tree, child, text)
	}
}

// TestWhatIsNoFreeTextIsRefused: numbers, and a filer's own texts, are never
// changed on their way into a file.
func TestWhatIsNoFreeTextIsRefused(t *testing.T) {
	t.Parallel()
	opening := filingtest.Contents(filing.SCOpening, 3, 1)[0].(*filing.RestructuringOpening)
	opening.MatterNumber = "SKS–26–1"
	report := filingtest.Contents(filing.SCClaim, 3, 1)[0].(*filing.ClaimReport)
	report.Debtor.Name = "Łucja"
	for tx, c := range map[filing.Transaction]filing.Content{filing.SCOpening: opening, filing.SCClaim: report} {
		all := []filing.Content{c}
		_, err := filingtest.Write(filing.Own(), tx, filing.TextForm, filingtest.FactsOf(tx, "ABC", 1, all), all)
		if refused, ok := errors.AsType[*layout.ValueError](err); !ok || refused.Problem != layout.ValueCharacter {
			t.Errorf("%s: %v, wants a character refused", tx, err)
		}
	}
}
