package shs

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// xmlWriter writes one document in ISO 8859-1 without indentation. Characters
// outside the set become numeric references. The first fault is kept in err.
type xmlWriter struct {
	buf  bytes.Buffer
	open []string
	tag  bool // the start tag is still open for attributes
	err  error
}

func newXMLWriter(root, systemID string) *xmlWriter {
	w := &xmlWriter{}
	fmt.Fprintf(&w.buf, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE %s SYSTEM %q>\n", root, systemID)
	w.start(root)
	return w
}

func (w *xmlWriter) start(name string) {
	w.closeTag()
	w.buf.WriteString("<" + name)
	w.open = append(w.open, name)
	w.tag = true
}

func (w *xmlWriter) closeTag() {
	if w.tag {
		w.buf.WriteByte('>')
		w.tag = false
	}
}

func (w *xmlWriter) end() {
	name := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	if w.tag {
		w.buf.WriteString("/>")
		w.tag = false
		return
	}
	w.buf.WriteString("</" + name + ">")
}

// attr writes an attribute that is required, even if empty.
func (w *xmlWriter) attr(name, value string) {
	w.buf.WriteString(" " + name + `="`)
	w.escape(value)
	w.buf.WriteByte('"')
}

// option writes an attribute unless it is empty.
func (w *xmlWriter) option(name, value string) {
	if value != "" {
		w.attr(name, value)
	}
}

func (w *xmlWriter) number(name string, value int64) {
	if value > 0 {
		w.attr(name, strconv.FormatInt(value, 10))
	}
}

func (w *xmlWriter) text(s string) {
	w.closeTag()
	w.escape(s)
}

func (w *xmlWriter) leaf(name, text string) {
	w.start(name)
	w.text(text)
	w.end()
}

func (w *xmlWriter) optionalLeaf(name, text string) {
	if text != "" {
		w.leaf(name, text)
	}
}

func (w *xmlWriter) time(name string, t time.Time) { w.leaf(name, FormatTime(t)) }

func (w *xmlWriter) escape(s string) {
	for i, r := range s {
		switch {
		case r == '&':
			w.buf.WriteString("&amp;")
		case r == '<':
			w.buf.WriteString("&lt;")
		case r == '>':
			w.buf.WriteString("&gt;")
		case r == '"':
			w.buf.WriteString("&quot;")
		case r == '\t' || r == '\n' || r == '\r' || r >= 0x7f && r < 0xa0 || r > 0xff && legalXML(r, s[i:]):
			fmt.Fprintf(&w.buf, "&#%d;", r)
		case r < ' ' || r > 0xff:
			w.fail(fmt.Errorf("the text %q holds a character that XML cannot carry", clip(s)))
		default:
			w.buf.WriteByte(byte(r))
		}
	}
}

func legalXML(r rune, rest string) bool {
	if r == utf8.RuneError {
		_, size := utf8.DecodeRuneInString(rest)
		return size > 1
	}
	return r != 0xFFFE && r != 0xFFFF
}

func (w *xmlWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *xmlWriter) finish() ([]byte, error) {
	for len(w.open) > 0 {
		w.end()
	}
	return w.buf.Bytes(), w.err
}
