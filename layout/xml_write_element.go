package layout

import (
	"strconv"
)

// follows tells whether the element shares the rank of one before it, with
// which it is written.
func (e *element) follows(parent *element, i int) bool {
	return i > 0 && parent.children[i-1].rank == e.rank
}

// element writes an element with all it holds.
func (w *xmlWriter) element(e *element, n Node) error {
	if err := w.startTag(e, n); err != nil {
		return err
	}
	if len(e.children) == 0 {
		w.endTag(e)
		return nil
	}
	w.part = append(w.part, '\n')
	for i, c := range e.children {
		if c.follows(e, i) {
			continue
		}
		if err := w.child(c, n); err != nil {
			return err
		}
	}
	if e.opens {
		if err := w.placed(n); err != nil {
			return err
		}
	}
	w.indent(e)
	w.endTag(e)
	return nil
}

// child writes the occurrences of an element, and of those that share its rank.
func (w *xmlWriter) child(e *element, n Node) error {
	switch {
	case e.opens:
		return w.occurrences(e, n)
	case e.field != nil:
		return w.leaf(e, n)
	case e.min == 0 && !w.speaks(e, n):
		return nil
	}
	return w.element(e, n)
}

// speaks tells whether the element has anything to hold.
func (w *xmlWriter) speaks(e *element, n Node) bool {
	if e.field != nil && w.has(e.field, n) {
		return true
	}
	for _, a := range e.attrs {
		if w.has(a, n) {
			return true
		}
	}
	for _, c := range e.children {
		if c.opens {
			if at := w.tree.under(n, c.above); at != None && w.tree.First(at, c.group) != None {
				return true
			}
		} else if w.speaks(c, n) {
			return true
		}
	}
	return false
}

func (w *xmlWriter) has(x *xmlField, n Node) bool {
	if x.extra {
		return w.tree.extra(n, x.name) != ""
	}
	at := w.tree.under(n, x.route)
	return x.key != None && at != None && w.tree.Has(at, x.key)
}

// occurrences writes those of the element's group, or of the one group of a
// choice that is there.
func (w *xmlWriter) occurrences(first *element, n Node) error {
	count := 0
	for _, e := range first.parent.children {
		if e != first && (e.rank != first.rank || !e.choice) {
			continue
		}
		more, err := w.occurrencesOf(e, n)
		if err != nil {
			return err
		}
		count += more
	}
	if rule := first.bounds(); count < rule.min || rule.max > 0 && count > rule.max {
		return w.wrongNumber(first, count)
	}
	return nil
}

// bounds are those of the element, together with all that share its rank.
func (e *element) bounds() rankRule { return e.parent.ranks[e.rank] }

func (w *xmlWriter) wrongNumber(e *element, count int) error {
	return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(e.group), Problem: ValueOccurrence, Detail: "element " + e.path + " occurs " + strconv.Itoa(count) + " times"}
}

func (w *xmlWriter) occurrencesOf(first *element, n Node) (count int, err error) {
	at := w.tree.under(n, first.above)
	if at == None {
		return 0, nil
	}
	for child := range w.tree.All(at, first.group) {
		e := w.choose(first, child)
		if e == nil {
			continue
		}
		count++
		if err := w.element(e, child); err != nil {
			return count, err
		}
	}
	return count, nil
}

// choose finds the element of the rank whose constants the occurrence has. If
// constants of another element of the group fit better, that one takes it.
func (w *xmlWriter) choose(first *element, n Node) *element {
	var chosen *element
	for _, e := range w.form.openers[first.group] {
		if e.base() == first.base() && holdsAll(e.set, w.tree, n) && (chosen == nil || len(e.set) > len(chosen.set)) {
			chosen = e
		}
	}
	if chosen == nil || chosen.parent != first.parent || chosen.rank != first.rank {
		return nil
	}
	return chosen
}

// placed refuses occurrences that no element takes.
func (w *xmlWriter) placed(n Node) error {
	for child := range w.tree.Children(n) {
		g := w.tree.Group(child)
		if openers := w.form.openers[g]; len(openers) == 0 && !w.form.routed[g] {
			return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(g), Problem: ValueNoPlace}
		} else if len(openers) > 0 && !w.anyHolds(openers, child) {
			return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(g), Problem: ValueNoPlace, Detail: "no element has its constants"}
		}
	}
	return nil
}

func (w *xmlWriter) anyHolds(elements []*element, n Node) bool {
	for _, e := range elements {
		if holdsAll(e.set, w.tree, n) {
			return true
		}
	}
	return false
}
