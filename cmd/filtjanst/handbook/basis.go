package handbook

import (
	"regexp"
	"slices"
	"strings"
)

// Basis is what something rests on, for readers: a section of law or a rule of
// docs/rules.md. A working paper that is not published is told in the words given,
// as our own choice.
func Basis(rests, own string) string {
	paper := regexp.MustCompile(`\b[a-z]+\.md §+[0-9.–]+`)
	named := strings.Split(rests, "; ")
	for i, group := range named {
		named[i] = strings.Join(slices.Compact(strings.Split(paper.ReplaceAllString(group, own), ", ")), ", ")
	}
	return strings.Join(slices.Compact(named), "; ")
}

// basis is the basis as the documents name it; rules.md explains what is own.
func basis(rests string) string { return Basis(rests, "own") }
