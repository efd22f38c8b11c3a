package layout

import (
	"slices"
	"strings"
)

// xmlForm is the compiled [xml] section.
type xmlForm struct {
	namespace string
	latin1    bool        // written in ISO 8859-1
	permitted *characters // nil: every character
	root      *element
	elements  int // how many there are; their ids count from 0
	checks    []groupCheck
	late      []KeyID
	openers   map[GroupID][]*element
	routed    map[GroupID]bool // groups that fields open
}

// element is one element of the description. Each stands at one place only,
// so that at most one occurrence of it is open at a time.
type element struct {
	id       int
	name     string
	path     string // from below the root
	parent   *element
	children []*element
	ranks    []rankRule // by rank of the children
	shares   bool       // its rank with a neighbour
	rank     int        // among the parent's children; elements of one rank come in any order
	group    GroupID    // whose occurrence its fields belong to
	opens    bool       // each occurrence is one of the group
	spread   bool       // other elements elsewhere are of the group too; only their sum is bounded
	scope    GroupID    // the deepest group that all it holds belongs to
	min, max int        // occurrences; max 0 means no limit
	above    []GroupID  // groups without element between base's group and this one's
	set      []constant
	field    *xmlField // a value
	attrs    []*xmlField
	table    *xmlGroupTable
	lines    []KeyID // keys of several lines among its fields and those of its containers
}

// rankRule is how often elements of one rank may occur together.
type rankRule struct {
	min, max int
	first    *element
}

type xmlField struct {
	field
	path      string // from below the root, for places
	longest   int    // characters; 0 means no limit
	mandatory bool   // an attribute that must be there
}

func (c *compiler) xmlForm() {
	t := c.layout.source.XML
	if t == nil {
		return
	}
	f := &xmlForm{namespace: t.Namespace, openers: map[GroupID][]*element{}}
	c.layout.xml = f
	c.xmlFrame(t, f)
	f.root = &element{name: t.Root, group: FileGroup, opens: true, min: 1, max: 1}
	f.elements = 1
	f.openers[FileGroup] = []*element{f.root}
	for _, i := range ordered(t.Groups) {
		c.xmlGroup(f, i)
	}
	if len(t.Groups) == 0 {
		c.add("xml", "[xml] has no groups")
	}
	c.xmlShared(f)
	f.root.settle(c.vocabulary)
	c.xmlGuarantees(f)
}

func (c *compiler) xmlFrame(t *xmlTable, f *xmlForm) {
	if !validXMLName(t.Root) {
		c.add("xml.root", "root %q is not an element name", t.Root)
	}
	switch t.Encoding {
	case "ISO-8859-1":
		f.latin1 = true
	case "UTF-8":
	default:
		c.add("xml.encoding", "encoding is %q, wants ISO-8859-1 or UTF-8", t.Encoding)
	}
	if strings.ContainsAny(t.Namespace, " \t\n<>\"") {
		c.add("xml.namespace", "namespace %q is not a URI", t.Namespace)
	}
	if t.Permitted == "" {
		return
	}
	set, err := parseCharacters(t.Permitted, false)
	if err != nil {
		c.add("xml.permitted", "permitted: %v", err)
	}
	f.permitted = set
}

// ordered gives the groups' places in the order they are to be taken.
func ordered(groups []xmlGroupTable) []int {
	places := make([]int, len(groups))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return groups[a].Order - groups[b].Order })
	return places
}

func validXMLName(s string) bool {
	if s == "" || len(s) >= 3 && strings.EqualFold(s[:3], "xml") {
		return false
	}
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r >= 0xC0 && r <= 0xFF && r != 0xD7 && r != 0xF7
		if !letter && (i == 0 || r != '-' && r != '.' && (r < '0' || r > '9')) {
			return false
		}
	}
	return true
}

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
	set := c.constants(place, g, t.Set)
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
		f.root.set = append(f.root.set, c.constants(place, FileGroup, t.Set)...)
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
	e.opens, e.table = true, t
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

// xmlField adds an element or attribute that holds a value.
func (c *compiler) xmlField(place string, f *xmlForm, owner *element, t *fieldTable) {
	if t.Position != 0 {
		c.add(place+".position", "position belongs to text records; an XML field has a path")
	}
	if t.Path == "" {
		c.add(place, "XML field without path")
		return
	}
	name := t.Name
	if name == "" {
		name = t.Path
	}
	one, ok := c.field(place, name, t, owner.group, XMLForm)
	if !ok {
		return
	}
	if one.format.kind == asFiller || one.format.kind == asFlag && one.format.no == "" {
		c.add(place+".format", "format %q has no meaning in XML", t.Format)
		return
	}
	x := &xmlField{field: one, path: join2(owner.path, t.Path), longest: t.Length}
	if x.longest == 0 && one.key != None && !one.lines {
		x.longest = c.textLength(one.key, one.format)
	}
	path, attribute, isAttribute := strings.Cut(t.Path, "@")
	if isAttribute {
		c.xmlAttribute(place, f, owner, path, attribute, x)
		return
	}
	c.xmlLeaf(place, f, owner, x)
}

// textLength is how long the key's text may be in text records, so that what
// XML takes can be carried over.
func (c *compiler) textLength(k KeyID, format *format) int {
	if c.layout.text == nil || format.kind != asText && format.kind != asDigits {
		return 0
	}
	for i := range c.layout.text.records {
		for _, f := range c.layout.text.records[i].fields {
			if f.key == k {
				return f.end - f.start
			}
		}
	}
	return 0
}

func (c *compiler) xmlAttribute(place string, f *xmlForm, owner *element, path, name string, x *xmlField) {
	if !validXMLName(name) {
		c.add(place+".path", "%q is not an attribute name", name)
		return
	}
	if x.lines {
		c.add(place, "%s has lines, which an attribute cannot carry", x.table.Key)
		return
	}
	holder := owner
	if path = strings.TrimSuffix(path, "/"); path != "" {
		parts := strings.Split(path, "/")
		if holder = c.container(place+".path", f, owner, parts[:len(parts)-1]); holder == nil {
			return
		}
		last := parts[len(parts)-1]
		if next := holder.child(last); next != nil && next.field != nil {
			holder = next
		} else if holder = c.container(place+".path", f, holder, parts[len(parts)-1:]); holder == nil {
			return
		}
	}
	for _, a := range holder.attrs {
		if a.attribute() == name {
			c.add(place+".path", "path %q collides with another attribute", x.table.Path)
			return
		}
	}
	holder.attrs = append(holder.attrs, x)
}

// attribute is the name of an attribute field.
func (x *xmlField) attribute() string { return x.path[strings.LastIndexByte(x.path, '@')+1:] }

func (c *compiler) xmlLeaf(place string, f *xmlForm, owner *element, x *xmlField) {
	parts := strings.Split(x.table.Path, "/")
	parent := c.container(place+".path", f, owner, parts[:len(parts)-1])
	name := parts[len(parts)-1]
	if parent == nil {
		return
	}
	if !validXMLName(name) {
		c.add(place+".path", "path %q does not end in an element name", x.table.Path)
		return
	}
	if parent.child(name) != nil {
		c.add(place+".path", "path %q collides with another of the same name", x.table.Path)
		return
	}
	e := f.add(parent, name, owner.group)
	e.field = x
	if x.lines {
		e.max = 0
		owner.lines = append(owner.lines, x.key)
	}
}
