package shs

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPageForDevelopers: docs/connecting.md names each code that the handlers
// answer with, and no parameter of a list that is not read.
func TestPageForDevelopers(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/connecting.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, code := range []Code{IllegalSender, IllegalReceiver, UnknownReceiver, IllegalProductType, UnknownProductType,
		IllegalMessageStructure, IllegalDatapartContent, MissingAgreement, OtherError} {
		if !strings.Contains(page, "`"+string(code)+"`") {
			t.Errorf("the page does not name %s", code)
		}
	}
	_, lists, _ := strings.Cut(page, "### Lists")
	lists, _, _ = strings.Cut(lists, "\n## ")
	for row := range strings.Lines(lists) {
		cells := strings.Split(row, "|")
		if len(cells) != 4 {
			continue
		}
		for i, name := range strings.Split(cells[1], "`") {
			if i%2 == 1 && !read(t, strings.ReplaceAll(name, "NAME", "x")) {
				t.Errorf("the parameter %s is not read", name)
			}
		}
	}
}

// read tells whether any of some values makes a difference to a list.
func read(t *testing.T, parameter string) bool {
	t.Helper()
	plain, err := ParseFilter(url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"x", "noack", "test", "desc", "7", product} {
		f, err := ParseFilter(url.Values{parameter: {value}})
		if err != nil || !cmp.Equal(f, plain) {
			return true
		}
	}
	return false
}
