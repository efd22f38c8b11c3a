package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how many columns a terminal is taken to have.
const width = 80

// encode writes one value as JSON: indented, or on one line for jsonl.
func encode(w io.Writer, format string, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if format == formatJSON {
		e.SetIndent("", "  ")
	}
	return e.Encode(value)
}

// printJSON prints one value as data, in the format asked for.
func (a *app) printJSON(value any) error { return encode(a.out, a.format, value) }

// mostShown bounds how many characters of a name from a file are told of.
const mostShown = 60

// printable makes a name from a file fit for a terminal.
func printable(name string) string {
	all := []rune(name)
	if len(all) > mostShown {
		all = append(all[:mostShown], '…')
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, string(all))
}

// near is a path for people: from the working directory where it lies there.
func near(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if from, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(from) {
		return from
	}
	return path
}

// wrap breaks text into lines that fit the width after an indent, which stands
// before every line.
func wrap(text, indent string) string { return wrapParts(strings.Fields(text), indent) }

// wrapParts is wrap for parts that are not broken themselves.
func wrapParts(parts []string, indent string) string {
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
