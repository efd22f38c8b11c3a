package layout

import "slices"

// arrange joins records to the contexts they are counted in and ranks them.
// Records that open the same group and follow each other in the description
// share a rank: they may come in any order.
func (f *textForm) arrange(v *Vocabulary, opened map[GroupID]bool) {
	for g := range f.contexts {
		f.contexts[g].parent = None
	}
	for i := range f.records {
		r := &f.records[i]
		if r.group == None {
			continue
		}
		context := &f.contexts[r.within]
		r.rank = len(context.records)
		if n := len(context.records); n > 0 {
			last := context.records[n-1]
			if r.rank = last.rank + 1; r.opens && last.opens && last.group == r.group {
				r.rank = last.rank
			}
		}
		context.records = append(context.records, r)
		f.noteLines(r)
		if r.opens && f.contexts[r.group].parent == None {
			f.contexts[r.group].parent = r.within
			context.children = append(context.children, r.group)
		}
	}
	f.frame()
	f.pair()
}

// pair fills the table by which types of two ASCII characters are found.
func (f *textForm) pair() {
	if f.typeEnd-f.typeAt != 2 || len(f.records) > 254 {
		return
	}
	f.byPair = new([1 << 16]uint8)
	for i := range f.records {
		if kind := f.records[i].kind; len(kind) == 2 {
			f.byPair[uint16(kind[0])<<8|uint16(kind[1])] = uint8(i + 1)
		}
	}
}

// find returns the record of that type, or nil.
func (f *textForm) find(kind []byte) *textRecord {
	if f.byPair == nil || len(kind) != 2 {
		return f.byType[string(kind)]
	}
	if id := f.byPair[uint16(kind[0])<<8|uint16(kind[1])]; id > 0 {
		return &f.records[id-1]
	}
	return nil
}

func (f *textForm) noteLines(r *textRecord) {
	for i := range r.fields {
		if k := r.fields[i].key; r.fields[i].lines && !slices.Contains(f.contexts[r.group].lines, k) {
			f.contexts[r.group].lines = append(f.contexts[r.group].lines, k)
		}
	}
}

// frame finds the records that begin and end a file.
func (f *textForm) frame() {
	file := f.contexts[FileGroup].records
	if len(file) == 0 {
		return
	}
	first, last := file[0], file[len(file)-1]
	if first.group == FileGroup && first.min == 1 {
		f.start = first
	}
	if last != first && last.group == FileGroup && last.min == 1 && last.max == 1 {
		f.end = last
	}
}

// textGuarantees refuses a required key that a file need not carry, and
// notes what has to be checked once an occurrence is complete.
func (c *compiler) textGuarantees(f *textForm) {
	v := c.vocabulary
	for g := range GroupID(v.Groups()) {
		carried := c.carriers(f, g)
		if g == DocumentGroup && !v.HasDocuments() {
			continue
		}
		first, n := v.Keys(g)
		for k := first; k < first+KeyID(n); k++ {
			c.textKey(f, k, carried)
		}
		c.textOccurrence(f, g)
	}
}

// carriers are the records in which an occurrence of the group may begin: its
// own openers, or the records that route fields into it.
func (c *compiler) carriers(f *textForm, g GroupID) []*textRecord {
	var all []*textRecord
	for i := range f.records {
		r := &f.records[i]
		if r.group == g && (r.opens || g == FileGroup) {
			all = append(all, r)
			continue
		}
		for _, field := range r.fields {
			if field.key != None && len(field.route) > 0 && field.route[len(field.route)-1] == g {
				all = append(all, r)
				break
			}
		}
	}
	return all
}

func (c *compiler) textKey(f *textForm, k KeyID, carriers []*textRecord) {
	key := c.vocabulary.Key(k)
	if !key.Required || c.given[k] {
		return
	}
	mapped, certain := 0, len(carriers) > 0
	for _, r := range carriers {
		if r.carries(k) {
			mapped++
		} else {
			certain = false
		}
	}
	appended, sure := f.appends(c.vocabulary.GroupOf(k), k)
	if c.vocabulary.GroupOf(k) == FileGroup {
		certain = mapped > 0
	}
	switch {
	case len(carriers) == 0 && !appended && !c.groupNeeded(c.vocabulary.GroupOf(k)):
	case mapped == 0 && !appended:
		c.add("text", "the required key %s stands in no text record and has neither default nor derive", c.vocabulary.KeyPath(k))
	case !certain && !appended:
		c.add("text", "the required key %s is missing in some of the text records that open %s", c.vocabulary.KeyPath(k), c.vocabulary.GroupPath(c.vocabulary.GroupOf(k)))
	case !certain && !sure, c.vocabulary.GroupOf(k) == FileGroup && !f.surelyInFile(k):
		f.late = append(f.late, k)
	}
}

// groupNeeded tells whether the group occurs at least once around every file
// or document.
func (c *compiler) groupNeeded(g GroupID) bool {
	for ; g > DocumentGroup; g = c.vocabulary.Parent(g) {
		if c.vocabulary.Group(g).Min == 0 {
			return false
		}
	}
	return g != None
}

func (r *textRecord) carries(k KeyID) bool {
	for _, s := range r.set {
		if s.key == k {
			return true
		}
	}
	for _, f := range r.fields {
		if f.key == k {
			return true
		}
	}
	return false
}

func (f *textForm) appends(g GroupID, k KeyID) (found, sure bool) {
	for _, r := range f.contexts[g].records {
		if r.group == g && !r.opens && r.carries(k) {
			found, sure = true, sure || r.min > 0
		}
	}
	return found, sure
}

func (f *textForm) surelyInFile(k KeyID) bool {
	_, sure := f.appends(FileGroup, k)
	return sure
}

// textOccurrence notes a group whose cardinality the records do not settle.
func (c *compiler) textOccurrence(f *textForm, g GroupID) {
	v := c.vocabulary
	group := v.Group(g)
	if g <= DocumentGroup {
		return
	}
	openers, sure := 0, false
	for i := range f.records {
		if r := &f.records[i]; r.opens && r.group == g && r.within == v.Parent(g) {
			openers++
			sure = r.min >= group.Min && (group.Max == 0 || r.max > 0 && r.max <= group.Max)
		}
	}
	routed := len(c.carriers(f, g)) > openers
	if openers == 1 && sure && !routed || group.Min == 0 && group.Max == 0 || group.Min == 0 && openers == 0 {
		return
	}
	if openers == 0 && !routed && group.Min > 0 {
		if c.groupNeeded(v.Parent(g)) {
			c.add("text", "%s must occur but no text record carries it", v.GroupPath(g))
		}
		return
	}
	f.checks = append(f.checks, groupCheck{group: g, parent: v.Parent(g), min: group.Min, max: group.Max})
}
