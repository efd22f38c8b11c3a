package layout

import "slices"

// loan is a key that a record of a group below its own has written.
type loan struct {
	at  Node
	key KeyID
}

func (w *textWriter) document(doc *Tree) error {
	w.tree, w.part, w.lent = doc, w.part[:0], w.lent[:0]
	rec := w.beginner()
	if rec == nil {
		return &ValueError{Key: None, Path: "document", Problem: ValueNoPlace, Detail: "no record begins such a document"}
	}
	if rec.max > 0 && w.begun[rec.id] >= rec.max {
		return w.wrongNumber(rec, w.begun[rec.id]+1)
	}
	if err := w.begin(rec); err != nil {
		return err
	}
	if err := w.complete(); err != nil {
		return err
	}
	w.begun[rec.id]++
	_, err := w.out.Write(w.part)
	return err
}

// beginner finds the record that begins the document: it has the record's
// group and constants. The deepest group wins, then the most constants.
func (w *textWriter) beginner() *textRecord {
	var chosen *textRecord
	for _, rec := range w.form.contexts[FileGroup].records {
		if !rec.begins {
			continue
		}
		n := w.tree.under(0, rec.route)
		if n != None && rec.fits(w.tree, n) && (chosen == nil || chosen.yields(rec)) {
			chosen = rec
		}
	}
	return chosen
}

func (r *textRecord) yields(to *textRecord) bool {
	if len(r.route) != len(to.route) {
		return len(r.route) < len(to.route)
	}
	return len(r.implied()) < len(to.implied())
}

// begin writes a document: its first record, then what lies within the groups
// that it opens, from the innermost out.
func (w *textWriter) begin(rec *textRecord) error {
	w.chain = append(w.chain[:0], 0)
	w.beginLines(DocumentGroup, 0)
	n := Node(0)
	for _, g := range rec.route {
		n = w.tree.First(n, g)
		w.chain = append(w.chain, n)
		w.beginLines(g, n)
	}
	if err := w.record(rec, n); err != nil {
		return err
	}
	for _, n := range slices.Backward(w.chain) {
		if g := w.tree.Group(n); w.form.contexts[g].parent != None {
			if err := w.contents(n, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// occurrence writes an occurrence of a group: its record, then all within it.
func (w *textWriter) occurrence(rec *textRecord, n Node) error {
	w.beginLines(rec.group, n)
	if err := w.record(rec, n); err != nil {
		return err
	}
	return w.contents(n, rec.group)
}

// contents writes all within an occurrence that comes after its record.
func (w *textWriter) contents(n Node, g GroupID) error {
	if err := w.context(n, g, nil); err != nil {
		return err
	}
	for _, k := range w.form.contexts[g].lines {
		if w.rest[k].more && !(w.fit.on && w.layout.vocabulary.keys[k].Free) {
			return w.refuse(k, nil, ValueTooLong, "its lines do not fit the records there are")
		}
	}
	return nil
}

// complete refuses a document without a required key that no single record
// must carry, and one with a key that none of the records written carries.
func (w *textWriter) complete() error {
	for _, k := range w.form.late {
		for n := range w.tree.nodes {
			if w.holder(k, n) && !w.tree.Has(Node(n), k) {
				return w.refuse(k, nil, ValueMissing, "")
			}
		}
	}
	for _, k := range w.form.borrowed {
		for n := range w.tree.nodes {
			if w.holder(k, n) && w.tree.Has(Node(n), k) && !slices.Contains(w.lent, loan{Node(n), k}) {
				return w.refuse(k, nil, ValueNoPlace, "no record that is written carries it")
			}
		}
	}
	return nil
}

func (w *textWriter) holder(k KeyID, n int) bool {
	return w.tree.nodes[n].group == w.layout.vocabulary.GroupOf(k)
}

// placed refuses occurrences that no record takes.
func (w *textWriter) placed(n Node, g GroupID, want func(rank int) bool) error {
	for child := range w.tree.Children(n) {
		if err := w.hasPlace(child, g, want); err != nil {
			return err
		}
	}
	return nil
}

func (w *textWriter) hasPlace(n Node, g GroupID, want func(rank int) bool) error {
	group := w.tree.Group(n)
	first, detail := w.form.byGroup[group], ""
	switch {
	case first == nil && w.form.through[group] && w.tree.nodes[n].firstChild != None:
		return w.placed(n, g, want)
	case first == nil:
		if want != nil && !want(0) {
			return nil
		}
	case first.group != group:
		return nil
	case first.begins:
		if slices.Contains(w.chain, n) {
			return nil
		}
		detail = "record " + first.kind + " would begin another document"
	case !first.opens || first.within != g || w.choose(n, first) != nil:
		return nil
	default:
		detail = "no record has its constants"
	}
	return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(group), Problem: ValueNoPlace, Detail: detail}
}
