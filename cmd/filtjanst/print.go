package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

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
