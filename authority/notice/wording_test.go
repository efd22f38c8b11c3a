package notice

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The wording of every letter, to be read as a whole.
func TestWordsOfLetters(t *testing.T) {
	t.Parallel()
	p := press(t)
	all := examples(t, p.matrix)
	var text strings.Builder
	told := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		sheets, err := p.sheets(Item{Letter: all[name]})
		if err != nil {
			t.Fatal(err)
		}
		words := sheets[0].plain()
		if !told[words] { // most roles are told the same
			fmt.Fprintf(&text, "==== %s\n\n%s", name, words)
		}
		told[words] = true
	}
	const file = "testdata/letters.txt"
	if *update {
		if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text.String()); diff != "" {
		t.Errorf("the words have changed; read them, then run with -update (-was +is):\n%s", diff)
	}
}

func (s sheet) plain() string {
	text := "# " + s.Title + "\n\n"
	for _, b := range s.Blocks {
		text += b.plain() + "\n"
	}
	return text
}

func (b block) plain() string {
	switch b.Kind {
	case heading:
		return "## " + b.Text + "\n"
	case notable:
		return "! " + b.Text + "\n"
	case point:
		return "- " + b.Text
	case quoted:
		return "> " + strings.ReplaceAll(b.Text, "\n", "\n> ") + "\n"
	case newPage:
		return "----\n"
	case signature:
		return "______ " + b.Text
	case facts:
		var rows strings.Builder
		for _, r := range b.Rows {
			fmt.Fprintf(&rows, "| %s: %s\n", r.Label, r.Value)
		}
		return rows.String()
	}
	return b.Text + "\n"
}
