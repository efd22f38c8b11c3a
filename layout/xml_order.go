package layout

import "slices"

// settle finds what each element's content belongs to, how often it must
// occur, and the ranks of its children. Elements of one group that follow
// each other share a rank: they may come in any order.
func (e *element) settle(v *Vocabulary) {
	e.scope = e.scopeOf(v, e.group)
	if e.opens {
		e.scope = e.group
	}
	for _, c := range e.children {
		c.settle(v)
	}
	for _, c := range e.children {
		c.setMin(v, e.scope)
	}
	for _, a := range e.attrs {
		a.mandatory = a.format.kind == asConst || a.required && v.holder(a, e.group) == e.scope
	}
	e.rankChildren()
}

// holder is the group that a field's value belongs to.
func (v *Vocabulary) holder(f *xmlField, owner GroupID) GroupID {
	if f.key == None {
		return owner
	}
	return v.GroupOf(f.key)
}

// scopeOf finds the deepest group that holds everything in the element.
func (e *element) scopeOf(v *Vocabulary, owner GroupID) GroupID {
	scope := GroupID(None)
	meet := func(g GroupID) {
		if scope == None {
			scope = g
		}
		for !v.within(g, scope) {
			scope = v.Parent(scope)
		}
	}
	if e.field != nil {
		meet(v.holder(e.field, owner))
	}
	for _, a := range e.attrs {
		meet(v.holder(a, owner))
	}
	for _, c := range e.children {
		switch {
		case c.opens && c.group == DocumentGroup:
			meet(FileGroup)
		case c.opens:
			meet(owner)
		default:
			meet(c.scopeOf(v, owner))
		}
	}
	if scope == None {
		return owner
	}
	return scope
}

func (e *element) setMin(v *Vocabulary, around GroupID) {
	switch {
	case e.opens:
		e.setGroupBounds(v)
	case e.field != nil:
		e.min = 0
		if v.holder(e.field, e.group) == around && (e.field.required || e.field.format.kind == asConst) || e.attrsNeeded() && e.scope == around {
			e.min = 1
		}
	case e.scope == around:
		e.min = 0
		for _, c := range e.ranks {
			e.min = max(e.min, min(c.min, 1))
		}
		if e.attrsNeeded() {
			e.min = 1
		}
	default:
		e.min = 1
		for g := e.scope; g != around && g > DocumentGroup; g = v.Parent(g) {
			e.min = min(e.min, v.Group(g).Min)
		}
	}
}

func (e *element) attrsNeeded() bool {
	for _, a := range e.attrs {
		if a.mandatory {
			return true
		}
	}
	return false
}

func (e *element) setGroupBounds(v *Vocabulary) {
	e.min, e.max = e.table.Min, e.table.Max
	if e.group == DocumentGroup || e.spread {
		return
	}
	g := v.Group(e.group)
	e.min = max(e.min, g.Min)
	if g.Max > 0 && (e.max == 0 || e.max > g.Max) {
		e.max = g.Max
	}
}

func (e *element) rankChildren() {
	e.ranks = e.ranks[:0]
	var last *element
	for i, c := range e.children {
		if c.after = int32(i); c.max == 1 {
			c.after = int32((i + 1) % len(e.children))
		}
		choice := last != nil && last.choice && c.choice
		if last != nil && last.opens && c.opens && last.group == c.group || choice {
			c.rank, c.shares, last.shares = last.rank, true, true
			last = c
			continue
		}
		c.rank = len(e.ranks)
		rule := rankRule{c.min, c.max, c}
		if c.choice {
			rule.min = 1
		}
		e.ranks = append(e.ranks, rule)
		last = c
	}
}

// xmlShared finds groups that are several elements in one occurrence of the
// group around, and refuses bounds on one of them.
func (c *compiler) xmlShared(f *xmlForm) {
	for _, elements := range f.openers {
		byBase := map[*element][]*element{}
		for _, e := range elements {
			byBase[e.base()] = append(byBase[e.base()], e)
		}
		for _, es := range byBase {
			if len(es) > 1 {
				c.shared(es)
			}
		}
	}
}

func (c *compiler) shared(elements []*element) {
	spread := !neighbours(elements)
	for _, e := range elements {
		e.spread = spread
		if e.choice {
			c.add("xml", "%s: several elements are the same group and cannot be of a choice", e.path)
		}
		if e.table.Min != 0 || e.table.Max != 0 {
			c.add("xml", "%s: min and max cannot be set where several elements are the same group", e.path)
		}
	}
}

// base is the element of the group around.
func (e *element) base() *element {
	b := e.parent
	for b != nil && !b.opens {
		b = b.parent
	}
	return b
}

// neighbours tells whether the elements stand side by side.
func neighbours(elements []*element) bool {
	parent := elements[0].parent
	if parent == nil {
		return true
	}
	first := slices.Index(parent.children, elements[0])
	for i, e := range elements {
		if e.parent != parent || slices.Index(parent.children, e) != first+i {
			return false
		}
	}
	return true
}
