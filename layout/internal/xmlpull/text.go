package xmlpull

import (
	"bytes"
	"unicode/utf8"
)

// characters takes the text up to the next '<'.
func (r *Reader) characters() (Kind, error) {
	size, f := 0, byte(0)
	for {
		for size += ordinary(r.buf[r.pos+size : r.end]); r.pos+size < r.end; size += ordinary(r.buf[r.pos+size : r.end]) {
			c := r.buf[r.pos+size]
			if c == '<' {
				return r.textOf(size, f)
			}
			f |= class[c]
			size++
		}
		if size > r.limits.Text {
			return r.textOf(size, f)
		}
		if !r.more() {
			return EOF, r.truncated("text")
		}
	}
}

// textOf takes text whose length and flags are known.
func (r *Reader) textOf(size int, f byte) (Kind, error) {
	if size > r.limits.Text {
		return EOF, r.fail(Limit, "text that is too long")
	}
	raw := r.buf[r.pos : r.pos+size]
	if err := r.checkFlagged(raw, f); err != nil {
		return EOF, err
	}
	if f&isBracket != 0 && bytes.Contains(raw, []byte("]]>")) {
		return EOF, r.fail(Malformed, "]]> in text")
	}
	r.rough = f&(isMarkup|isBreak|isHigh) != 0
	if r.text = raw; f&(isMarkup|isBreak) != 0 {
		if err := r.replace(raw); err != nil {
			return EOF, err
		}
	}
	if f&isBreak != 0 {
		r.take(size)
	} else {
		r.takeUnbroken(size)
	}
	return Text, nil
}

// replace writes text without its references and with plain line ends.
func (r *Reader) replace(raw []byte) error {
	out := r.scratch[:0]
	for i := 0; i < len(raw); {
		switch raw[i] {
		case '&':
			char, size, ok := reference(raw[i:])
			if !ok {
				return r.failIn(raw, i, Malformed, "a reference that is neither a character nor one of &lt; &gt; &amp; &apos; &quot;")
			}
			out = utf8.AppendRune(out, char)
			i += size
		case '\r':
			if i++; i == len(raw) || raw[i] != '\n' {
				out = append(out, '\n')
			}
		default:
			out = append(out, raw[i])
			i++
		}
	}
	r.scratch, r.text = out, out
	return nil
}

// longestReference is the length of &#x10FFFF; with some leading zeros.
const longestReference = 16

// reference reads a reference at the beginning of b.
func reference(b []byte) (char rune, size int, ok bool) {
	end := bytes.IndexByte(b[:min(len(b), longestReference)], ';')
	if end < 0 {
		return 0, 0, false
	}
	name := b[1:end]
	switch string(name) {
	case "lt":
		return '<', end + 1, true
	case "gt":
		return '>', end + 1, true
	case "amp":
		return '&', end + 1, true
	case "apos":
		return '\'', end + 1, true
	case "quot":
		return '"', end + 1, true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, 0, false
	}
	char, ok = number(name[1:])
	return char, end + 1, ok
}

func number(digits []byte) (rune, bool) {
	base := rune(10)
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n := rune(0)
	for _, c := range digits {
		d := rune(99)
		switch {
		case c >= '0' && c <= '9':
			d = rune(c - '0')
		case c >= 'a' && c <= 'f':
			d = rune(c-'a') + 10
		case c >= 'A' && c <= 'F':
			d = rune(c-'A') + 10
		}
		if d >= base {
			return 0, false
		}
		if n = n*base + d; n > utf8.MaxRune {
			return 0, false
		}
	}
	return n, len(digits) > 0 && isChar(n)
}

// cdata takes a CDATA section.
func (r *Reader) cdata() (Kind, error) {
	const opening = len("<![CDATA[")
	for {
		b := r.buf[r.pos+opening : r.end]
		if i := bytes.Index(b, []byte("]]>")); i >= 0 && i <= r.limits.Text {
			return r.section(b[:i], opening+i+3)
		}
		if len(b) > r.limits.Text {
			return EOF, r.fail(Limit, "a CDATA section that is too long")
		}
		if !r.more() {
			return EOF, r.truncated("a CDATA section")
		}
	}
}

func (r *Reader) section(raw []byte, size int) (Kind, error) {
	if err := r.checkCharacters(raw); err != nil {
		return EOF, err
	}
	r.rough = true
	if r.text = raw; bytes.IndexByte(raw, '\r') >= 0 {
		r.scratch = append(r.scratch[:0], bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))...)
		r.text = r.scratch
	}
	r.take(size)
	return Text, nil
}
