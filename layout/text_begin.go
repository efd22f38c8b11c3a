package layout

import "slices"

// hasDocuments tells whether the files have documents: the vocabulary knows
// them, and one of the forms, and so both, has a place for them.
func (c *compiler) hasDocuments() bool {
	if !c.vocabulary.HasDocuments() {
		return false
	}
	part := func(group string) bool {
		g := c.vocabulary.FindGroup(group)
		return g != None && c.vocabulary.within(g, DocumentGroup)
	}
	d := &c.layout.source
	return d.Text != nil && slices.ContainsFunc(d.Text.Records, func(r textRecordTable) bool { return part(r.Group) }) ||
		d.XML != nil && slices.ContainsFunc(d.XML.Groups, func(g xmlGroupTable) bool { return part(g.Group) })
}

// beginning judges a record that says that it opens a document.
func (c *compiler) beginning(place string, r *textRecord) {
	route, ok := c.vocabulary.route(DocumentGroup, r.group)
	switch {
	case r.table.Append:
		c.add(place+".opens", "record %s appends and opens", r.kind)
	case !r.inDoc:
		c.add(place+".opens", "record %s opens a document, but %s is no part of one", r.kind, r.table.Group)
	case !ok:
		c.add(place+".opens", "record %s opens a document; %s and the groups around it must occur at most once", r.kind, r.table.Group)
	}
	r.route = route
}

// beginnings refuses what contradicts that some records open documents, and
// notes which groups lie between those that records open.
func (c *compiler) beginnings(f *textForm) {
	f.through = make([]bool, len(f.contexts))
	rank := None
	for i := range f.records {
		r := &f.records[i]
		if r.group == None {
			continue
		}
		if r.begins && rank != None && r.rank != rank {
			c.add(at("text.record", i), "record %s: a record of the file stands between those that open documents", r.kind)
		}
		if r.begins {
			rank = r.rank
		}
		if r.opens {
			for g := c.vocabulary.Parent(r.group); g > DocumentGroup && g != r.around; g = c.vocabulary.Parent(g) {
				f.through[g] = true
			}
		}
		c.beginsAlone(f, r)
	}
	f.borrowed = f.borrowedKeys()
}

// beginsAlone refuses other records that open or reach into a group with which
// documents begin.
func (c *compiler) beginsAlone(f *textForm, r *textRecord) {
	for i := range f.records {
		o := &f.records[i]
		if o.group == None || o.group == DocumentGroup || !o.begins {
			continue
		}
		if r.opens && !r.begins && r.group == o.group {
			c.add(at("text.record", r.id), "record %s opens %s, with which record %s begins a document", r.kind, r.table.Group, o.kind)
		}
		for j := range r.fields {
			if f := &r.fields[j]; slices.Contains(f.route, o.group) && !r.beginsGroup(o.group) {
				c.add(at(at("text.record", r.id)+".field", j), "field %s reaches into %s, with which record %s begins a document", f.name, o.table.Group, o.kind)
			}
		}
	}
}

// borrowedKeys lists the keys that only records of groups below their own
// carry; those may be absent.
func (f *textForm) borrowedKeys() []KeyID {
	var below, own []KeyID
	for i := range f.records {
		r := &f.records[i]
		for j := range r.fields {
			switch one := &r.fields[j]; {
			case one.key == None:
			case one.up > 0 && !r.begins:
				below = append(below, one.key)
			default:
				own = append(own, one.key)
			}
		}
	}
	slices.Sort(below)
	return slices.DeleteFunc(slices.Compact(below), func(k KeyID) bool { return slices.Contains(own, k) })
}
