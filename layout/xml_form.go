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
	after    int32      // index, among the parent's children, of the one that is likely to come next
	group    GroupID    // whose occurrence its fields belong to
	opens    bool       // each occurrence is one of the group
	choice   bool       // exactly one of the neighbours that say so occurs
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
