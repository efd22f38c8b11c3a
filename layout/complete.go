package layout

// completeDocument fills in what the document does not say itself and checks
// what only a whole document shows.
func (s *readState) completeDocument(checks []groupCheck, late []KeyID) {
	s.layout.fill(s.doc, s.file)
	s.verify(s.doc, checks, late)
	for i, d := range s.layout.derived {
		if s.layout.overDocuments(d) {
			s.sums[i] += s.doc.reckon(d)
		}
	}
	s.inDoc = false
}

// completeFile derives the file's own facts once all documents are read.
func (s *readState) completeFile() {
	s.layout.fill(s.file, s.file)
	for i, d := range s.layout.derived {
		if s.layout.overDocuments(d) && !s.file.Given(0, d.key) {
			s.file.SetNum(0, d.key, s.sums[i])
		}
	}
}

func (l *Layout) overDocuments(d derivation) bool {
	return d.rule != deriveCopy && l.vocabulary.GroupOf(d.key) == FileGroup && l.vocabulary.within(d.group, DocumentGroup)
}

// fill gives defaults and derived values to every node of the tree.
func (l *Layout) fill(t, file *Tree) {
	for _, c := range l.defaults {
		g := l.vocabulary.GroupOf(c.key)
		for n := range t.nodes {
			if t.nodes[n].group == g && !t.Given(Node(n), c.key) {
				c.giveTo(t, Node(n))
			}
		}
	}
	for _, d := range l.derived {
		if !l.overDocuments(d) {
			l.deriveInto(t, file, d)
		}
	}
}

func (l *Layout) deriveInto(t, file *Tree, d derivation) {
	g := l.vocabulary.GroupOf(d.key)
	for n := range t.nodes {
		if t.nodes[n].group != g || t.Given(Node(n), d.key) {
			continue
		}
		if d.rule != deriveCopy {
			t.SetNum(Node(n), d.key, t.reckonBelow(d, Node(n)))
			continue
		}
		from, at := t, t.around(Node(n), d.group)
		if at == None {
			from, at = file, 0
		}
		from.copyValue(at, d.source, t, Node(n), d.key)
	}
}

// around returns the node of the group that the node is or lies in, or None.
func (t *Tree) around(n Node, g GroupID) Node {
	for n != None && t.nodes[n].group != g {
		n = t.nodes[n].parent
	}
	return n
}

func (t *Tree) copyValue(n Node, k KeyID, to *Tree, at Node, key KeyID) {
	if t.vocabulary.keyOutside(k, t.nodes[n].group) || !t.Has(n, k) {
		return
	}
	if v := t.value(n, k); v.end > v.start {
		num := v.num
		to.SetText(at, key, t.Text(n, k))
		to.value(at, key).num = num
		return
	}
	to.SetNum(at, key, t.Num(n, k))
}

func (v *Vocabulary) keyOutside(k KeyID, g GroupID) bool { return v.keys[k].group != g }

// reckon counts or sums over the whole tree.
func (t *Tree) reckon(d derivation) int64 { return t.reckonBelow(d, 0) }

func (t *Tree) reckonBelow(d derivation, top Node) int64 {
	total := int64(0)
	for n := range t.nodes {
		if t.nodes[n].group != d.group || !t.lies(Node(n), top) {
			continue
		}
		if d.rule == deriveCount {
			total++
		} else {
			total += t.Num(Node(n), d.source)
		}
	}
	return total
}

func (t *Tree) lies(n, top Node) bool {
	for n > top {
		n = t.nodes[n].parent
	}
	return n == top
}

// verify checks cardinalities and required keys that the order of the records
// or elements leaves open.
func (s *readState) verify(t *Tree, checks []groupCheck, late []KeyID) {
	for _, c := range checks {
		for n := range t.nodes {
			if t.nodes[n].group == c.parent {
				s.verifyCount(t, Node(n), c)
			}
		}
	}
	for _, k := range late {
		g := t.vocabulary.GroupOf(k)
		for n := range t.nodes {
			if t.nodes[n].group == g && !t.Given(Node(n), k) {
				s.fault(Fault{Code: FaultFieldMissing, Node: Node(n), Key: k, Field: t.vocabulary.Key(k).Name, Origin: t.AtNode(Node(n))}, nil)
			}
		}
	}
}

func (s *readState) verifyCount(t *Tree, n Node, c groupCheck) {
	count, last := 0, n
	for child := t.First(n, c.group); child != None; child = t.Next(child) {
		count, last = count+1, child
	}
	f := Fault{Node: last, Key: None, Origin: t.AtNode(last), Want: t.vocabulary.GroupPath(c.group)}
	switch {
	case count < c.min:
		f.Code = s.codes.missing
	case c.max > 0 && count > c.max:
		f.Code = s.codes.tooMany
	default:
		return
	}
	s.fault(f, nil)
}
