package layout

import (
	"fmt"
)

func (c *compiler) textFields(place string, f *textForm, r *textRecord) {
	r.length = f.typeEnd
	if v := r.table.Variant; v != nil {
		r.length = max(r.length, v.Position-1+v.Length)
	}
	for i := range r.table.Fields {
		t := &r.table.Fields[i]
		where := at(place+".field", i)
		if t.Path != "" {
			c.add(where+".path", "path belongs to XML; a text field has position and length")
		}
		if t.Position < 1 || t.Length < 1 {
			c.add(where, "field %s wants a position from 1 and a length from 1", t.Name)
			continue
		}
		if t.Name == "" {
			c.add(where, "field without name")
		}
		one := textField{start: t.Position - 1, end: t.Position - 1 + t.Length}
		var ok bool
		if one.field, ok = c.field(where, t.Name, t, r.group, TextForm); !ok {
			continue
		}
		if one.up > 0 && !r.begins { // another record may name the key; the whole document shows
			one.required = t.Required
		}
		c.textSpan(where, f, r, &one)
		c.variantField(where, r, &one)
		r.fields = append(r.fields, one)
		r.length = max(r.length, one.end)
	}
	if fixed := c.layout.source.Text.RecordLength; fixed > 0 {
		r.length = fixed
	}
	if int64(r.length) > c.layout.limits.LineBytes {
		c.add(place, "record %s is %d long but limits.line_bytes is %d", r.kind, r.length, c.layout.limits.LineBytes)
	}
	if r.shortest = r.length; c.layout.source.Text.Short {
		r.shortest = f.typeEnd
	}
}

func (c *compiler) textSpan(where string, f *textForm, r *textRecord, one *textField) {
	if fixed := c.layout.source.Text.RecordLength; fixed > 0 && one.end > fixed {
		c.add(where, "field %s ends at position %d, beyond the record length %d", one.name, one.end, fixed)
	}
	if one.start < f.typeEnd && f.typeAt < one.end {
		c.add(where, "field %s overlaps the record type", one.name)
	}
	for _, o := range r.fields {
		if one.start < o.end && o.start < one.end {
			c.add(where, "field %s overlaps field %s", one.name, o.name)
		}
	}
	length := one.end - one.start
	if need := one.format.needs(); need > 0 && (length < need || length != need && one.format.kind != asFlag) {
		c.add(where, "field %s is %d long, its format %s wants %d", one.name, length, one.format.source, need)
	}
	c.textCodes(where, f, length, one)
}

func (c *compiler) textCodes(where string, f *textForm, length int, one *textField) {
	written := []string{one.format.constant, one.format.yes, one.format.no}
	if one.format.kind == asCode {
		written = append(written, one.format.outside...)
	}
	for _, s := range written {
		if n := len([]rune(s)); n > length {
			c.add(where, "field %s is %d long, too short for its value %q", one.name, length, s)
		}
		if r, _, bad := f.permitted.firstForbidden([]byte(s), true); bad {
			c.add(where, "field %s: its value %q holds %s, which is not permitted", one.name, s, describeRune(r))
		}
	}
}

func describeRune(r rune) string {
	if r < 0x20 || r >= 0x7F && r < 0xA0 {
		return fmt.Sprintf("U+%04X", r)
	}
	return fmt.Sprintf("%q (U+%04X)", r, r)
}
