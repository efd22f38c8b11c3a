package handbook

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestBasis(t *testing.T) {
	t.Parallel()
	for rests, want := range map[string]string{
		"":                                   "",
		"BFL §20":                            "BFL §20",
		"files.md §8.2":                      "own",
		"BFL §53; law.md §2.2":               "BFL §53; own",
		"files.md §4.7; never instead of it": "own; never instead of it",
		"files.md §8.3, files.md §4.2, R55":  "own, R55",
		"UB 4:9 a, b":                        "UB 4:9 a, b",
	} {
		if got := basis(rests); got != want {
			t.Errorf("%q rests on %q, want %q", rests, got, want)
		}
	}
}

// The documents name no paper that is not among them, and no rule that rules.md
// does not explain.
func TestDocumentsExplainWhatTheyRestOn(t *testing.T) {
	t.Parallel()
	rules, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "rules.md"))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join("..", "..", "..", "docs", "*.md"))
	if err != nil || len(pages) < 10 {
		t.Fatal(len(pages), err)
	}
	paper, number := regexp.MustCompile(`\b[a-z]+\.md §`), regexp.MustCompile(`\bR[0-9]{1,2}\b`)
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if found := paper.FindAllString(string(text), -1); found != nil {
			t.Errorf("%s rests on %q, which is not published", page, found)
		}
		for _, r := range number.FindAllString(string(text), -1) {
			if !strings.Contains(string(rules), "\n| "+r+" |") {
				t.Errorf("%s names %s, which rules.md does not explain", page, r)
			}
		}
	}
}
