package layout

import (
	"bytes"
	"slices"
	"strings"
)

// variantSet tells the records of one type apart by what stands at a position.
type variantSet struct {
	start, end int
	records    []*textRecord
	values     []variantValue // by place in records
}

// variantValue is a value as it stands in either encoding.
type variantValue struct{ utf8, latin1 string }

// choose returns the record whose value stands in the line, or nil.
func (s *variantSet) choose(v *view) *textRecord {
	b := s.cut(v)
	for i := range s.values {
		if one := &s.values[i]; string(b) == one.utf8 || v.state == latin1 && string(b) == one.latin1 {
			return s.records[i]
		}
	}
	return nil
}

func (s *variantSet) cut(v *view) []byte {
	b, _ := v.cut(s.start, s.end)
	return bytes.TrimRight(b, " ")
}

// name puts the type and what stands in the line together.
func (s *variantSet) name(v *view, kind []byte) []byte {
	return append(slices.Clone(kind), s.cut(v)...)
}

// kinds names all variants of the type.
func (s *variantSet) kinds() string {
	var all []string
	for _, r := range s.records {
		all = append(all, r.kind)
	}
	return strings.Join(all, "/")
}

// mark is what a key holds in every record of the variant, since its field
// stands where the variants differ.
type mark struct {
	constant
	field *textField
}

// holds tells whether the key would be written as the variant's value.
func (m *mark) holds(t *Tree, n Node) bool {
	if n = t.climb(n, m.up); !t.Has(n, m.key) {
		return false
	}
	if m.text == "" {
		return t.Num(n, m.key) == m.num
	}
	s := t.Text(n, m.key)
	if short := m.field.end - m.field.start - len(s); m.field.format.zeroPadded() && short > 0 {
		s = strings.Repeat("0", short) + s
	}
	return s == m.text
}

// variant enters the record under its type, and tells it from others of it.
func (c *compiler) variant(place string, f *textForm, r *textRecord) {
	first, v := f.byType[r.table.Type], r.table.Variant
	if first == nil {
		f.byType[r.table.Type] = r
		first = r
	} else if v == nil || first.variants == nil {
		c.add(place+".type", "record type %s stands twice; several records of a type want a variant each", r.kind)
		return
	}
	if v == nil || !c.variantValue(place+".variant", f, v) {
		return
	}
	r.kind += v.Value
	if first.variants == nil {
		first.variants = &variantSet{start: v.Position - 1, end: v.Position - 1 + v.Length}
	}
	s := first.variants
	if s.start != v.Position-1 || s.end != v.Position-1+v.Length {
		c.add(place+".variant", "the variants of record type %s stand at different positions", r.table.Type)
	}
	if slices.ContainsFunc(s.records, func(o *textRecord) bool { return o.table.Variant.Value == v.Value }) {
		c.add(place+".variant", "record type %s has the variant %q twice", r.table.Type, v.Value)
	}
	s.records = append(s.records, r)
	s.values = append(s.values, variantValue{utf8: v.Value, latin1: asLatin1(v.Value)})
}

func asLatin1(s string) string {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r)) // what is outside the encoding has been refused as not permitted
	}
	return string(out)
}

func (c *compiler) variantValue(place string, f *textForm, v *variantTable) bool {
	n := len([]rune(v.Value))
	switch {
	case v.Position < 1 || v.Length < 1:
		c.add(place, "a variant wants a position from 1 and a length from 1")
	case n == 0 || strings.TrimSpace(v.Value) != v.Value:
		c.add(place, "the value %q of a variant is empty or begins or ends with a blank", v.Value)
	case n > v.Length:
		c.add(place, "the variant is %d long, too short for its value %q", v.Length, v.Value)
	case v.Position-1 < f.typeEnd && f.typeAt < v.Position-1+v.Length:
		c.add(place, "the variant overlaps the record type")
	default:
		r, _, bad := f.permitted.firstForbidden([]byte(v.Value), true)
		if bad {
			c.add(place, "the variant's value %q holds %s, which is not permitted", v.Value, describeRune(r))
		}
		return !bad
	}
	return false
}

// variantField sees to a field that stands where the variants differ: its key
// holds the variant's value.
func (c *compiler) variantField(where string, r *textRecord, one *textField) {
	v := r.table.Variant
	if v == nil || one.end <= v.Position-1 || v.Position-1+v.Length <= one.start {
		return
	}
	if one.start != v.Position-1 || one.end-one.start != v.Length {
		c.add(where, "field %s overlaps the variant but does not cover it", one.name)
		return
	}
	num, ok := one.format.decode([]byte(v.Value))
	switch {
	case !ok || one.digits && !allDigits([]byte(v.Value)):
		c.add(where, "field %s covers the variant, but %q is not a value of its format %s", one.name, v.Value, one.format.source)
	case one.key == None:
	case one.lines || len(one.route) > 0 || one.up > 0 && !r.begins:
		c.add(where, "field %s covers the variant; its key must belong to a group that the record opens or adds to, and have no lines", one.name)
	default:
		r.mark = &mark{constant: constant{key: one.key, num: num, up: one.up}, field: one}
		if one.format.kind == asText || one.format.kind == asDigits {
			r.mark.text = v.Value
		}
	}
}
