package layout

import (
	"fmt"
	"slices"
	"strconv"
)

// constant is a value that the description gives for a key: a default, or
// what a record or element implies.
type constant struct {
	key  KeyID
	text string
	num  int64
	up   int32 // groups from the record's own to that of the key
}

// parseConstant reads a value of the description as the key's kind: symbols
// for codes, 1348.00 for amounts, 2026-01-31 for days, true and false.
func parseConstant(v *Vocabulary, k KeyID, value any) (constant, error) {
	key := v.Key(k)
	s := fmt.Sprint(value)
	c := constant{key: k, text: s}
	switch key.Kind {
	case Text:
		return c, nil
	case Code:
		i := slices.Index(key.Symbols, s)
		if i < 0 {
			return c, fmt.Errorf("%s has no symbol %q", v.KeyPath(k), s)
		}
		c.num, c.text = int64(i), ""
		return c, nil
	}
	f, err := parseFormat(defaultFormat[key.Kind], nil)
	if err != nil {
		return c, err
	}
	num, ok := f.decode([]byte(s))
	if !ok {
		return c, fmt.Errorf("%s is not a value of kind %s for %s", strconv.Quote(s), key.Kind, v.KeyPath(k))
	}
	if c.num = num; key.Kind != Digits {
		c.text = ""
	}
	return c, nil
}

// giveTo sets the value at the node.
func (c constant) giveTo(t *Tree, n Node) {
	n = t.climb(n, c.up)
	if c.text != "" {
		t.SetText(n, c.key, c.text)
		return
	}
	t.SetNum(n, c.key, c.num)
}

// holds tells whether the node has the value.
func (c constant) holds(t *Tree, n Node) bool {
	n = t.climb(n, c.up)
	if !t.Has(n, c.key) {
		return false
	}
	if c.text != "" {
		return t.Text(n, c.key) == c.text
	}
	return t.Num(n, c.key) == c.num
}
