package layout

import (
	"strings"
)

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
