package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fit writes a text with characters that are carried alone: a letter that is
// not stands without its mark (ś as s) or as what is like it, white space as a
// blank, and what has no likeness as "?". A text that needs nothing of this is
// returned as it is. Blanks are taken to be carried.
func Fit(s string, carried func(rune) bool) string {
	if strings.IndexFunc(s, func(r rune) bool { return !carried(r) }) < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for _, r := range norm.NFC.String(s) {
		out = appendFitted(out, r, carried)
	}
	return string(out)
}

func appendFitted(out []byte, r rune, carried func(rune) bool) []byte {
	if carried(r) {
		return utf8.AppendRune(out, r)
	}
	if like, ok := likeness(r); ok && strings.IndexFunc(like, func(r rune) bool { return !carried(r) }) < 0 {
		return append(out, like...)
	}
	if unicode.IsSpace(r) {
		return append(out, ' ')
	}
	before := len(out)
	for _, part := range norm.NFKD.String(string(r)) {
		if carried(part) && !unicode.Is(unicode.Mn, part) {
			out = utf8.AppendRune(out, part)
		}
	}
	if len(out) > before || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return out
	}
	return append(out, markOf(carried))
}

// markOf is what stands for a character without likeness: "?", or the first of
// others that is carried.
func markOf(carried func(rune) bool) byte {
	for _, mark := range []byte("?-.X") {
		if carried(rune(mark)) {
			return mark
		}
	}
	return ' '
}

// likeness is for characters that have no mark to take away.
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
	case 'Œ':
		return "OE", true
	case 'œ':
		return "oe", true
	case '€':
		return "EUR", true
	case '×':
		return "x", true
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return "-", true
	case '\u2018', '\u2019', '\u201a', '\u2032':
		return "'", true
	case '\u201c', '\u201d', '\u201e', '\u2033', '«', '»':
		return `"`, true
	case '\u202f', '\u2009':
		return "\u00a0", true
	}
	return "", false
}

// fitting is how a writer fits free texts to what its form carries.
type fitting struct {
	on      bool
	carried func(rune) bool
}

// fits tells whether the field's value is fitted.
func (f *fitting) fits(one *field) bool { return f.on && one.free }

func (f *fitting) mark() rune { return rune(markOf(f.carried)) }

// value fits the field's value, cut to so many characters; 0 means no limit.
// One that is required is never blank, which would be missing to a reader.
func (f *fitting) value(one *field, s string, longest int) string {
	s = firstCharacters(Fit(s, f.carried), longest)
	if one.required && !one.lines && strings.Trim(s, " ") == "" {
		return string(f.mark())
	}
	return s
}

// lines fits a text of several lines, of any length.
func (f *fitting) lines(s string) string {
	return Fit(s, func(r rune) bool { return r == '\n' || f.carried(r) })
}

// firstCharacters cuts a text to so many characters; 0 means no limit.
func firstCharacters(s string, longest int) string {
	if longest == 0 || len(s) <= longest {
		return s
	}
	n := 0
	for at := range s {
		if n == longest {
			return s[:at]
		}
		n++
	}
	return s
}
