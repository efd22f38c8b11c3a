package layout

import (
	"iter"
	"maps"
	"slices"
)

// sorted yields the entries of a map in the order of their keys.
func sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// field compiles what a field says about its key and format. g is the group
// of the record or element that the field stands in.
func (c *compiler) field(where, name string, t *fieldTable, g GroupID, form Form) (field, bool) {
	f := field{name: name, table: t, key: None, required: t.Required}
	source := t.Format
	if t.Key != "" {
		if f.key = c.findKey(where+".key", t.Key); f.key == None {
			return f, false
		}
		if source == "" && form == XMLForm {
			source = defaultFormat[c.vocabulary.Key(f.key).Kind]
		}
	} else if t.Extra {
		f.extra = true
		if source == "" {
			source = "text"
		}
	}
	parsed, err := parseFormat(source, c.lists)
	if err != nil {
		c.add(where+".format", "field %s: %v", name, err)
		return f, false
	}
	f.format = parsed
	if f.key == None {
		return f, c.keyless(where, t, &f)
	}
	return f, c.keyed(where, t, g, form, &f)
}

func (c *compiler) keyless(where string, t *fieldTable, f *field) bool {
	fixed := f.format.kind == asConst || f.format.kind == asFiller
	switch {
	case f.extra && fixed:
		c.add(where, "field %s is extra, which a %s cannot be", f.name, f.format.source)
	case f.extra && f.format.kind != asText:
		c.add(where, "field %s is extra; its format can only be text", f.name)
	case !f.extra && !fixed:
		c.add(where, "field %s has no key; only const, filler and extra fields need none", f.name)
	case t.Default != nil:
		c.add(where, "field %s has a default but no key", f.name)
	default:
		return true
	}
	return false
}

func (c *compiler) keyed(where string, t *fieldTable, g GroupID, form Form, f *field) bool {
	v := c.vocabulary
	key := v.Key(f.key)
	if t.Extra {
		c.add(where, "field %s has a key and is extra", f.name)
		return false
	}
	if !slices.Contains(accepts[f.format.kind], key.Kind) {
		c.add(where, "field %s: format %s cannot carry %s, which is of kind %s", f.name, t.Format, t.Key, key.Kind)
		return false
	}
	if err := f.format.bind(key, form); err != nil {
		c.add(where, "field %s: %v", f.name, err)
	}
	f.digits = key.Kind == Digits && f.format.kind == asText
	f.lines, f.secret, f.free = key.Lines, key.Sensitive, key.Free
	if key.Lines && f.format.kind != asText {
		c.add(where, "field %s: %s has lines and wants format text", f.name, t.Key)
	}
	var ok bool
	if f.up, f.route, ok = v.way(g, v.GroupOf(f.key), form); !ok {
		c.add(where, "field %s: %s lies neither in %s nor in a group below it that occurs at most once", f.name, t.Key, v.GroupPath(g))
		return false
	}
	if f.up > 0 && f.lines {
		c.add(where, "field %s: %s has lines and stands in a record of a group below its own", f.name, t.Key)
		return false
	}
	if t.Default != nil {
		constant, err := parseConstant(v, f.key, t.Default)
		if err != nil {
			c.add(where+".default", "%v", err)
			return false
		}
		f.fallback = &constant
	}
	f.required = (key.Required || t.Required) && f.fallback == nil && !c.given[f.key]
	return true
}

// way leads from a group to another: so many groups up, which only text
// records can, and then down through groups that occur at most once.
func (v *Vocabulary) way(g, target GroupID, form Form) (up int32, route []GroupID, ok bool) {
	for {
		if route, ok = v.route(g, target); ok || form == XMLForm || g <= DocumentGroup {
			return up, route, ok
		}
		g, up = v.Parent(g), up+1
	}
}

// route lists the groups from g, which is left out, down to the target; all
// of them must occur at most once.
func (v *Vocabulary) route(g, target GroupID) ([]GroupID, bool) {
	var groups []GroupID
	for ; target != g; target = v.Parent(target) {
		if target == None || target <= DocumentGroup || v.Group(target).Max != 1 {
			return nil, false
		}
		groups = append(groups, target)
	}
	slices.Reverse(groups)
	return groups, true
}
