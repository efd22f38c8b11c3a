package layout

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"filtjanst/layout/internal/xmlpull"
)

// attributes takes the attributes of the element just pushed.
func (r *xmlReader) attributes(o Origin) {
	f := &r.frames[len(r.frames)-1]
	given := r.pull.Attrs()
	for i := range given {
		if x := r.attribute(f, &given[i], o); x != nil {
			r.rough = true
			r.take(f, x, trimSpaces(given[i].Value), 0)
		}
	}
	r.rough = false
	for _, x := range f.element.attrs {
		if x.mandatory && !hasAttribute(given, x.attribute()) {
			r.valueFault(f, x, Fault{Code: FaultFieldMissing, Node: f.node}, 0, nil)
		}
	}
}

// attribute finds the field of an attribute. What schemas and XML itself
// define is passed over.
func (r *xmlReader) attribute(f *xmlFrame, a *xmlpull.Attr, o Origin) *xmlField {
	if a.Space == "" {
		for _, x := range f.element.attrs {
			if x.attribute() == string(a.Local) {
				return x
			}
		}
	}
	location := string(a.Local) == "schemaLocation" || string(a.Local) == "noNamespaceSchemaLocation"
	if a.Space != xmlpull.XMLSpace && !(a.Space == instanceSpace && location) {
		r.fault(Fault{Code: FaultXMLAttribute, Node: f.node, Key: None, Origin: o}, a.Local)
	}
	return nil
}

func hasAttribute(given []xmlpull.Attr, name string) bool {
	for i := range given {
		if given[i].Space == "" && string(given[i].Local) == name {
			return true
		}
	}
	return false
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func trimSpaces(b []byte) []byte {
	for len(b) > 0 && isXMLSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isXMLSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// takeValue takes the characters of an element that holds a value.
func (r *xmlReader) takeValue(f *xmlFrame) {
	x := f.element.field
	if r.long {
		r.valueFault(f, x, Fault{Code: FaultValueTooLong, Node: f.node, Want: strconv.FormatInt(r.limits.DocumentBytes, 10)}, 0, nil)
		return
	}
	b := trimSpaces(r.value)
	column := r.column + int64(cap(r.value)-cap(b))
	if x.lines {
		r.takeLines(f, x, b, column)
		return
	}
	r.take(f, x, b, column)
}

func (r *xmlReader) take(f *xmlFrame, x *xmlField, b []byte, column int64) {
	// Most values are short ASCII and need no closer look.
	if (r.rough || r.form.permitted != nil || !x.holds(b)) && !r.proper(f, x, b, column) {
		return
	}
	t := r.tree(r.inDoc)
	if len(b) == 0 && (x.format.kind == asText || x.extra) {
		r.takeEmpty(t, f, x)
		return
	}
	switch {
	case x.format.kind == asConst:
		if string(b) != x.format.constant {
			r.badValue(f, x, b, column)
		}
		return
	case x.extra:
		t.extras = append(t.extras, Extra{Node: f.node, Name: x.name, Text: string(b)})
		return
	}
	if r.rough {
		flatten(b)
	}
	v := &reading{bytes: b, state: utf8Set, origin: f.origin, column: int32(column)}
	num, ok := int64(0), len(b) > 0
	if ok {
		num, ok = x.format.decode(b)
	}
	if !ok || x.digits && !allDigits(b) {
		r.badValue(f, x, b, column)
		v.state = faulty
	}
	v.num = num
	node := f.node
	if len(x.route) > 0 {
		node = t.below(node, x.route, f.origin)
	}
	t.put(node, x.key, t.keep(b), v)
}

// takeEmpty sees to text with nothing in it.
func (r *xmlReader) takeEmpty(t *Tree, f *xmlFrame, x *xmlField) {
	switch {
	case x.fallback != nil:
		x.fallback.giveTo(t, t.below(f.node, x.route, f.origin))
	case x.required:
		r.valueFault(f, x, Fault{Code: FaultFieldMissing, Node: f.node}, 0, nil)
	}
}

// flatten turns line ends and tabs inside a value into blanks, in place.
func flatten(b []byte) []byte {
	for i, c := range b {
		if c == '\n' || c == '\t' || c == '\r' {
			b[i] = ' '
		}
	}
	return b
}

// takeLines adds the lines of an element to those before it.
func (r *xmlReader) takeLines(f *xmlFrame, x *xmlField, b []byte, column int64) {
	t := r.tree(r.inDoc)
	if !r.proper(f, x, b, column) {
		return
	}
	node := t.under(f.node, x.route)
	given := node != None && t.Given(node, x.key)
	if len(b) == 0 {
		if given {
			r.blanks[x.key]++
		}
		return
	}
	for len(b) > 0 {
		one, rest, _ := bytes.Cut(b, []byte("\n"))
		b = rest
		if one = trimSpaces(one); len(one) == 0 {
			r.blanks[x.key]++
			continue
		}
		r.checkCharacters(f, x, one, column)
		v := &reading{bytes: flatten(one), state: utf8Set, origin: f.origin, column: int32(column)}
		t.putLine(t.below(f.node, x.route, f.origin), x.key, v, int(r.blanks[x.key]))
		r.blanks[x.key] = 0
	}
}

// proper judges length and characters; a value that is too long is not kept.
func (r *xmlReader) proper(f *xmlFrame, x *xmlField, b []byte, column int64) bool {
	if !x.lines {
		r.checkCharacters(f, x, b, column)
	}
	if r.rough && !r.twice && r.pull.Latin1() && encodedTwice(b) {
		r.twice = true
		r.valueFault(f, x, Fault{Code: FaultEncoding, Node: f.node, Want: "ISO-8859-1"}, column, b)
	}
	if x.holds(b) {
		return true
	}
	r.valueFault(f, x, Fault{Code: FaultValueTooLong, Node: f.node, Want: strconv.Itoa(x.longest)}, column, b)
	return false
}

func (x *xmlField) holds(b []byte) bool {
	return x.longest == 0 || len(b) <= x.longest || utf8.RuneCount(b) <= x.longest
}

// checkCharacters names the first character that is not permitted; line ends
// and tabs count as blanks.
func (r *xmlReader) checkCharacters(f *xmlFrame, x *xmlField, b []byte, column int64) {
	if r.form.permitted == nil {
		return
	}
	if char, before, bad := r.form.permitted.firstForbidden(flatten(b), true); bad {
		r.valueFault(f, x, Fault{Code: FaultCharacter, Node: f.node, Char: char, Position: before + 1}, column, b)
	}
}

func (r *xmlReader) badValue(f *xmlFrame, x *xmlField, b []byte, column int64) {
	want := x.format.source
	if want == "" || x.digits {
		want = "digits"
	}
	r.valueFault(f, x, Fault{Code: x.format.fault(), Node: f.node, Want: want}, column, b)
}

func (r *xmlReader) valueFault(f *xmlFrame, x *xmlField, fault Fault, column int64, value []byte) {
	fault.Key, fault.Field, fault.Sensitive = x.key, x.name, x.secret
	fault.Origin = r.tree(r.inDoc).origins[f.origin]
	fault.Origin.Offset += column
	r.fault(fault, value)
}
