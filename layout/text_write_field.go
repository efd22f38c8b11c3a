package layout

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// field writes one field into the line.
func (w *textWriter) field(f *textField, n Node) error {
	into := w.line[f.start:f.end]
	switch f.format.kind {
	case asConst:
		return w.set(f, into, f.format.constant)
	case asFiller:
		return nil
	}
	if f.extra {
		return w.set(f, into, w.tree.extra(n, f.name))
	}
	at := f.place(w.tree, n)
	if at == None {
		return nil
	}
	if f.up > 0 {
		w.lent = append(w.lent, loan{at, f.key})
	}
	if !w.tree.Has(at, f.key) {
		if f.required {
			return w.refuse(f.key, &f.field, ValueMissing, "")
		}
		return nil
	}
	if f.lines {
		return w.lineField(f, into)
	}
	var ok bool
	if w.value, ok = f.appendValue(w.value[:0], w.tree, at); !ok {
		return w.refuse(f.key, &f.field, ValueUnwritable, "format "+f.format.source)
	}
	return w.set(f, into, string(w.value))
}

// appendValue appends the value of the field's key as UTF-8.
func (f *field) appendValue(out []byte, t *Tree, n Node) ([]byte, bool) {
	switch f.format.kind {
	case asText:
		s := t.Text(n, f.key)
		return append(out, s...), !f.digits || allDigits([]byte(s))
	case asDigits:
		s := t.Text(n, f.key)
		return append(out, s...), allDigits([]byte(s))
	}
	return f.format.appendNumber(out, t.Num(n, f.key))
}

func (t *Tree) extra(n Node, name string) string {
	for _, e := range t.extras {
		if e.Node == n && e.Name == name {
			return e.Text
		}
	}
	return ""
}

// set puts the characters into the field, aligned as its format wants.
func (w *textWriter) set(f *textField, into []rune, s string) error {
	if w.fit.fits(&f.field) {
		s = w.fit.value(&f.field, s, len(into))
	}
	length := utf8.RuneCountInString(s)
	if length > len(into) {
		return w.refuse(f.key, &f.field, ValueTooLong, "at most "+strconv.Itoa(len(into))+" characters")
	}
	if r, _, bad := w.form.permitted.firstForbidden([]byte(s), true); bad {
		return w.refuse(f.key, &f.field, ValueCharacter, describeRune(r))
	}
	if length == 0 {
		return nil
	}
	at := into
	if f.format.alignedRight() {
		at = into[len(into)-length:]
	}
	for i, r := range []rune(s) {
		at[i] = r
	}
	if f.format.zeroPadded() {
		padZeros(into, len(into)-length)
	}
	return nil
}

// padZeros fills the first n places with zeros, and moves a sign before them.
func padZeros(into []rune, n int) {
	if n < len(into) && into[n] == '-' {
		into[n] = '0'
		defer func() { into[0] = '-' }()
	}
	for i := range n {
		into[i] = '0'
	}
}

func (f *format) alignedRight() bool {
	return f.zeroPadded() || f.kind == asAmount || f.kind == asRate
}

func (f *format) zeroPadded() bool {
	return f.kind == asDigits && f.zero || f.kind == asInteger || (f.kind == asAmount || f.kind == asRate) && f.decimals >= 0
}

// beginLines prepares the values of several lines that an occurrence has.
func (w *textWriter) beginLines(g GroupID, n Node) {
	for _, k := range w.form.contexts[g].lines {
		w.rest[k] = pendingLines{}
		if at := w.tree.under(n, w.routeOf(g, k)); at != None && w.tree.Has(at, k) {
			text := strings.Trim(w.tree.Text(at, k), "\n")
			if w.fit.on && w.layout.vocabulary.keys[k].Free {
				text = w.fit.lines(text)
			}
			w.rest[k] = pendingLines{text: text, more: text != ""}
		}
	}
}

func (w *textWriter) routeOf(g GroupID, k KeyID) []GroupID {
	route, _ := w.layout.vocabulary.route(g, w.layout.vocabulary.GroupOf(k))
	return route
}

func (w *textWriter) lineField(f *textField, into []rune) error {
	rest := &w.rest[f.key]
	if !rest.more {
		return nil
	}
	line, tail, more := nextLine(rest.text, len(into))
	*rest = pendingLines{text: tail, more: more}
	return w.set(f, into, line)
}

// nextLine cuts a line of at most width characters: at a line feed, else at
// the last blank, else in the middle of a word.
func nextLine(text string, width int) (line, tail string, more bool) {
	line, tail, more = strings.Cut(text, "\n")
	line = strings.TrimRight(line, " ")
	if utf8.RuneCountInString(line) <= width {
		return line, tail, more
	}
	cut := 0
	for range width {
		_, size := utf8.DecodeRuneInString(line[cut:])
		cut += size
	}
	at, next := cut, cut
	if line[cut] == ' ' {
		next = cut + 1
	} else if blank := strings.LastIndexByte(line[:cut], ' '); blank > 0 {
		at, next = blank, blank+1
	}
	rest := strings.TrimLeft(line[next:], " ")
	if more {
		rest += "\n" + tail
	}
	return strings.TrimRight(line[:at], " "), rest, true
}
