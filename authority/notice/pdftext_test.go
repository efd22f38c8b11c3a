package notice

import (
	"bytes"
	"compress/zlib"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

var (
	streams  = regexp.MustCompile(`(?s)stream\r?\n(.*?)\nendstream`)
	shown    = regexp.MustCompile(`(?s)\(((?:[^\\()]|\\.)*)\)\s*Tj`)
	escaped  = regexp.MustCompile(`(?s)\\(.)`)
	unseen   = regexp.MustCompile(`(?s)<style>.*?</style>|<title>.*?</title>`)
	tags     = regexp.MustCompile(`<[^>]*>`)
	blankRun = regexp.MustCompile(`[\s\p{Z}]+`)
)

// pdfText is what the pages of a PDF show, in the order it was drawn.
func pdfText(t testing.TB, pdf []byte) string {
	t.Helper()
	var text strings.Builder
	for _, stream := range streams.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // not compressed: no page
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range shown.FindAllSubmatch(content, -1) {
			plain, err := charmap.Windows1252.NewDecoder().Bytes(escaped.ReplaceAll(words[1], []byte("$1")))
			if err != nil {
				t.Fatal(err)
			}
			text.Write(plain)
			text.WriteByte(' ')
		}
	}
	return flat(text.String())
}

// htmlText is what a page shows.
func htmlText(page []byte) string {
	return flat(html.UnescapeString(tags.ReplaceAllString(unseen.ReplaceAllString(string(page), " "), " ")))
}

func flat(s string) string { return strings.TrimSpace(blankRun.ReplaceAllString(s, " ")) }

// printed renders a letter both ways.
func printed(t testing.TB, p *Press, it Item) (pdf, page string) {
	t.Helper()
	var asPDF, asHTML bytes.Buffer
	if err := p.PDF(&asPDF, it); err != nil {
		t.Fatal(err)
	}
	if err := p.HTML(&asHTML, it); err != nil {
		t.Fatal(err)
	}
	return pdfText(t, asPDF.Bytes()), htmlText(asHTML.Bytes())
}
