package notice

import (
	"strings"
	"unicode"
)

// printable takes control characters out of what others have written: some of
// them part the blocks of a letter.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Co, unicode.Cs) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
}

// oneLine brings a text onto one line.
func oneLine(s string) string {
	return printable(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r != noBreak && unicode.IsSpace(r)
	}), " "))
}

// noBreak holds an amount or a date together.
const noBreak = '\u00a0'

// quotation is a text that keeps its lines.
type quotation string

func (q quotation) lines() []string {
	var lines []string
	for line := range strings.Lines(string(q)) {
		lines = append(lines, oneLine(line))
	}
	return lines
}
