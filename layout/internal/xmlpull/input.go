package xmlpull

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// input is a window on the document as UTF-8. It knows places in the window,
// and counts lines and bytes of the file up to the places that are asked for.
type input struct {
	source io.Reader
	buf    []byte
	most   int // how large buf may become
	pos    int // next byte to be understood
	end    int
	latin1 bool
	raw    []byte // latin1: bytes as read
	over   bool   // the source has no more
	err    error  // the source failed

	mark       int // in buf: what markOffset counts up to
	markOffset int64
	lineMark   int // in buf: what markLine counts up to
	markLine   int64
	wide       []int // latin1, in buf: second bytes of characters that are one byte in the file
	narrowed   int   // how many of wide lie before the mark
}

// more reads on, keeping everything from pos. It returns false when nothing
// came: the source is at its end, has failed, or the window is full.
func (in *input) more() bool {
	if in.over {
		return false
	}
	if to := in.window(); in.pos > 0 || len(to) > len(in.buf) {
		in.moveUp(to)
	}
	if len(in.buf)-in.end < 2 {
		return false
	}
	for range 100 {
		n, err := in.read()
		if err != nil {
			in.over = true
			if err != io.EOF { //nolint:errorlint // wrapped, it is a failure of the source
				in.err = err
			}
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	in.over, in.err = true, io.ErrNoProgress
	return false
}

// The window begins small, since most documents are, and is enlarged step by
// step for one that fills more than half of it.
const (
	firstWindow = 16 << 10
	enlarging   = 4 // times
)

// window is where to read on.
func (in *input) window() []byte {
	if len(in.buf) >= in.most || in.end <= len(in.buf)/2 {
		return in.buf
	}
	return make([]byte, min(enlarging*len(in.buf), in.most))
}

// moveUp moves what is not yet understood to the front of the window that is
// given.
func (in *input) moveUp(to []byte) {
	in.position(in.pos)
	in.wide = in.wide[:copy(in.wide, in.wide[in.narrowed:])]
	for i := range in.wide {
		in.wide[i] -= in.pos
	}
	in.narrowed = 0
	in.end = copy(to, in.buf[in.pos:in.end])
	in.buf, in.pos, in.mark, in.lineMark = to, 0, 0, 0
}

func (in *input) read() (int, error) {
	if !in.latin1 {
		n, err := in.source.Read(in.buf[in.end:])
		in.end += n
		return n, err
	}
	if len(in.raw) < len(in.buf)/2 {
		in.raw = make([]byte, len(in.buf)/2)
	}
	n, err := in.source.Read(in.raw[:(len(in.buf)-in.end)/2])
	in.recode(in.raw[:n])
	return n, err
}

// recode appends ISO 8859-1 bytes as UTF-8; there must be room for twice as many.
func (in *input) recode(raw []byte) {
	for len(raw) > 0 {
		n := asciiLength(raw)
		in.end += copy(in.buf[in.end:], raw[:n])
		raw = raw[n:]
		for len(raw) > 0 && raw[0] >= utf8.RuneSelf {
			in.buf[in.end], in.buf[in.end+1] = 0xC0|raw[0]>>6, 0x80|raw[0]&0x3F
			in.wide = append(in.wide, in.end+1)
			in.end += 2
			raw = raw[1:]
		}
	}
}

// position tells where in the file a place is that lies after all asked for
// before, or is the latest of them.
func (in *input) position(at int) (offset, line int64) {
	in.countLines(at)
	return in.offset(at), in.markLine
}

func (in *input) countLines(to int) {
	if to > in.lineMark {
		in.lookForLines(to)
	}
}

func (in *input) lookForLines(to int) {
	in.markLine += lineFeeds(in.buf[in.lineMark:to])
	in.lineMark = to
}

// offset is the first of position alone.
func (in *input) offset(at int) int64 {
	in.markOffset += int64(at - in.mark)
	in.mark = at
	for in.narrowed < len(in.wide) && in.wide[in.narrowed] < at {
		in.narrowed++
		in.markOffset--
	}
	return in.markOffset
}

func (in *input) fail(p Problem, detail string) error {
	if in.err != nil {
		return in.err
	}
	offset, line := in.position(in.pos)
	return &Error{Problem: p, Detail: detail, Offset: offset, Line: line}
}

// atLeast reads until n bytes stand from pos, if there are as many.
func (in *input) atLeast(n int) bool {
	for in.end-in.pos < n {
		if !in.more() {
			return false
		}
	}
	return true
}

// hasPrefix tells whether the bytes from pos begin with s.
func (in *input) hasPrefix(s string) bool {
	return in.atLeast(len(s)) && string(in.buf[in.pos:in.pos+len(s)]) == s
}

const utf8Mark = "\xEF\xBB\xBF"

// begin sees to byte order mark and XML declaration and chooses the encoding.
func (in *input) begin() (bom bool, err error) {
	in.markLine = 1
	in.atLeast(declarationLimit)
	head := in.buf[in.pos:in.end]
	if bytes.HasPrefix(head, []byte("\xFE\xFF")) || bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("<\x00")) || bytes.HasPrefix(head, []byte("\x00<")) {
		return false, in.fail(Encoding, "the file is written in UTF-16; wants ISO-8859-1 or UTF-8")
	}
	if bom = strings.HasPrefix(string(head[:min(3, len(head))]), utf8Mark); bom {
		in.pos += 3
	}
	encoding, err := in.declaration()
	if err != nil {
		return bom, err
	}
	switch strings.ToUpper(encoding) {
	case "", "UTF-8":
		return bom, nil
	case "ISO-8859-1":
	default:
		return bom, in.fail(Encoding, "encoding "+encoding+" is not taken; wants ISO-8859-1 or UTF-8")
	}
	if bom {
		return bom, in.fail(Encoding, "the file begins as UTF-8 but says that it is ISO-8859-1")
	}
	in.becomeLatin1()
	return bom, nil
}

// becomeLatin1 reads anew what already stands in the window.
func (in *input) becomeLatin1() {
	in.position(in.pos)
	read := bytes.Clone(in.buf[in.pos:in.end])
	if need := 2*len(read) + 2; need > len(in.buf) {
		in.buf = make([]byte, need)
	}
	in.latin1, in.pos, in.end, in.mark, in.lineMark = true, 0, 0, 0, 0
	in.recode(read)
}
