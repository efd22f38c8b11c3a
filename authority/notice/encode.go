package notice

import (
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// encodedBytes writes a text in Windows-1252, which the fonts of every PDF
// reader have. A letter that is not there stands without its mark (ś as s); what
// has no likeness is "?".
func encodedBytes(text string) []byte {
	encoded := make([]byte, 0, len(text))
	for _, r := range norm.NFC.String(text) {
		encoded = append(encoded, encodeRune(r)...)
	}
	return encoded
}

func encode(text string) string { return string(encodedBytes(text)) }

func encodeRune(r rune) []byte {
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return []byte{b}
	}
	if like, ok := likeness(r); ok {
		return []byte(like)
	}
	var plain []byte
	for _, part := range norm.NFKD.String(string(r)) {
		if b, ok := charmap.Windows1252.EncodeRune(part); ok && !unicode.Is(unicode.Mn, part) {
			plain = append(plain, b)
		}
	}
	if len(plain) == 0 && !unicode.Is(unicode.Mn, r) {
		return []byte("?")
	}
	return plain
}

// likeness is for letters that have no mark to take away.
func likeness(r rune) (string, bool) {
	switch r {
	case 'Ł':
		return "L", true
	case 'ł':
		return "l", true
	case 'Đ':
		return "D", true
	case 'đ':
		return "d", true
	case 'ı':
		return "i", true
	case 'ħ':
		return "h", true
	case 'ŋ':
		return "n", true
	case '\u2011', '\u2010', '\u2212':
		return "-", true
	case '\u202f', '\u2009':
		return "\xa0", true
	}
	return "", false
}
