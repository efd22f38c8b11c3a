package paragraph

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Lines are no longer than they may be, hold all words in their order, and no
// line ends where the next word would have fitted.
func TestWrap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zåäö]{1,30}`)).Draw(t, "words")
		indent := strings.Repeat(" ", rapid.IntRange(0, 8).Draw(t, "indent"))
		text := Wrap(strings.Join(words, "  "), indent)
		if !slices.Equal(strings.Fields(text), words) {
			t.Fatalf("%q holds other words", text)
		}
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			n := utf8.RuneCountInString(line)
			if n > width || n > 0 && !strings.HasPrefix(line, indent) {
				t.Fatalf("line %q", line)
			}
			if i+1 < len(lines) {
				if next := strings.Fields(lines[i+1])[0]; n+1+utf8.RuneCountInString(next) <= width {
					t.Fatalf("%q has room for %q", line, next)
				}
			}
		}
	})
}

func TestALongWordHasALineOfItsOwn(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", width+1)
	if got := Wrap("a "+long+" b", ""); got != "a\n"+long+"\nb" {
		t.Errorf("%q", got)
	}
	if got := Fill([]string{"two words", "and"}, "  "); got != "  two words and" {
		t.Errorf("%q", got)
	}
}
