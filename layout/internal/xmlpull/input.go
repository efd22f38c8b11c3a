package xmlpull

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// input is a window on the document as UTF-8. It counts lines and bytes of
// the file only when asked for a position.
type input struct {
	source io.Reader
	buf    []byte
	pos    int // next byte to be understood
	end    int
	latin1 bool
	raw    []byte // latin1: bytes as read
	over   bool   // the source has no more
	err    error  // the source failed

	mark       int // in buf: what the two below count up to
	markOffset int64
	markLine   int64
}

// more reads on, keeping everything from pos. It returns false when nothing
// came: the source is at its end, has failed, or the window is full.
func (in *input) more() bool {
	if in.over {
		return false
	}
	if in.pos > 0 {
		in.countTo(in.pos)
		in.end = copy(in.buf, in.buf[in.pos:in.end])
		in.pos, in.mark = 0, 0
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

func (in *input) read() (int, error) {
	if !in.latin1 {
		n, err := in.source.Read(in.buf[in.end:])
		in.end += n
		return n, err
	}
	n, err := in.source.Read(in.raw[:min(len(in.raw), (len(in.buf)-in.end)/2)])
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
			in.end += 2
			raw = raw[1:]
		}
	}
}

const highBits = 0x8080808080808080

// asciiLength is how many bytes come before the first above ASCII.
func asciiLength(b []byte) int {
	n := 0
	for len(b)-n >= 8 && binary.LittleEndian.Uint64(b[n:])&highBits == 0 {
		n += 8
	}
	for n < len(b) && b[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// continuations counts the bytes 10xxxxxx.
func continuations(b []byte) int64 {
	n := 0
	for len(b) >= 8 {
		w := binary.LittleEndian.Uint64(b)
		n += bits.OnesCount64(w & highBits &^ (w << 1))
		b = b[8:]
	}
	for _, c := range b {
		if c&0xC0 == 0x80 {
			n++
		}
	}
	return int64(n)
}

// countTo moves the mark to a place in the window.
func (in *input) countTo(to int) {
	b := in.buf[in.mark:to]
	in.markLine += lineFeeds(b)
	in.markOffset += int64(len(b))
	if in.latin1 {
		in.markOffset -= continuations(b)
	}
	in.mark = to
}

const (
	lowBits   = 0x7F7F7F7F7F7F7F7F
	feedBytes = 0x0A0A0A0A0A0A0A0A
)

// lineFeeds counts them eight bytes at a time; most places asked for are
// closer together than a call of bytes.Count pays for.
func lineFeeds(b []byte) int64 {
	n := 0
	for len(b) >= 8 {
		w := binary.LittleEndian.Uint64(b) ^ feedBytes
		n += 8 - bits.OnesCount64(((w&lowBits+lowBits)|w)&highBits)
		b = b[8:]
	}
	for _, c := range b {
		if c == '\n' {
			n++
		}
	}
	return int64(n)
}

// position tells where in the file a place at or after the mark is.
func (in *input) position(at int) (offset, line int64) {
	if at > in.mark {
		in.countTo(at)
	}
	return in.markOffset, in.markLine
}

// offset tells where in the file a place at or after the mark is.
func (in *input) offset(at int) int64 {
	n := in.markOffset + int64(at-in.mark)
	if in.latin1 && at > in.mark {
		n -= continuations(in.buf[in.mark:at])
	}
	return n
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
	in.countTo(in.pos)
	read := bytes.Clone(in.buf[in.pos:in.end])
	if need := 2*len(read) + 2; need > len(in.buf) {
		in.buf = make([]byte, need)
	}
	in.latin1, in.pos, in.end, in.mark = true, 0, 0, 0
	in.raw = make([]byte, 32<<10)
	in.recode(read)
}
