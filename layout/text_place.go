package layout

import "strings"

// place finds or opens the occurrence that the record belongs to and judges
// its order and number.
func (r *textReader) place(rec *textRecord, at int32) Node {
	if r.open[rec.within] == None {
		r.orphan(rec, at)
	}
	r.closeBelow(rec.within)
	r.count(rec)
	t := r.tree(r.inDoc)
	if !rec.opens {
		if t.nodes[0].origin == None {
			t.nodes[0].origin = at
		}
		return r.open[rec.group]
	}
	if rec.begins {
		return r.beginGroups(t, rec, at)
	}
	r.enter(rec.group, r.occurrence(t, r.open[rec.within], rec.group, rec.within, at))
	return r.open[rec.group]
}

// beginGroups opens the document and the groups on the way to the record's.
func (r *textReader) beginGroups(t *Tree, rec *textRecord, at int32) Node {
	n := Node(0)
	t.nodes[n].origin = at
	r.enter(DocumentGroup, n)
	for _, g := range rec.route {
		n = t.addAt(n, g, at)
		if r.form.contexts[g].parent != None {
			r.enter(g, n)
		}
	}
	return n
}

// occurrence opens the group below the node, through groups that no record
// opens. A group of at most one occurrence that a field has opened is joined.
func (r *textReader) occurrence(t *Tree, parent Node, g, within GroupID, at int32) Node {
	v := r.layout.vocabulary
	if above := v.Parent(g); above != within {
		parent = r.occurrence(t, parent, above, within, at)
	}
	if v.Group(g).Max == 1 || r.form.contexts[g].parent == None {
		if n := t.First(parent, g); n != None {
			return n
		}
	}
	return t.addAt(parent, g, at)
}

// enter makes the node the open occurrence of its group.
func (r *textReader) enter(g GroupID, n Node) {
	r.open[g] = n
	r.ranks[g] = 0
	for _, rec := range r.form.contexts[g].records {
		r.counts[rec.id] = 0
	}
	for _, k := range r.form.contexts[g].lines {
		r.emptied[k] = 0
	}
}

// orphan opens what the record should have found open, so that its fields
// can be read, and tells of it.
func (r *textReader) orphan(rec *textRecord, at int32) {
	missing := r.opener(rec.within)
	if !r.lost {
		r.fault(Fault{Code: FaultRecordOrder, Node: None, Key: None, Origin: r.current.origin(rec.kind), Want: missing}, nil)
	}
	r.lost = true
	r.openImplied(rec.within, at)
}

func (r *textReader) opener(g GroupID) string {
	kinds := ""
	for i := range r.form.records {
		if rec := &r.form.records[i]; rec.opens && (rec.group == g || rec.begins && g == DocumentGroup) {
			kinds += "/" + rec.kind
		}
	}
	return strings.TrimPrefix(kinds, "/")
}

func (r *textReader) openImplied(g GroupID, at int32) {
	if g == DocumentGroup {
		r.documents++
		r.size = 0
		r.doc.nodes[0].origin = at
		r.enter(g, 0)
		return
	}
	above := r.form.contexts[g].parent
	if r.open[above] == None {
		r.openImplied(above, at)
	}
	t := r.tree(r.inDoc)
	r.enter(g, r.occurrence(t, r.open[above], g, above, at))
}

// count judges the record's order and number within its context.
func (r *textReader) count(rec *textRecord) {
	r.counts[rec.first]++
	late := rec.rank < r.ranks[rec.within]
	tooMany := rec.max > 0 && r.counts[rec.first] > rec.max
	r.ranks[rec.within] = max(r.ranks[rec.within], rec.rank)
	if r.lost || !late && !tooMany {
		return
	}
	code := FaultRecordOrder
	if tooMany {
		code = FaultRecordTooMany
	}
	r.fault(Fault{Code: code, Node: None, Key: None, Origin: r.current.origin(rec.kind)}, nil)
}

// contradiction tells of a variant that implies something else than the
// occurrence already has.
func (r *textReader) contradiction(t *Tree, rec *textRecord, n Node) {
	if r.lost || rec.max > 0 && r.counts[rec.first] > rec.max || rec.agrees(t, n) {
		return
	}
	r.fault(Fault{Code: FaultRecordOrder, Node: n, Key: None, Origin: r.current.origin(rec.kind)}, nil)
}

// closeBelow closes the open occurrences in the group's occurrence.
func (r *textReader) closeBelow(g GroupID) {
	for _, child := range r.form.contexts[g].children {
		if r.open[child] == None {
			continue
		}
		r.closeBelow(child)
		r.tellMissing(child)
		r.open[child] = None
	}
}

// tellMissing tells of records that the occurrence should have had.
func (r *textReader) tellMissing(g GroupID) {
	if r.lost {
		return
	}
	for _, rec := range r.form.contexts[g].records {
		if rec.first == rec.id && r.counts[rec.id] < rec.min {
			n := r.open[g]
			r.fault(Fault{Code: FaultRecordMissing, Node: n, Key: None, Origin: r.tree(r.inDoc).AtNode(n), Want: rec.wanted}, nil)
		}
	}
}

func (r *textReader) closeDocument() {
	r.inDoc = true
	r.closeBelow(DocumentGroup)
	r.tellMissing(DocumentGroup)
	r.open[DocumentGroup] = None
	if r.skipping {
		r.inDoc = false
		return
	}
	r.completeDocument(r.form.checks, r.form.late)
}

// closeFile tells what the file should have had.
func (r *textReader) closeFile() {
	r.inDoc = false
	r.closeBelow(FileGroup)
	end := Origin{Line: r.scanner.lines, Offset: r.scanner.offset}
	if !r.started {
		r.fault(Fault{Code: FaultEmpty, Node: None, Key: None, Origin: end}, nil)
		return
	}
	for _, rec := range r.form.contexts[FileGroup].records {
		f := Fault{Code: FaultRecordMissing, Node: None, Key: None, Origin: end, Want: rec.wanted}
		switch {
		case rec.first != rec.id || r.counts[rec.id] >= rec.min || rec == r.form.start:
			continue
		case rec == r.form.end:
			f.Code = FaultMissingEnd
		case r.lost:
			continue
		}
		r.fault(f, nil)
	}
	r.layout.fill(r.file, r.file)
	r.verify(r.file, r.form.checks, r.form.late)
}
