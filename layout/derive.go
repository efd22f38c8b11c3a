package layout

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// derivation computes a key that no field carries.
type derivation struct {
	key    KeyID
	rule   deriveRule
	source KeyID   // sum, copy
	group  GroupID // count; the group of source otherwise
}

type deriveRule uint8

const (
	deriveCount deriveRule = iota
	deriveSum
	deriveCopy
)

// at gives an element of an array of tables its place.
func at(table string, i int) string { return fmt.Sprintf("%s[%d]", table, i) }

// derivations reads [default] and [derive].
func (c *compiler) derivations() {
	c.given = map[KeyID]bool{}
	d := &c.layout.source
	for _, path := range slices.Sorted(maps.Keys(d.Default)) {
		c.defaultValue("default."+path, path, d.Default[path])
	}
	for _, path := range slices.Sorted(maps.Keys(d.Derive)) {
		place := "derive." + path
		k := c.findKey(place, path)
		if k == None {
			continue
		}
		if c.given[k] {
			c.add(place, "%s has both a default and a derivation", path)
		}
		c.given[k] = true
		c.derivation(place, k, d.Derive[path])
	}
}

func (c *compiler) defaultValue(place, path string, value any) {
	k := c.findKey(place, path)
	if k == None {
		return
	}
	c.given[k] = true
	constant, err := parseConstant(c.vocabulary, k, value)
	if err != nil {
		c.add(place, "%v", err)
		return
	}
	c.layout.defaults = append(c.layout.defaults, constant)
}

func (c *compiler) findKey(place, path string) KeyID {
	k := c.vocabulary.FindKey(path)
	if k == None {
		c.add(place, "the vocabulary has no key %q", path)
	}
	return k
}

func (c *compiler) derivation(place string, k KeyID, rule string) {
	v := c.vocabulary
	name, arg, _ := strings.Cut(rule, ":")
	d := derivation{key: k, source: None, group: None}
	switch name {
	case "count":
		d.rule, d.group = deriveCount, v.FindGroup(arg)
		if d.group == None {
			c.add(place, "count: the vocabulary has no group %q", arg)
			return
		}
	case "sum", "copy":
		if d.rule = deriveSum; name == "copy" {
			d.rule = deriveCopy
		}
		if d.source = c.findKey(place, arg); d.source == None {
			return
		}
		d.group = v.GroupOf(d.source)
	default:
		c.add(place, "unknown rule %q; the rules are count:<group>, sum:<key>, copy:<key>", rule)
		return
	}
	if reason := c.contradicts(d); reason != "" {
		c.add(place, "%s: %s", rule, reason)
		return
	}
	c.layout.derived = append(c.layout.derived, d)
}

func (c *compiler) contradicts(d derivation) string {
	v := c.vocabulary
	kind, own := v.Key(d.key).Kind, v.GroupOf(d.key)
	switch d.rule {
	case deriveCount:
		if kind != Integer {
			return "a count needs a key of kind integer"
		}
	case deriveSum:
		if from := v.Key(d.source).Kind; kind != from || kind != Amount && kind != Integer {
			return "a sum needs two keys of kind amount, or two of kind integer"
		}
	case deriveCopy:
		if kind != v.Key(d.source).Kind || !slices.Equal(v.Key(d.key).Symbols, v.Key(d.source).Symbols) {
			return "the keys are of different kinds"
		}
		if d.group != FileGroup && !v.within(own, d.group) {
			return "the copied key is neither in the file group nor around the key"
		}
		return ""
	}
	if own != FileGroup && !v.within(d.group, own) {
		return "what is counted or summed is not below the key's group"
	}
	return ""
}

// within tells whether the group is the other or lies below it.
func (v *Vocabulary) within(g, other GroupID) bool {
	for ; g != None; g = v.Parent(g) {
		if g == other {
			return true
		}
	}
	return false
}
