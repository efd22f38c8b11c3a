package layout

import "slices"

// implied lists the keys that every record of the type holds alike.
func (r *textRecord) implied() []constant {
	if r.mark == nil {
		return r.set
	}
	return append(slices.Clone(r.set), r.mark.constant)
}

// fits tells whether the occurrence has all that the record implies.
func (r *textRecord) fits(t *Tree, n Node) bool {
	return holdsAll(r.set, t, n) && (r.mark == nil || r.mark.holds(t, n))
}

// agrees tells whether the occurrence has nothing else than the record implies.
func (r *textRecord) agrees(t *Tree, n Node) bool {
	for _, c := range r.set {
		if t.Has(t.climb(n, c.up), c.key) && !c.holds(t, n) {
			return false
		}
	}
	return r.mark == nil || !t.Has(t.climb(n, r.mark.up), r.mark.key) || r.mark.holds(t, n)
}

// excludes tells whether no occurrence can have both records: they imply
// different values of one key.
func (r *textRecord) excludes(o *textRecord) bool {
	for _, a := range r.implied() {
		for _, b := range o.implied() {
			if a.key == b.key && (a.num != b.num || a.text != b.text) {
				return true
			}
		}
	}
	return false
}

// told tells whether the record is a variant that adds to an occurrence and is
// chosen by what the occurrence holds.
func (r *textRecord) told() bool {
	return !r.opens && r.table.Variant != nil && len(r.implied()) > 0
}

// alternativeTo tells whether at most one of the two variants can stand in an
// occurrence.
func (r *textRecord) alternativeTo(o *textRecord) bool {
	return r.told() && o.told() && r.group == o.group && r.table.Type == o.table.Type && r.excludes(o)
}

// want notes what is missing when neither the record nor an alternative comes.
func (f *textForm) want(r *textRecord) {
	r.wanted = r.kind
	if r.first == r.id {
		return
	}
	names := f.records[r.first].wanted + "/" + r.kind
	for i := range f.records[:r.id+1] {
		if o := &f.records[i]; o.first == r.first {
			o.wanted = names
		}
	}
}

// alternatives refuses alternatives that cannot be counted or told apart.
func (c *compiler) alternatives(f *textForm) {
	for i := range f.records {
		r := &f.records[i]
		if r.first == r.id {
			continue
		}
		place := at("text.record", i)
		if first := &f.records[r.first]; r.min != first.min || r.max != first.max {
			c.add(place, "the records %s are alternatives and counted together; they want the same min and max", r.wanted)
		}
		for j := range f.records[:i] {
			if o := &f.records[j]; o.first == r.first && !r.excludes(o) {
				c.add(place, "the variants %s and %s imply nothing that tells them apart", o.kind, r.kind)
			}
		}
	}
}

// allCarry tells whether the record and all alternatives to it carry the key.
func (f *textForm) allCarry(r *textRecord, k KeyID) bool {
	for i := range f.records {
		if o := &f.records[i]; o.first == r.first && !o.carries(k) {
			return false
		}
	}
	return true
}

// alternatives writes the one record that the occurrence's keys tell.
func (w *textWriter) alternatives(first *textRecord, n Node) error {
	for i := range w.form.records {
		if rec := &w.form.records[i]; rec.first == first.id && rec.fits(w.tree, n) {
			return w.ownRecords(rec, n)
		}
	}
	if k := w.unplaced(first, n); k != None {
		return w.refuse(k, nil, ValueNoPlace, "the records are "+first.wanted)
	}
	if first.min > 0 {
		return w.refuse(first.implied()[0].key, nil, ValueMissing, "the records are "+first.wanted)
	}
	return nil
}

// unplaced finds a value that only these alternatives carry, or None.
func (w *textWriter) unplaced(first *textRecord, n Node) KeyID {
	for i := range w.form.records {
		rec := &w.form.records[i]
		if rec.first != first.id {
			continue
		}
		for _, c := range rec.implied() {
			if w.tree.Has(n, c.key) && !w.form.elsewhere(first, c.key) {
				return c.key
			}
		}
		for j := range rec.fields {
			f := &rec.fields[j]
			if f.key == None || f.lines || f.up > 0 {
				continue
			}
			if at := f.place(w.tree, n); at != None && w.tree.Has(at, f.key) && !w.form.elsewhere(first, f.key) {
				return f.key
			}
		}
	}
	return None
}

// elsewhere tells whether a record that is none of the alternatives has a
// field for the key.
func (f *textForm) elsewhere(first *textRecord, k KeyID) bool {
	for i := range f.records {
		o := &f.records[i]
		if o.first != first.id && slices.ContainsFunc(o.fields, func(one textField) bool { return one.key == k }) {
			return true
		}
	}
	return false
}
