package xmlpull

import (
	"bytes"
	"unicode/utf8"
)

// Flags of a byte of a document.
const (
	isControl = 1 << iota
	isMarkup  // & and <
	isBracket // and, in names, the colon
	isBreak   // tab, line feed, return
	isHigh
	isSpace // blank, tab, line feed, return
	isNameStart
	isName
)

var class = func() (t [256]byte) {
	for c := range 0x20 {
		t[c] = isControl
	}
	t['\t'], t['\n'], t['\r'], t[' '] = isSpace|isBreak, isSpace|isBreak, isSpace|isBreak, isSpace
	t['&'], t['<'], t[']'] = isMarkup, isMarkup, isBracket
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-32] = isNameStart|isName, isNameStart|isName
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = isName
	}
	t['_'], t[':'] = isNameStart|isName, isNameStart|isName|isBracket
	t['-'], t['.'] = isName, isName
	for c := 0x80; c < 256; c++ {
		t[c] = isHigh | isNameStart | isName
	}
	return t
}()

func flags(b []byte) byte {
	var f byte
	for len(b) >= 8 {
		f |= class[b[0]] | class[b[1]] | class[b[2]] | class[b[3]] | class[b[4]] | class[b[5]] | class[b[6]] | class[b[7]]
		b = b[8:]
	}
	for _, c := range b {
		f |= class[c]
	}
	return f
}

// validHigh tells whether bytes above ASCII are UTF-8 of characters that XML
// allows.
func validHigh(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	return !bytes.Contains(b, []byte("\uFFFE")) && !bytes.Contains(b, []byte("\uFFFF"))
}

// isChar tells whether XML 1.0 allows the character.
func isChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

type runeSpan struct{ first, last rune }

// XML 1.0 (fifth edition), productions 4 and 4a, above ASCII.
var (
	nameStarts = []runeSpan{
		{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F},
		{0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
	}
	nameParts = []runeSpan{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
)

func inSpans(spans []runeSpan, r rune) bool {
	for _, s := range spans {
		if s.first <= r && r <= s.last {
			return true
		}
	}
	return false
}

// validName checks a name whose ASCII bytes are known to be name characters.
// A colon may stand once, between two parts.
func validName(b []byte) bool {
	if len(b) == 0 || class[b[0]]&isNameStart == 0 {
		return false
	}
	colons, partStart := 0, true
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r >= utf8.RuneSelf && !inSpans(nameStarts, r) && (partStart || !inSpans(nameParts, r)) {
			return false
		}
		if r < utf8.RuneSelf && partStart && (class[b[i]]&isNameStart == 0 || r == ':') {
			return false
		}
		if partStart = r == ':'; partStart {
			colons++
		}
		i += size
	}
	return colons <= 1 && !partStart
}
