package layout

import (
	"fmt"
)

func (r *xmlReader) setAll(e *element, n Node) {
	for _, c := range e.set {
		c.giveTo(r.tree(r.inDoc), n)
	}
}

// passOver skips the element whose start was just read.
func (r *xmlReader) passOver() { r.skip = r.pull.Depth() }

func (r *xmlReader) unknownElement(parent *xmlFrame, e *element, offset, line int64) {
	code, want := FaultXMLElementUnknown, ""
	if e != nil {
		code, want = FaultXMLNamespace, r.form.namespace
	}
	r.fault(Fault{Code: code, Node: parent.node, Key: None, Want: want, Origin: Origin{Record: parent.element.path, Line: line, Offset: offset}}, r.pull.Local())
	r.passOver()
}

// enter takes an element that the description knows.
func (r *xmlReader) enter(parent *xmlFrame, e *element, o Origin) error {
	if !r.judge(parent, e, o) && !e.opens {
		r.passOver()
		return nil
	}
	if e.opens && e.group == DocumentGroup {
		if err := r.beginDocument(o); err != nil {
			return err
		}
		r.started, r.docDepth = o.Offset, r.pull.Depth()
	}
	t := r.tree(r.inDoc)
	if r.grown(t, o.Offset) {
		return r.outgrown(o)
	}
	at := t.enterOrigin(o)
	node := parent.node
	if e.opens {
		node = r.occurrence(t, parent, e, at)
		r.setAll(e, node)
	}
	r.push(e, node, at)
	if len(e.attrs)+len(r.pull.Attrs()) > 0 {
		r.attributes(o)
	}
	return nil
}

func (r *xmlReader) push(e *element, n Node, at int32) {
	for _, c := range e.children {
		r.counts[c.id] = 0
	}
	for _, k := range e.lines {
		r.blanks[k] = 0
	}
	r.frames = append(r.frames, xmlFrame{element: e, node: n, origin: at})
	r.value, r.long, r.rough, r.column = r.value[:0], false, false, 0
}

// judge tells of an element that stands too late or too often.
func (r *xmlReader) judge(parent *xmlFrame, e *element, o Origin) bool {
	r.counts[e.id]++
	if int32(e.rank) < parent.rank {
		r.fault(Fault{Code: FaultXMLElementOrder, Node: parent.node, Key: None, Origin: o}, nil)
	} else {
		parent.rank = int32(e.rank)
	}
	if most := parent.element.ranks[e.rank].max; most > 0 && r.together(parent.element, e) > most {
		r.fault(Fault{Code: FaultXMLElementTooMany, Node: parent.node, Key: None, Origin: o}, nil)
		return false
	}
	return true
}

// together counts the occurrences of all elements of the same rank.
func (r *xmlReader) together(parent, e *element) int {
	if !e.shares {
		return int(r.counts[e.id])
	}
	total := 0
	for _, c := range parent.children {
		if c.rank == e.rank {
			total += int(r.counts[c.id])
		}
	}
	return total
}

// occurrence opens a node for an element that is a group's occurrence.
func (r *xmlReader) occurrence(t *Tree, parent *xmlFrame, e *element, at int32) Node {
	if e.group == DocumentGroup {
		t.nodes[0].origin = at
		return 0
	}
	above := t.below(parent.node, e.above, at)
	if r.layout.vocabulary.Group(e.group).Max == 1 && r.counts[e.id] == 1 {
		if n := t.First(above, e.group); n != None {
			return n
		}
	}
	return t.addAt(above, e.group, at)
}

// grown tells that a document, or the file's own facts, take more memory than
// they may.
func (r *xmlReader) grown(t *Tree, offset int64) bool {
	most := r.limits.DocumentBytes
	// Sixteen elements cannot outgrow the margin.
	return r.records&15 == 0 && t.size() > 8*most || r.inDoc && offset-r.started > most
}

// outgrown passes over the rest of a document that is too large.
func (r *xmlReader) outgrown(o Origin) error {
	f := Fault{Code: FaultDocumentTooLarge, Node: None, Key: None, Origin: o, Want: fmt.Sprint(r.limits.DocumentBytes)}
	if !r.inDoc {
		return r.fatal(f)
	}
	r.fault(f, nil)
	r.skip, r.oversize = r.docDepth, true
	return nil
}

// wanted names an element that is missing, or the choice that it begins.
func (e *element) wanted(first *element) string {
	names := first.path
	for _, c := range e.children {
		if c.choice && c != first && c.rank == first.rank {
			names += " | " + c.path
		}
	}
	return names
}

// tellMissing tells of elements that should have been there.
func (r *xmlReader) tellMissing(f *xmlFrame) {
	e := f.element
	for i := range e.ranks {
		rule := &e.ranks[i]
		if rule.min == 0 {
			continue
		}
		if c := rule.first; r.together(e, c) < rule.min {
			missing := Fault{Code: FaultXMLElementMissing, Node: f.node, Key: None, Origin: r.tree(r.inDoc).origins[f.origin], Want: e.wanted(c)}
			if c.field != nil {
				missing.Key, missing.Field, missing.Sensitive = c.field.key, c.field.name, c.field.secret
			}
			r.fault(missing, nil)
		}
	}
}
