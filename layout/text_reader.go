package layout

import (
	"fmt"
	"io"
)

type textReader struct {
	*readState
	form    *textForm
	scanner *lineScanner
	view    view

	pending bool // current was looked at but belongs to the next call
	current line
	record  *textRecord

	open     []Node  // by group: the occurrence that is open, None
	counts   []int   // by record id, within the occurrence it is counted in
	ranks    []int   // by group: rank of the latest record in its occurrence
	emptied  []int32 // by key: empty lines waiting for a line after them
	deferred []*textField
	keptAt   int // where the current line stands in the arena of its tree, -1 before its first value

	started, ended bool
	lost           bool  // after an unreadable record: order and number are not judged until the next document
	skipping       bool  // the document has grown too large
	size           int64 // bytes of the document so far
	blank          line  // the first of the blank lines since the last record
	blanks         int64
	wrongCode      bool // another encoding than the description's has been told
	records        int64
}

func newTextReader(r io.Reader, s *readState) *textReader {
	f := s.layout.text
	groups := len(f.contexts)
	t := &textReader{
		readState: s, form: f, scanner: newLineScanner(r, s.limits.LineBytes),
		open: make([]Node, groups), counts: make([]int, len(f.records)), ranks: make([]int, groups),
		emptied: make([]int32, s.layout.vocabulary.NumKeys()),
	}
	for g := range t.open {
		t.open[g] = None
	}
	t.open[FileGroup] = 0
	s.codes.missing, s.codes.tooMany = FaultRecordMissing, FaultRecordTooMany
	return t
}

func (r *textReader) position() (records, lines, offset int64) {
	return r.records, r.scanner.lines, r.scanner.offset
}

func (r *textReader) next() error {
	for {
		if err := r.advance(); err != nil {
			return r.stop(err)
		}
		if r.open[DocumentGroup] != None && r.leavesDocument() {
			r.pending = true
			r.closeDocument()
			return nil
		}
		if err := r.takeLine(); err != nil {
			return err
		}
	}
}

// stop ends the reading: a document that is still open is handed out first.
func (r *textReader) stop(err error) error {
	if err != io.EOF { //nolint:errorlint // wrapped, it is a failure of the source
		return err
	}
	if r.open[DocumentGroup] != None {
		r.closeDocument()
		return nil
	}
	r.closeFile()
	return io.EOF
}

// advance reads the next line that is not blank into current.
func (r *textReader) advance() error {
	if r.pending {
		r.pending = false
		return nil
	}
	for {
		l := &r.current
		if err := r.scanner.next(l); err != nil {
			return err
		}
		if l.offset == 0 && len(l.bytes) >= 3 && string(l.bytes[:3]) == byteOrderMark {
			r.bom = true
			l.bytes, l.offset = l.bytes[3:], 3
		}
		if r.scanner.offset > r.limits.Bytes {
			return r.fatal(Fault{Code: FaultFileTooLarge, Node: None, Key: None, Origin: l.origin(""), Want: fmt.Sprint(r.limits.Bytes)})
		}
		if l.bytes = withoutEndMark(l); !isBlank(l.bytes) {
			r.classify()
			return nil
		}
		if r.blanks++; r.blanks == 1 {
			r.blank = *l
		}
	}
}

// endMark (Ctrl-Z) is what old systems write after the last line.
const endMark = "\x1a"

func (l *line) origin(record string) Origin {
	return Origin{Record: record, Line: l.number, Offset: l.offset}
}

func (r *textReader) takeLine() error {
	if r.blanks > 0 && !r.ended {
		r.blanks = 0
		r.fault(Fault{Code: FaultRecordUnknown, Node: None, Key: None, Origin: r.blank.origin("")}, nil)
	}
	r.records++
	if r.ended {
		return r.afterEnd()
	}
	r.begin()
	switch {
	case r.current.endless:
		r.lost = true
		r.fault(Fault{Code: FaultLineEndless, Node: None, Key: None, Origin: r.current.origin(""), Want: fmt.Sprint(r.limits.LineBytes)}, r.current.bytes)
		return nil
	case r.record == nil:
		r.unknown()
		return nil
	}
	return r.takeRecord()
}

// afterEnd tells once of data after the end record and passes over the rest.
func (r *textReader) afterEnd() error {
	r.fault(Fault{Code: FaultDataAfterEnd, Node: None, Key: None, Origin: r.current.origin("")}, r.current.bytes)
	for passed := new(line); ; {
		if err := r.scanner.next(passed); err != nil {
			return r.stop(err)
		}
		if r.scanner.offset > r.limits.Bytes {
			return r.fatal(Fault{Code: FaultFileTooLarge, Node: None, Key: None, Origin: r.current.origin(""), Want: fmt.Sprint(r.limits.Bytes)})
		}
	}
}

func (r *textReader) takeRecord() error {
	rec := r.record
	r.inDoc = rec.inDoc
	if !r.inDoc && r.skipping {
		r.size, r.skipping, r.lost = 0, false, false
	}
	if rec.begins {
		r.size, r.skipping, r.lost = 0, false, false
		if err := r.beginDocument(r.current.origin(rec.kind)); err != nil {
			return err
		}
	}
	tooLarge, err := r.grow()
	if tooLarge || err != nil {
		return err
	}
	t := r.tree(r.inDoc)
	at := t.enterOrigin(r.current.origin(rec.kind))
	node := r.place(rec, at)
	if rec.adds {
		r.contradiction(t, rec, node)
	}
	for _, c := range rec.set {
		c.giveTo(t, node)
	}
	r.checkLength(rec, node)
	r.takeFields(rec, node, at)
	if r.form.end != nil && rec.first == r.form.end.id {
		r.ended = true
	}
	return nil
}

// grow bounds the memory of a document, and of the file's own facts.
func (r *textReader) grow() (tooLarge bool, err error) {
	if r.skipping {
		return true, nil
	}
	t := r.tree(r.inDoc)
	r.size += int64(len(r.current.bytes))
	if most := r.limits.DocumentBytes; r.inDoc && r.size <= most && t.size() <= 8*most || !r.inDoc && t.size() <= 8*most {
		return false, nil
	}
	f := Fault{Code: FaultDocumentTooLarge, Node: None, Key: None, Origin: r.current.origin(r.record.kind), Want: fmt.Sprint(r.limits.DocumentBytes)}
	if !r.inDoc {
		return true, r.fatal(f)
	}
	r.skipping, r.lost = true, true
	r.fault(f, nil)
	return true, nil
}
