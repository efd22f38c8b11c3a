// Package paragraph breaks text into lines for terminals and pages. It knows no
// words and no language.
package paragraph

import (
	"strings"
	"unicode/utf8"
)

// width is how many columns a line has at most.
const width = 80

// Wrap breaks text into lines that fit the width after an indent, which stands
// before every line. A word that is longer has a line of its own.
func Wrap(text, indent string) string { return Fill(strings.Fields(text), indent) }

// Fill is Wrap for parts that are not broken themselves.
func Fill(parts []string, indent string) string {
	var b strings.Builder
	column := 0
	for _, part := range parts {
		n := utf8.RuneCountInString(part)
		switch {
		case column == 0:
			b.WriteString(indent)
			column = utf8.RuneCountInString(indent)
		case column+1+n > width:
			b.WriteString("\n" + indent)
			column = utf8.RuneCountInString(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(part)
		column += n
	}
	return b.String()
}
