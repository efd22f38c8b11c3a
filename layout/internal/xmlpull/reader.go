package xmlpull

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

// Reader gives the events of one document.
type Reader struct {
	input
	limits Limits

	begun, bom bool
	rooted     bool
	inText     bool // the latest event was text of the open element
	emptyTag   bool // the start of an empty-element tag was given, its end comes next
	failed     error
	token      int // in buf: where the latest event begins

	names   []byte // qualified names of the open elements
	open    []frame
	local   []byte
	prefix  []byte
	space   string
	looked  int // how many bindings space, as the default namespace, was found among; -1 if it is not the default
	attrs   []Attr
	text    []byte
	rough   bool // text holds characters above ASCII, tabs or line ends
	scratch []byte
	spaces  []binding
}

type frame struct {
	name     int // start in names
	colon    int // length of the prefix with its colon, 0 without
	bindings int // of spaces, before this element's own
}

type binding struct{ prefix, uri string }

// New returns a reader of the document.
func New(r io.Reader, l Limits) *Reader {
	size := max(64<<10, 2*max(l.Tag, l.Text)+1024)
	return &Reader{input: input{source: r, buf: make([]byte, min(firstWindow, size)), most: size}, limits: l}
}

// Next returns the next event. After an error, which is an [*Error] or comes
// from the underlying reader, every call returns the same error.
func (r *Reader) Next() (k Kind, err error) {
	if r.failed == nil {
		k, r.failed = r.next()
	}
	return k, r.failed
}

func (r *Reader) next() (Kind, error) {
	if !r.begun {
		r.begun = true
		var err error
		if r.bom, err = r.begin(); err != nil {
			return EOF, err
		}
	}
	if r.emptyTag {
		r.emptyTag = false
		r.take(0)
		return r.pop(), nil
	}
	for {
		if r.pos == r.end && !r.more() {
			return r.finish()
		}
		if r.buf[r.pos] != '<' {
			if len(r.open) > 0 {
				if !r.inText && r.blank() {
					continue
				}
				r.inText = true
				return r.characters()
			}
			if err := r.outside(); err != nil {
				return EOF, err
			}
			continue
		}
		kind, err := r.markup()
		r.inText = r.inText && kind == EOF || kind == Text
		if kind != EOF || err != nil {
			return kind, err
		}
	}
}

// blank passes over white space after a tag, and tells whether that was all up
// to the next tag.
func (r *Reader) blank() bool {
	i, feeds := r.pos, int64(0)
	for i < r.end && class[r.buf[i]]&isSpace != 0 {
		if r.buf[i] == '\n' {
			feeds++
		}
		i += 1 + blanks(r.buf[i+1:r.end])
	}
	if i == r.end || r.buf[i] != '<' {
		return false
	}
	r.countLines(r.pos)
	r.lineMark, r.markLine = i, r.markLine+feeds
	r.pos = i
	return true
}

// finish is the end of the source.
func (r *Reader) finish() (Kind, error) {
	switch {
	case r.err != nil:
		return EOF, r.err
	case len(r.open) > 0:
		return EOF, r.fail(Truncated, "the file ends inside the element "+r.openName())
	case !r.rooted:
		return EOF, r.fail(Empty, "the file has no root element")
	}
	return EOF, nil
}

func (r *Reader) openName() string { return string(r.names[r.open[len(r.open)-1].name:]) }

// outside passes over white space outside the root element.
func (r *Reader) outside() error {
	for r.pos < r.end && class[r.buf[r.pos]]&isSpace != 0 {
		r.pos++
	}
	if r.pos == r.end || r.buf[r.pos] == '<' {
		return nil
	}
	if r.rooted {
		return r.fail(AfterEnd, "text after the root element")
	}
	return r.fail(Malformed, "text before the root element")
}

// markup takes what begins with '<'; EOF means that it gave no event.
func (r *Reader) markup() (Kind, error) {
	if !r.atLeast(2) {
		return EOF, r.truncated("a tag")
	}
	switch r.buf[r.pos+1] {
	case '/':
		return r.endTag()
	case '?':
		return EOF, r.instruction()
	case '!':
		return r.declarations()
	}
	return r.startTag()
}

func (r *Reader) declarations() (Kind, error) {
	switch {
	case r.hasPrefix("<!--"):
		r.pos += 4
		return EOF, r.comment()
	case len(r.open) > 0 && r.hasPrefix("<![CDATA["):
		return r.cdata()
	case r.hasPrefix("<!DOCTYPE"):
		return EOF, r.fail(DTD, "the file has a document type declaration, which is not taken")
	case r.over && r.end-r.pos < 9:
		return EOF, r.truncated("a declaration")
	}
	return EOF, r.fail(Malformed, "neither comment nor CDATA section after <!")
}

func (r *Reader) truncated(where string) error {
	return r.fail(Truncated, "the file ends in "+where)
}

// comment passes over a comment whose beginning is already taken.
func (r *Reader) comment() error {
	if err := r.passOver("--", "a comment"); err != nil {
		return err
	}
	if !r.atLeast(1) {
		return r.truncated("a comment")
	}
	if r.buf[r.pos] != '>' {
		return r.fail(Malformed, "-- inside a comment")
	}
	r.pos++
	return nil
}

// instruction passes over a processing instruction.
func (r *Reader) instruction() error {
	r.pos += 2
	size := 0
	for {
		for r.pos+size < r.end && class[r.buf[r.pos+size]]&isName != 0 {
			size++
		}
		if r.pos+size < r.end || size > r.limits.Name || !r.more() {
			break
		}
	}
	if size > r.limits.Name {
		return r.fail(Limit, "a name that is too long")
	}
	target := r.buf[r.pos : r.pos+size]
	if !validName(target) || bytes.IndexByte(target, ':') >= 0 || len(target) == 3 && bytes.EqualFold(target, []byte("xml")) {
		return r.fail(Malformed, "a processing instruction without a proper name")
	}
	r.pos += size
	if !r.atLeast(2) {
		return r.truncated("a processing instruction")
	}
	if class[r.buf[r.pos]]&isSpace == 0 && string(r.buf[r.pos:r.pos+2]) != "?>" {
		return r.fail(Malformed, "a processing instruction without white space after its name")
	}
	return r.passOver("?>", "a processing instruction")
}

// passOver moves past the next mark in constant memory and checks the
// characters before it.
func (r *Reader) passOver(mark, where string) error {
	for {
		if i := bytes.Index(r.buf[r.pos:r.end], []byte(mark)); i >= 0 {
			if err := r.checkCharacters(r.buf[r.pos : r.pos+i]); err != nil {
				return err
			}
			r.pos += i + len(mark)
			return nil
		}
		keep := r.pos + wholeCharacters(r.buf[r.pos:max(r.pos, r.end-len(mark)+1)])
		if err := r.checkCharacters(r.buf[r.pos:keep]); err != nil {
			return err
		}
		r.pos = keep
		if !r.more() {
			return r.truncated(where)
		}
	}
}

// wholeCharacters is the length of b without a character cut at its end.
func wholeCharacters(b []byte) int {
	for back := 1; back <= min(utf8.UTFMax, len(b)); back++ {
		c := b[len(b)-back]
		if c < utf8.RuneSelf {
			break
		}
		if utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-back:]) {
				return len(b) - back
			}
			break
		}
	}
	return len(b)
}

func (r *Reader) checkCharacters(b []byte) error { return r.checkFlagged(b, flags(b)) }

// checkFlagged is checkCharacters for bytes whose flags are known. What was
// recoded from ISO 8859-1 is UTF-8.
func (r *Reader) checkFlagged(b []byte, f byte) error {
	if f&isControl == 0 && (f&isHigh == 0 || r.latin1 || validHigh(b)) {
		return nil
	}
	for i := 0; i < len(b); {
		c, size := utf8.DecodeRune(b[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			return r.failIn(b, i, Encoding, "bytes that are not UTF-8; the file may be ISO-8859-1 without saying so")
		case !isChar(c):
			return r.failIn(b, i, Malformed, fmt.Sprintf("the character U+%04X, which XML does not allow", c))
		}
		i += size
	}
	return nil
}

// failIn places an error at the i-th byte of b, which is part of the window.
func (r *Reader) failIn(b []byte, i int, p Problem, detail string) error {
	r.pos = cap(r.buf) - cap(b) + i
	return r.fail(p, detail)
}
