package layout

import (
	"slices"
	"strings"
)

// xmlGroup adds the elements of one [[xml.group]].
func (c *compiler) xmlGroup(f *xmlForm, i int) {
	t := &c.layout.source.XML.Groups[i]
	place := at("xml.group", i)
	g := c.vocabulary.FindGroup(t.Group)
	if g == None {
		c.add(place+".group", "the vocabulary has no group %q", t.Group)
		return
	}
	if t.Min < 0 || t.Max < 0 || t.Max > 0 && t.Min > t.Max {
		c.add(place, "min %d and max %d contradict each other", t.Min, t.Max)
	}
	for _, e := range c.groupElements(place, f, g, t) {
		for j := range t.Fields {
			c.xmlField(at(place+".field", j), f, e, &t.Fields[j])
		}
	}
}

// groupElements finds or adds the elements of the group, one in each element
// of the group around it.
func (c *compiler) groupElements(place string, f *xmlForm, g GroupID, t *xmlGroupTable) []*element {
	if g == FileGroup {
		return c.fileElement(place, f, t)
	}
	around := c.vocabulary.Parent(g)
	for around != None && len(f.openers[around]) == 0 && around > DocumentGroup {
		if c.vocabulary.Group(around).Max != 1 {
			c.add(place, "%s lies in %s, which may occur several times but has no element", t.Group, c.vocabulary.GroupPath(around))
		}
		around = c.vocabulary.Parent(around)
	}
	if g == DocumentGroup {
		around = FileGroup
	}
	bases := f.openers[around]
	if len(bases) == 0 {
		c.add(place, "%s stands before the group around it, %s", t.Group, c.vocabulary.GroupPath(around))
		return nil
	}
	set := c.constants(place, g, t.Set, false)
	var all []*element
	for _, base := range slices.Clone(bases) {
		if e := c.groupElement(place, f, base, g, t); e != nil {
			e.set = append(e.set, set...)
			all = append(all, e)
		}
	}
	return all
}

func (c *compiler) fileElement(place string, f *xmlForm, t *xmlGroupTable) []*element {
	if len(t.Set) > 0 {
		f.root.set = append(f.root.set, c.constants(place, FileGroup, t.Set, false)...)
	}
	if t.Path != "" {
		c.add(place+".path", "the file group is the root; its path is empty, and its fields may have paths")
	}
	if f.root.table == nil {
		f.root.table = t
	}
	return []*element{f.root}
}

func (c *compiler) groupElement(place string, f *xmlForm, base *element, g GroupID, t *xmlGroupTable) *element {
	parts := strings.Split(t.Path, "/")
	parent := c.container(place+".path", f, base, parts[:len(parts)-1])
	name := parts[len(parts)-1]
	if parent == nil {
		return nil
	}
	if !validXMLName(name) {
		c.add(place+".path", "path %q does not end in an element name", t.Path)
		return nil
	}
	if e := parent.child(name); e != nil {
		if e.opens && e.group == g && len(t.Set) == 0 {
			return e
		}
		c.add(place+".path", "path %q collides with another of the same name", t.Path)
		return nil
	}
	e := f.add(parent, name, g)
	e.opens, e.table, e.choice = true, t, t.Choice
	if v := c.vocabulary; t.Choice && (g <= DocumentGroup || v.Group(g).Max != 1 || v.Group(g).Min != 0 || t.Min != 0 || t.Max > 1) {
		c.add(place+".choice", "%s is one of a choice; it must be able to be left out and occur at most once", t.Group)
	}
	if g != DocumentGroup {
		e.above, _ = c.vocabulary.route(base.group, c.vocabulary.Parent(g))
	}
	f.openers[g] = append(f.openers[g], e)
	return e
}

func (f *xmlForm) add(parent *element, name string, g GroupID) *element {
	e := &element{id: f.elements, name: name, parent: parent, group: g, min: 0, max: 1, path: join2(parent.path, name)}
	f.elements++
	parent.children = append(parent.children, e)
	return e
}

func join2(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// container finds or adds the elements that only hold others.
func (c *compiler) container(place string, f *xmlForm, e *element, names []string) *element {
	for _, name := range names {
		if !validXMLName(name) {
			c.add(place, "%q is not an element name", name)
			return nil
		}
		next := e.child(name)
		if next == nil {
			next = f.add(e, name, e.group)
		} else if next.field != nil || next.opens {
			c.add(place, "the element %s collides: it is a container here and something else elsewhere", next.path)
			return nil
		}
		e = next
	}
	return e
}
