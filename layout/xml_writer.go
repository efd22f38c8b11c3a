package layout

import (
	"bufio"
	"strconv"
	"strings"
	"unicode/utf8"
)

type xmlWriter struct {
	out    *bufio.Writer
	layout *Layout
	form   *xmlForm
	file   *Tree

	tree   *Tree
	part   []byte // what is written of the document so far; nothing leaves it before all of it is right
	value  []byte
	opened []*element // of the root and the containers that are open around the documents
}

func newXMLWriter(out *bufio.Writer, l *Layout, file *Tree) *xmlWriter {
	return &xmlWriter{out: out, layout: l, form: l.xml, file: file}
}

func (w *xmlWriter) flush() error {
	_, err := w.out.Write(w.part)
	w.part = w.part[:0]
	return err
}

// documentPath lists the elements around the documents, from the root.
func (w *xmlWriter) documentPath() []*element {
	var path []*element
	if docs := w.form.openers[DocumentGroup]; len(docs) > 0 {
		for e := docs[0].parent; e != nil; e = e.parent {
			path = append([]*element{e}, path...)
		}
	}
	return path
}

// open writes everything before the documents.
func (w *xmlWriter) open() error {
	w.tree, w.part = w.file, w.part[:0]
	encoding := "UTF-8"
	if w.form.latin1 {
		encoding = "ISO-8859-1"
	}
	w.part = append(w.part, `<?xml version="1.0" encoding="`+encoding+"\"?>\n"...)
	w.opened = w.documentPath()
	if len(w.opened) == 0 {
		if err := w.element(w.form.root, 0); err != nil {
			return err
		}
		return w.flush()
	}
	for depth, e := range w.opened {
		if err := w.startTag(e, 0); err != nil {
			return err
		}
		w.part = append(w.part, '\n')
		if err := w.around(e, w.next(depth), true); err != nil {
			return err
		}
	}
	return w.flush()
}

// next is the child of the open element through which documents are reached.
func (w *xmlWriter) next(depth int) *element {
	if depth+1 < len(w.opened) {
		return w.opened[depth+1]
	}
	return w.form.openers[DocumentGroup][0]
}

// around writes the children before or after the one that leads to the documents.
func (w *xmlWriter) around(e, through *element, before bool) error {
	passed := false
	for i, c := range e.children {
		if c == through {
			passed = true
			continue
		}
		if passed == before || c.follows(e, i) {
			continue
		}
		if err := w.child(c, 0); err != nil {
			return err
		}
	}
	return nil
}

// close writes everything after the documents.
func (w *xmlWriter) close() error {
	w.tree, w.part = w.file, w.part[:0]
	for depth := len(w.opened) - 1; depth >= 0; depth-- {
		e := w.opened[depth]
		if err := w.around(e, w.next(depth), false); err != nil {
			return err
		}
		w.indent(e)
		w.endTag(e)
	}
	return w.flush()
}

func (w *xmlWriter) document(doc *Tree) error {
	w.tree, w.part = doc, w.part[:0]
	docs := w.form.openers[DocumentGroup]
	if len(docs) == 0 {
		return &ValueError{Key: None, Path: "document", Problem: ValueNoPlace}
	}
	for _, e := range docs {
		if holdsAll(e.set, doc, 0) {
			if err := w.element(e, 0); err != nil {
				return err
			}
			return w.flush()
		}
	}
	return &ValueError{Key: None, Path: "document", Problem: ValueNoPlace}
}

// follows tells whether the element shares the rank of one before it, with
// which it is written.
func (e *element) follows(parent *element, i int) bool {
	return i > 0 && parent.children[i-1].rank == e.rank
}

// element writes an element with all it holds.
func (w *xmlWriter) element(e *element, n Node) error {
	if err := w.startTag(e, n); err != nil {
		return err
	}
	if len(e.children) == 0 {
		w.endTag(e)
		return nil
	}
	w.part = append(w.part, '\n')
	for i, c := range e.children {
		if c.follows(e, i) {
			continue
		}
		if err := w.child(c, n); err != nil {
			return err
		}
	}
	if e.opens {
		if err := w.placed(e, n); err != nil {
			return err
		}
	}
	w.indent(e)
	w.endTag(e)
	return nil
}

// child writes the occurrences of an element, and of those that share its rank.
func (w *xmlWriter) child(e *element, n Node) error {
	switch {
	case e.opens:
		return w.occurrences(e, n)
	case e.field != nil:
		return w.leaf(e, n)
	case e.min == 0 && !w.speaks(e, n):
		return nil
	}
	return w.element(e, n)
}

// speaks tells whether the element has anything to hold.
func (w *xmlWriter) speaks(e *element, n Node) bool {
	if e.field != nil && w.has(e.field, n) {
		return true
	}
	for _, a := range e.attrs {
		if w.has(a, n) {
			return true
		}
	}
	for _, c := range e.children {
		if c.opens {
			if at := w.tree.under(n, c.above); at != None && w.tree.First(at, c.group) != None {
				return true
			}
		} else if w.speaks(c, n) {
			return true
		}
	}
	return false
}

func (w *xmlWriter) has(x *xmlField, n Node) bool {
	if x.extra {
		return w.tree.extra(n, x.name) != ""
	}
	at := w.tree.under(n, x.route)
	return x.key != None && at != None && w.tree.Has(at, x.key)
}

func (w *xmlWriter) occurrences(first *element, n Node) error {
	count := 0
	at := w.tree.under(n, first.above)
	if at != None {
		for child := w.tree.First(at, first.group); child != None; child = w.tree.Next(child) {
			e := w.choose(first, child)
			if e == nil {
				continue
			}
			count++
			if err := w.element(e, child); err != nil {
				return err
			}
		}
	}
	rule := first.parent.ranks[first.rank]
	if count < rule.min || rule.max > 0 && count > rule.max {
		return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(first.group), Problem: ValueOccurrence, Detail: "element " + first.path + " occurs " + strconv.Itoa(count) + " times"}
	}
	return nil
}

// choose finds the element of the rank whose constants the occurrence has. If
// constants of another element of the group fit better, that one takes it.
func (w *xmlWriter) choose(first *element, n Node) *element {
	var chosen *element
	for _, e := range w.form.openers[first.group] {
		if e.base() == first.base() && holdsAll(e.set, w.tree, n) && (chosen == nil || len(e.set) > len(chosen.set)) {
			chosen = e
		}
	}
	if chosen == nil || chosen.parent != first.parent || chosen.rank != first.rank {
		return nil
	}
	return chosen
}

// placed refuses occurrences that no element takes.
func (w *xmlWriter) placed(e *element, n Node) error {
	for child := range w.tree.Children(n) {
		g := w.tree.Group(child)
		if openers := w.form.openers[g]; len(openers) == 0 && !w.form.routed[g] {
			return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(g), Problem: ValueNoPlace}
		} else if len(openers) > 0 && !w.anyHolds(openers, child) {
			return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(g), Problem: ValueNoPlace, Detail: "no element has its constants"}
		}
	}
	return nil
}

func (w *xmlWriter) anyHolds(elements []*element, n Node) bool {
	for _, e := range elements {
		if holdsAll(e.set, w.tree, n) {
			return true
		}
	}
	return false
}

// leaf writes an element that holds a value, or one for each line.
func (w *xmlWriter) leaf(e *element, n Node) error {
	x := e.field
	if !x.lines {
		return w.single(e, n)
	}
	at := w.tree.under(n, x.route)
	if at == None || !w.tree.Has(at, x.key) {
		return w.missing(e, n, at)
	}
	for line := range strings.SplitSeq(strings.Trim(w.tree.Text(at, x.key), "\n"), "\n") {
		if err := w.leafValue(e, n, strings.TrimSpace(line)); err != nil {
			return err
		}
	}
	return nil
}

func (w *xmlWriter) missing(e *element, n, at Node) error {
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
		return w.missing(e, n, w.tree.under(n, e.field.route))
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
