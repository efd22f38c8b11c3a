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
	key := first.implied()[0].key
	switch {
	case w.tree.Has(n, key):
		return w.refuse(key, nil, ValueNoPlace, "the records are "+first.wanted)
	case first.min > 0:
		return w.refuse(key, nil, ValueMissing, "the records are "+first.wanted)
	}
	return nil
}
