package notice

import (
	"filtjanst/layout"

	"golang.org/x/text/encoding/charmap"
)

// encodedBytes writes a text in Windows-1252, which the fonts of every PDF
// reader have; what is not there is fitted to it.
func encodedBytes(text string) []byte {
	fitted := layout.Fit(text, inPDF)
	encoded := make([]byte, 0, len(fitted))
	for _, r := range fitted {
		b, _ := charmap.Windows1252.EncodeRune(r)
		encoded = append(encoded, b)
	}
	return encoded
}

func encode(text string) string { return string(encodedBytes(text)) }

func inPDF(r rune) bool {
	_, ok := charmap.Windows1252.EncodeRune(r)
	return ok
}
