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
	hint    int32 // index of the child that is likely to come next
	rank    int32 // of the child that came last
	spoken  bool  // text where none belongs has been told
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
		at := int(f.hint) + i
		if at >= len(children) {
			at -= len(children)
		}
		if e := children[at]; e.name == string(name) {
			f.hint = e.after
			return e
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

// encodedTwice tells whether text looks like UTF-8 that was read as ISO
// 8859-1 and written again: an Ã or Â before a character from U+0080 to U+00BF.
func encodedTwice[T string | []byte](b T) bool {
	for i := 0; i+3 < len(b); i++ {
		if b[i] == 0xC3 && (b[i+1] == 0x82 || b[i+1] == 0x83) && b[i+2] == 0xC2 && utf8.RuneStart(b[i+2]) && !utf8.RuneStart(b[i+3]) {
			return true
		}
	}
	return false
}
