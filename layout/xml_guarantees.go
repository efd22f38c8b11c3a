package layout

// xmlGuarantees refuses required keys without element and notes what has to
// be checked once a document is complete.
func (c *compiler) xmlGuarantees(f *xmlForm) {
	v := c.vocabulary
	s := xmlSurvey{carried: map[KeyID]int{}, certain: map[KeyID]int{}, routed: map[GroupID]bool{}}
	s.walk(f.root)
	f.routed = s.routed
	for g := range GroupID(v.Groups()) {
		if v.within(g, DocumentGroup) && !c.hasDocuments() {
			continue
		}
		c.xmlOccurrence(f, g, s.routed[g])
		c.xmlKeys(f, g, &s)
	}
}

// xmlSurvey counts where keys stand, and where they must stand.
type xmlSurvey struct {
	carried, certain map[KeyID]int
	routed           map[GroupID]bool
}

func (s *xmlSurvey) walk(e *element) {
	if e.field != nil {
		s.note(e.field, e.min > 0 && !e.field.lines)
	}
	for _, a := range e.attrs {
		s.note(a, a.mandatory)
	}
	for _, c := range e.set {
		s.carried[c.key]++
		s.certain[c.key]++
	}
	for _, child := range e.children {
		s.walk(child)
	}
}

func (s *xmlSurvey) note(x *xmlField, certain bool) {
	if x.key == None {
		return
	}
	s.carried[x.key]++
	if certain {
		s.certain[x.key]++
	}
	for _, g := range x.route {
		s.routed[g] = true
	}
}

func (c *compiler) xmlKeys(f *xmlForm, g GroupID, s *xmlSurvey) {
	v := c.vocabulary
	first, n := v.Keys(g)
	elements := max(1, len(f.openers[g]))
	for k := first; k < first+KeyID(n); k++ {
		if !v.Key(k).Required || c.given[k] {
			continue
		}
		reachable := len(f.openers[g]) > 0 || s.routed[g] || c.groupNeeded(g)
		switch {
		case s.carried[k] == 0 && reachable:
			c.add("xml", "the required key %s stands in no element and has neither default nor derive", v.KeyPath(k))
		case s.carried[k] < elements && reachable:
			c.add("xml", "the required key %s is missing in some of the elements of %s", v.KeyPath(k), v.GroupPath(g))
		case s.certain[k] < elements:
			f.late = append(f.late, k)
		}
	}
}

func (c *compiler) xmlOccurrence(f *xmlForm, g GroupID, routed bool) {
	v := c.vocabulary
	group, openers := v.Group(g), f.openers[g]
	switch {
	case g == DocumentGroup && len(openers) == 0:
		c.add("xml", "no element is the document")
	case g <= DocumentGroup:
	case len(openers) == 0 && !routed:
		if group.Min > 0 && c.groupNeeded(v.Parent(g)) {
			c.add("xml", "%s must occur but no element carries it", v.GroupPath(g))
		}
	case routed || openers[0].spread || openers[0].base().group != v.Parent(g):
		if group.Min > 0 || group.Max > 0 && !routed {
			f.checks = append(f.checks, groupCheck{group: g, parent: v.Parent(g), min: group.Min, max: group.Max})
		}
	}
}
