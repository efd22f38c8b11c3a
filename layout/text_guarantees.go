package layout

import "slices"

// textGuarantees refuses a required key that a file need not carry, and
// notes what has to be checked once an occurrence is complete.
func (c *compiler) textGuarantees(f *textForm) {
	v := c.vocabulary
	for g := range GroupID(v.Groups()) {
		carried := c.carriers(f, g)
		if v.within(g, DocumentGroup) && !c.hasDocuments() {
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
		if r.group == g && (r.opens || g == FileGroup) || r.beginsGroup(g) {
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

// beginsGroup tells whether the record opens a document and with it an
// occurrence of the group.
func (r *textRecord) beginsGroup(g GroupID) bool {
	return r.begins && (g == DocumentGroup || slices.Contains(r.route, g))
}

func (f *textForm) appends(g GroupID, k KeyID) (found, sure bool) {
	found = slices.Contains(f.borrowed, k)
	for _, r := range f.contexts[g].records {
		if r.group == g && !r.opens && r.carries(k) {
			found, sure = true, sure || r.min > 0 && f.allCarry(r, k)
		}
	}
	return found, sure
}

func (f *textForm) surelyInFile(k KeyID) bool {
	_, sure := f.appends(FileGroup, k)
	return sure
}

// begun tells whether only records that open a document open the group, and
// all of them do: it occurs exactly once.
func (f *textForm) begun(g GroupID) bool {
	with, without := 0, 0
	for i := range f.records {
		r := &f.records[i]
		if r.beginsGroup(g) {
			with++
		} else if r.begins || r.opens && r.group == g {
			without++
		}
	}
	return with > 0 && without == 0
}

// textOccurrence notes a group whose cardinality the records do not settle.
func (c *compiler) textOccurrence(f *textForm, g GroupID) {
	v := c.vocabulary
	group := v.Group(g)
	if g <= DocumentGroup {
		return
	}
	openers, sure := 0, false
	if f.begun(g) {
		return
	}
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
