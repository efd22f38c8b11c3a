package layout

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"filtjanst/layout/internal/xmlpull"
)

type xmlReader struct {
	*readState
	form *xmlForm
	pull *xmlpull.Reader

	frames []xmlFrame
	counts []int32 // by element id, within the open parent
	blanks []int32 // by key: empty lines waiting for a line after them
	value  []byte  // characters of the open value
	column int64   // where they begin, from the start of its element
	rough  bool    // the value may hold more than printable ASCII
	long   bool    // the value is longer than anything allowed

	skip     int   // depth of the element that is passed over; 0 if none
	oversize bool  // it is passed over because the document is too large
	started  int64 // offset of the document
	docDepth int   // depth of the document's element; 0 outside
	twice    bool  // text encoded twice has been told
	records  int64
}

// xmlFrame is an open element.
type xmlFrame struct {
	element *element
	node    Node
	origin  int32
	hint    int  // index of the child that came last
	rank    int  // of the child that came last
	spoken  bool // text where none belongs has been told
}

const instanceSpace = "http://www.w3.org/2001/XMLSchema-instance"

func newXMLReader(r io.Reader, s *readState) *xmlReader {
	f := s.layout.xml
	s.codes.missing, s.codes.tooMany = FaultXMLElementMissing, FaultXMLElementTooMany
	return &xmlReader{
		readState: s, form: f, pull: xmlpull.New(r, xmlpull.Default),
		counts: make([]int32, f.elements), blanks: make([]int32, s.layout.vocabulary.NumKeys()),
	}
}

func (r *xmlReader) position() (records, lines, offset int64) {
	offset, lines = r.pull.Read()
	return r.records, lines, offset
}

func (r *xmlReader) next() error {
	for {
		kind, err := r.pull.Next()
		if err != nil {
			return r.unreadable(err)
		}
		done := false
		switch kind {
		case xmlpull.EOF:
			r.verify(r.file, r.form.checks, r.form.late)
			return io.EOF
		case xmlpull.Start:
			err = r.start()
		case xmlpull.End:
			done = r.end()
		case xmlpull.Text:
			r.text()
		}
		if done || err != nil {
			return err
		}
	}
}

var pullFaults = map[xmlpull.Problem]FaultCode{
	xmlpull.Malformed: FaultXMLMalformed, xmlpull.Truncated: FaultTruncated, xmlpull.DTD: FaultXMLDTD,
	xmlpull.Depth: FaultXMLDepth, xmlpull.Limit: FaultXMLLimit, xmlpull.Encoding: FaultEncoding,
	xmlpull.AfterEnd: FaultDataAfterEnd, xmlpull.Empty: FaultEmpty,
}

// unreadable turns what stops the pull reader into a fault.
func (r *xmlReader) unreadable(err error) error {
	var e *xmlpull.Error
	if !errors.As(err, &e) {
		return err
	}
	f := Fault{Code: pullFaults[e.Problem], Node: None, Key: None, Want: e.Detail, Origin: Origin{Line: e.Line, Offset: e.Offset}}
	if n := len(r.frames); n > 0 {
		f.Origin.Record = r.frames[n-1].element.path
	}
	return r.fatal(f)
}

func (r *xmlReader) start() error {
	r.records++
	if r.skip > 0 {
		return nil
	}
	offset, line := r.pull.Position()
	if offset > r.limits.Bytes {
		return r.fatal(Fault{Code: FaultFileTooLarge, Node: None, Key: None, Origin: Origin{Line: line, Offset: offset}, Want: fmt.Sprint(r.limits.Bytes)})
	}
	if len(r.frames) == 0 {
		return r.root(Origin{Line: line, Offset: offset})
	}
	parent := &r.frames[len(r.frames)-1]
	e := parent.find(r.pull.Local())
	if e == nil || r.pull.Space() != r.form.namespace {
		r.unknownElement(parent, e, offset, line)
		return nil
	}
	return r.enter(parent, e, Origin{Record: e.path, Line: line, Offset: offset})
}

// find returns the child of that name, looking first where it is likely.
func (f *xmlFrame) find(name []byte) *element {
	children := f.element.children
	for i := range children {
		at := f.hint + i
		if at >= len(children) {
			at -= len(children)
		}
		if children[at].name == string(name) {
			if f.hint = at; children[at].max == 1 {
				f.hint = (at + 1) % len(children)
			}
			return children[at]
		}
	}
	return nil
}

func (r *xmlReader) root(o Origin) error {
	root := r.form.root
	r.bom = r.pull.ByteOrderMark()
	f := Fault{Node: None, Key: None, Origin: o}
	switch {
	case string(r.pull.Local()) != root.name:
		f.Code, f.Want = FaultXMLRoot, root.name
	case r.pull.Space() != r.form.namespace:
		f.Code, f.Want = FaultXMLNamespace, r.form.namespace
	default:
		r.file.nodes[0].origin = r.file.enterOrigin(o)
		r.push(root, 0, r.file.nodes[0].origin)
		r.attributes(o)
		r.setAll(root, 0)
		return nil
	}
	f.Fatal = true
	r.fault(f, r.pull.Local())
	return ErrUnreadable
}

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
	if tooLarge, err := r.grown(t, o); tooLarge || err != nil {
		return err
	}
	at := t.enterOrigin(o)
	node := parent.node
	if e.opens {
		node = r.occurrence(t, parent, e, at)
		r.setAll(e, node)
	}
	r.push(e, node, at)
	r.attributes(o)
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
	if e.rank < parent.rank {
		r.fault(Fault{Code: FaultXMLElementOrder, Node: parent.node, Key: None, Origin: o}, nil)
	}
	parent.rank = max(parent.rank, e.rank)
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

// grown bounds the memory of a document, and of the file's own facts.
func (r *xmlReader) grown(t *Tree, o Origin) (tooLarge bool, err error) {
	most := r.limits.DocumentBytes
	// Sixteen elements cannot outgrow the margin.
	if (r.records&15 != 0 || t.size() <= 8*most) && (!r.inDoc || o.Offset-r.started <= most) {
		return false, nil
	}
	f := Fault{Code: FaultDocumentTooLarge, Node: None, Key: None, Origin: o, Want: fmt.Sprint(most)}
	if !r.inDoc {
		return true, r.fatal(f)
	}
	r.fault(f, nil)
	r.skip, r.oversize = r.docDepth, true
	return true, nil
}

func (r *xmlReader) text() {
	if r.skip > 0 || len(r.frames) == 0 {
		return
	}
	b := r.pull.Text()
	f := &r.frames[len(r.frames)-1]
	if f.element.field == nil {
		if !isBlank(b) && !f.spoken {
			f.spoken = true
			offset, line := r.pull.Position()
			r.fault(Fault{Code: FaultXMLText, Node: f.node, Key: None, Origin: Origin{Record: f.element.path, Line: line, Offset: offset}}, b)
		}
		return
	}
	if len(r.value) == 0 {
		r.column = r.pull.Offset() - r.tree(r.inDoc).origins[f.origin].Offset
	}
	if int64(len(r.value)+len(b)) > r.limits.DocumentBytes {
		r.long = true
		return
	}
	r.value = append(r.value, b...)
	r.rough = r.rough || r.pull.Rough()
}

func isBlank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// end closes the innermost element and tells whether a document is complete.
func (r *xmlReader) end() bool {
	depth := r.pull.Depth() + 1
	if r.skip > 0 {
		return r.endSkipped(depth)
	}
	f := &r.frames[len(r.frames)-1]
	if f.element.field != nil {
		r.takeValue(f)
	} else {
		r.tellMissing(f)
	}
	r.frames = r.frames[:len(r.frames)-1]
	if depth != r.docDepth {
		return false
	}
	r.docDepth = 0
	r.completeDocument(r.form.checks, r.form.late)
	return true
}

func (r *xmlReader) endSkipped(depth int) bool {
	if depth != r.skip {
		return false
	}
	r.skip = 0
	if !r.oversize {
		return false
	}
	r.oversize, r.docDepth, r.inDoc = false, 0, false
	for len(r.frames) >= depth {
		r.frames = r.frames[:len(r.frames)-1]
	}
	return true
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
			missing := Fault{Code: FaultXMLElementMissing, Node: f.node, Key: None, Origin: r.tree(r.inDoc).origins[f.origin], Want: c.path}
			if c.field != nil {
				missing.Key, missing.Field, missing.Sensitive = c.field.key, c.field.name, c.field.secret
			}
			r.fault(missing, nil)
		}
	}
}

// encodedTwice tells whether text looks like UTF-8 that was read as ISO
// 8859-1 and written again: an Ã or Â before a character from U+0080 to U+00BF.
func encodedTwice(b []byte) bool {
	for i := 0; i+3 < len(b); i++ {
		if b[i] == 0xC3 && (b[i+1] == 0x82 || b[i+1] == 0x83) && b[i+2] == 0xC2 && utf8.RuneStart(b[i+2]) && !utf8.RuneStart(b[i+3]) {
			return true
		}
	}
	return false
}
