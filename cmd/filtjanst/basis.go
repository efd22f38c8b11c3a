package main

import (
	"regexp"
	"slices"
	"strings"
)

// basis is what something rests on, for readers: a section of law or a rule of
// docs/rules.md. A working paper that is not published is our own choice.
func basis(rests, own string) string {
	paper := regexp.MustCompile(`\b[a-z]+\.md §+[0-9.–]+`)
	named := strings.Split(rests, "; ")
	for i, group := range named {
		named[i] = strings.Join(slices.Compact(strings.Split(paper.ReplaceAllString(group, own), ", ")), ", ")
	}
	return strings.Join(slices.Compact(named), "; ")
}

// basisOf is the basis in the language of the user.
func (a *app) basisOf(rests string) string { return basis(rests, a.say("eget val", "own choice")) }

// ownBasis is how the generated pages name our own choice; rules.md explains it.
const ownBasis = "own"
