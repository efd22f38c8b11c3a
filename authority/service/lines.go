package service

import "filtjanst/filing"

// Clash is how a line of a file goes together with an earlier one of it.
type Clash int

// The clashes.
const (
	Together    Clash = iota // both can hold
	Repeats                  // the later says the same again
	Contradicts              // they cannot both hold
)

// The codes that refuse the later of two lines.
const (
	codeRepeats     filing.Code = "D350"
	codeContradicts filing.Code = "D351"
)

// Code refuses the later line; the number of the earlier document is told with
// it. "" where both can hold.
func (c Clash) Code() filing.Code {
	return map[Clash]filing.Code{Repeats: codeRepeats, Contradicts: codeContradicts}[c]
}

// Lines are the lines of one file that stand so far, by what they concern. One
// rule holds for every transaction that is taken document by document (R43): of
// lines that do not go together the first stands and the later is refused. A
// line that is refused, for whatever reason, is not added, and so refuses none.
type Lines[P comparable, L any] map[P][]L

// Add lets a line stand.
func (s Lines[P, L]) Add(line L, at ...P) {
	for _, p := range at {
		s[p] = append(s[p], line)
	}
}

// Against finds a line before that the line, which concerns all of at,
// contradicts in any of it or repeats in all of it.
func (s Lines[P, L]) Against(line L, clash func(first, later L) Clash, at ...P) (first L, c Clash) {
	repeated := 0
	for _, p := range at {
		again := false
		for _, before := range s[p] {
			switch clash(before, line) {
			case Contradicts:
				return before, Contradicts
			case Repeats:
				first, again = before, true
			}
		}
		if again {
			repeated++
		}
	}
	if repeated > 0 && repeated == len(at) {
		return first, Repeats
	}
	return first, Together
}
