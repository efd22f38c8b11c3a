package main

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"filtjanst/authority"
)

// TestTitlesOfActsAreOfOneStyle: what officers choose among begins with a
// capital, what they fill in does not.
func TestTitlesOfActsAreOfOneStyle(t *testing.T) {
	t.Parallel()
	begins := func(text string) rune { r, _ := utf8.DecodeRuneInString(text); return r }
	for _, act := range authority.ActTable() {
		for _, title := range []string{act.Swedish, act.English} {
			if !unicode.IsUpper(begins(title)) {
				t.Errorf("%s.%s: %q", act.Room, act.Name, title)
			}
		}
		for _, p := range act.Params {
			next, _ := utf8.DecodeRuneInString(p.Swedish[utf8.RuneLen(begins(p.Swedish)):])
			if unicode.IsUpper(begins(p.Swedish)) && unicode.IsLower(next) {
				t.Errorf("%s.%s %s: %q", act.Room, act.Name, p.Name, p.Swedish)
			}
		}
	}
}
