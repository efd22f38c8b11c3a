package layout

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// leaf writes an element that holds a value, or one for each line.
func (w *xmlWriter) leaf(e *element, n Node) error {
	x := e.field
	if !x.lines {
		return w.single(e, n)
	}
	at := w.tree.under(n, x.route)
	if at == None || !w.tree.Has(at, x.key) {
		return w.missing(e, at)
	}
	text := strings.Trim(w.tree.Text(at, x.key), "\n")
	if w.fit.fits(&x.field) {
		text = w.fit.lines(text)
	}
	for more := true; more; {
		var line string
		line, text, more = nextLine(text, x.width())
		if err := w.leafValue(e, n, strings.TrimSpace(line)); err != nil {
			return err
		}
	}
	return nil
}

// width is how long a line may be.
func (x *xmlField) width() int {
	if x.longest == 0 {
		return math.MaxInt
	}
	return x.longest
}

func (w *xmlWriter) missing(e *element, at Node) error {
	if e.min > 0 || e.field.required && at != None {
		return w.refuse(e.field, ValueMissing, "")
	}
	return nil
}

func (w *xmlWriter) single(e *element, n Node) error {
	value, given, err := w.written(e.field, n)
	if err != nil {
		return err
	}
	if !given && !w.speaks(e, n) {
		return w.missing(e, w.tree.under(n, e.field.route))
	}
	return w.leafValue(e, n, value)
}

func (w *xmlWriter) leafValue(e *element, n Node, value string) error {
	if err := w.startTag(e, n); err != nil {
		return err
	}
	if err := w.escape(e.field, value); err != nil {
		return err
	}
	w.endTag(e)
	return nil
}

// written returns the value of a field as it stands in XML, UTF-8.
func (w *xmlWriter) written(x *xmlField, n Node) (value string, given bool, err error) {
	switch {
	case x.format.kind == asConst:
		return x.format.constant, true, nil
	case x.extra:
		value = w.tree.extra(n, x.name)
		return value, value != "", nil
	}
	at := w.tree.under(n, x.route)
	if at == None || !w.tree.Has(at, x.key) {
		return "", false, nil
	}
	var ok bool
	if w.value, ok = x.appendValue(w.value[:0], w.tree, at); !ok {
		return "", false, w.refuse(x, ValueUnwritable, "format "+x.format.source)
	}
	return string(w.value), true, nil
}

func (w *xmlWriter) refuse(x *xmlField, p ValueProblem, detail string) error {
	e := &ValueError{Key: x.key, Field: x.name, Problem: p, Detail: detail}
	if x.key != None {
		e.Path = w.layout.vocabulary.KeyPath(x.key)
	}
	return e
}

func (w *xmlWriter) startTag(e *element, n Node) error {
	w.indent(e)
	w.part = append(w.part, '<')
	w.name(e.name)
	if e.parent == nil && w.form.namespace != "" {
		w.part = append(w.part, ` xmlns="`+w.form.namespace+`"`...)
	}
	for _, a := range e.attrs {
		value, given, err := w.written(a, n)
		if err != nil {
			return err
		}
		if !given {
			if a.mandatory {
				return w.refuse(a, ValueMissing, "")
			}
			continue
		}
		w.part = append(w.part, ' ')
		w.name(a.attribute())
		w.part = append(w.part, '=', '"')
		if err := w.escape(a, value); err != nil {
			return err
		}
		w.part = append(w.part, '"')
	}
	w.part = append(w.part, '>')
	return nil
}

func (w *xmlWriter) endTag(e *element) {
	w.part = append(w.part, '<', '/')
	w.name(e.name)
	w.part = append(w.part, '>', '\n')
}

func (w *xmlWriter) indent(e *element) {
	for p := e.parent; p != nil; p = p.parent {
		w.part = append(w.part, ' ', ' ')
	}
}

func (w *xmlWriter) name(s string) {
	for _, r := range s {
		w.rune(r)
	}
}

func (w *xmlWriter) rune(r rune) {
	switch {
	case !w.form.latin1:
		w.part = utf8.AppendRune(w.part, r)
	case r < 256:
		w.part = append(w.part, byte(r))
	default:
		w.part = append(strconv.AppendInt(append(w.part, '&', '#'), int64(r), 10), ';')
	}
}

// escape writes the characters of a value.
func (w *xmlWriter) escape(x *xmlField, value string) error {
	if w.fit.fits(&x.field) {
		value = w.fitted(x, value)
	}
	if x.longest > 0 && utf8.RuneCountInString(value) > x.longest {
		return w.refuse(x, ValueTooLong, "at most "+strconv.Itoa(x.longest)+" characters")
	}
	for _, r := range value {
		switch {
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError || w.form.permitted != nil && !w.form.permitted.has(r):
			return w.refuse(x, ValueCharacter, describeRune(r))
		case r == '&':
			w.part = append(w.part, "&amp;"...)
		case r == '<':
			w.part = append(w.part, "&lt;"...)
		case r == '>':
			w.part = append(w.part, "&gt;"...)
		case r == '"':
			w.part = append(w.part, "&quot;"...)
		default:
			w.rune(r)
		}
	}
	return nil
}

// fitted fits a free text. One that would be taken for UTF-8 read as ISO 8859-1
// loses what makes it look so.
func (w *xmlWriter) fitted(x *xmlField, value string) string {
	value = w.fit.value(&x.field, value, x.longest)
	if !w.form.latin1 || !encodedTwice(value) {
		return value
	}
	return strings.Map(func(r rune) rune {
		if r == 'Â' || r == 'Ã' {
			return w.fit.mark()
		}
		return r
	}, value)
}
