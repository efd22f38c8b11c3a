package notice

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed letter.html
var htmlLetter string

func htmlFunctions() template.FuncMap {
	return template.FuncMap{
		"lines": func(s string) []string { return strings.Split(s, "\n") },
		"is":    func(b block, kind string) bool { return kindNames[b.Kind] == kind },
		"last":  lastOfList,
		"first": firstOfList,
	}
}

var kindNames = [...]string{
	paragraph: "paragraph", heading: "heading", notable: "notable", point: "point", quoted: "quoted", facts: "facts",
	newPage: "page", signature: "signature",
}

// firstOfList tells whether block i begins a list of points.
func firstOfList(all []block, i int) bool { return i == 0 || all[i-1].Kind != point }

// lastOfList tells whether block i ends a list of points.
func lastOfList(all []block, i int) bool { return i == len(all)-1 || all[i+1].Kind != point }

// HTML writes the letter as a page on its own, with the words of the PDF.
func (p *Press) HTML(w io.Writer, it Item) error {
	sheets, err := p.sheets(it)
	if err != nil {
		return err
	}
	if err := p.page.Execute(w, sheets); err != nil {
		return fmt.Errorf("notice: write letter %d as HTML: %w", it.ID, err)
	}
	return nil
}
