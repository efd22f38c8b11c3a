package main

import (
	"testing"
	"time"

	"filtjanst/authority"
)

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

// A protection that is lifted late in the evening by UTC is lifted on the next
// day in Stockholm.
func TestEndOfProtection(t *testing.T) {
	t.Parallel()
	a := &app{lang: "en"}
	lifted := authority.ProtectionView{Lifted: time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC), LiftedBy: "officer 7", LiftedReason: "decision"}
	if got, want := a.endOf(lifted), "lifted 2026-03-03 by officer 7: decision"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
