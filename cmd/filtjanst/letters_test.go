package main

import "testing"

func TestLetterForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		out       string
		page, pdf bool
		want      string
	}{
		{"", false, false, "html"}, {"", false, true, "pdf"}, {"letter.pdf", false, false, "pdf"}, {"LETTER.PDF", false, false, "pdf"},
		{"letter.pdf", true, false, "html"}, {"letter.html", false, false, "html"}, {"letter", false, true, "pdf"},
	} {
		if got := letterForm(test.out, test.page, test.pdf); got != test.want {
			t.Errorf("%q is written as %s, want %s", test.out, got, test.want)
		}
	}
}
