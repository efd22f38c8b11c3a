package layout

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// characters is a set of permitted characters. Characters below 256 stand in
// a table; the few above, in ranges.
type characters struct {
	low   [256]byte // character flags, see below
	high  []runeRange
	plain bool // all of printable ASCII is permitted
}

type runeRange struct{ first, last rune }

// Flags of a byte or character; a line is judged by the flags of all its bytes.
const (
	forbidden = 1 << iota
	nonASCII
)

// parseCharacters reads a set of permitted characters: tokens separated by
// blanks. A token is a range (A-Z, U+00C0-U+00FF), a code point (U+00A7), the
// word "space", or characters that are permitted one by one (ÅÄÖ). An empty
// set means every printable character. Space is always permitted: it pads.
func parseCharacters(set string, latin1 bool) (*characters, error) {
	c := &characters{}
	for i := range c.low {
		c.low[i] = forbidden
	}
	c.permit(' ', ' ')
	last := rune(unicode.MaxRune)
	if latin1 {
		last = 0xFF
	}
	tokens := strings.Fields(set)
	if len(tokens) == 0 {
		c.permit(0x20, 0x7E)
		c.permit(0xA0, last)
	}
	for _, token := range tokens {
		if err := c.permitToken(token, last); err != nil {
			return nil, err
		}
	}
	for i := 0x80; i < 256; i++ {
		c.low[i] |= nonASCII
	}
	c.plain = true
	for r := rune(' '); r <= '~'; r++ {
		c.plain = c.plain && c.has(r)
	}
	return c, nil
}

func (c *characters) permitToken(token string, last rune) error {
	if token == "space" {
		return nil
	}
	runs := []runeRange{}
	if first, end, ok := parseRange(token); ok {
		runs = append(runs, runeRange{first, end})
	} else {
		for _, r := range token {
			runs = append(runs, runeRange{r, r})
		}
	}
	for _, run := range runs {
		switch {
		case run.last < run.first:
			return fmt.Errorf("the range %s ends before it begins", token)
		case run.first < 0x20 || (run.first < 0xA0 && run.last > 0x7E):
			return fmt.Errorf("%s holds control characters", token)
		case run.last > last:
			return fmt.Errorf("%s is outside the encoding", token)
		}
		c.permit(run.first, run.last)
	}
	return nil
}

func parseRange(token string) (first, last rune, ok bool) {
	if i := strings.LastIndex(token, "-U+"); i > 0 {
		a, okA := parseCodePoint(token[:i])
		b, okB := parseCodePoint(token[i+1:])
		return a, b, okA && okB
	}
	if r, ok := parseCodePoint(token); ok {
		return r, r, true
	}
	r := []rune(token)
	if len(r) == 3 && r[1] == '-' {
		return r[0], r[2], true
	}
	return 0, 0, false
}

func parseCodePoint(s string) (rune, bool) {
	digits, ok := strings.CutPrefix(s, "U+")
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	return rune(n), err == nil && n <= unicode.MaxRune
}

func (c *characters) permit(first, last rune) {
	for r := first; r <= min(last, 0xFF); r++ {
		c.low[r] &^= forbidden
	}
	if last > 0xFF {
		c.high = append(c.high, runeRange{max(first, 0x100), last})
	}
}

func (c *characters) has(r rune) bool {
	if r < 256 {
		return r >= 0 && c.low[r]&forbidden == 0
	}
	for _, run := range c.high {
		if run.first <= r && r <= run.last {
			return true
		}
	}
	return false
}

// Carries tells whether a value can hold the character in the form: it is
// permitted there, and a line of a file can be written with it.
func (l *Layout) Carries(f Form, r rune) bool {
	if f == XMLForm {
		return r != utf8.RuneError && (l.xml.permitted == nil && unicode.IsPrint(r) || l.xml.permitted != nil && l.xml.permitted.has(r))
	}
	return (r <= unicode.MaxLatin1 || l.text.utf8) && l.text.permitted.has(r)
}

// flags joins the flags of all bytes, read as ISO 8859-1.
func (c *characters) flags(b []byte) byte {
	var f byte
	for len(b) >= 8 {
		if c.plain && printable(binary.LittleEndian.Uint64(b)) {
			b = b[8:]
			continue
		}
		f |= c.low[b[0]] | c.low[b[1]] | c.low[b[2]] | c.low[b[3]] |
			c.low[b[4]] | c.low[b[5]] | c.low[b[6]] | c.low[b[7]]
		b = b[8:]
	}
	for _, x := range b {
		f |= c.low[x]
	}
	return f
}

// printable tells whether eight bytes are all from blank to ~.
func printable(w uint64) bool {
	const each = 0x0101010101010101
	// A borrow or a carry comes only from a byte that answers no itself.
	return (w|(w-' '*each)|(w+each))&(0x80*each) == 0
}

// firstForbidden returns the first character that is not permitted and how
// many characters stand before it.
func (c *characters) firstForbidden(b []byte, isUTF8 bool) (r rune, before int, found bool) {
	for len(b) > 0 {
		size := 1
		r = rune(b[0])
		if isUTF8 {
			r, size = utf8.DecodeRune(b)
		}
		if !c.has(r) {
			return r, before, true
		}
		b = b[size:]
		before++
	}
	return 0, 0, false
}
