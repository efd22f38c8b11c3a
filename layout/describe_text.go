package layout

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// describeText adds what is said of text records.
func (l *Layout) describeText(d *document) {
	t := l.source.Text
	d.heading(2, "postformat", "Postformat")
	d.paragraph(l.recordFormat())
	d.table([]string{"Post", "Namn", "Hör till", "Antal"}, l.recordRows())
	d.heading(2, "faltformat", "Fältformat")
	d.paragraph("Positioner räknas från 1. Outnyttjade positioner fylls med blanktecken.")
	d.table([]string{"Format", "Betydelse"}, l.formatRows())
	d.heading(3, "tecken", "Tillåtna tecken")
	if t.Permitted == "" {
		d.paragraph("Alla tecken i " + t.Encoding + " utom styrtecken.")
	} else {
		d.paragraph("Tillåtna tecken i " + t.Encoding + ", utöver blanktecken: " + strings.Join(slices.DeleteFunc(strings.Fields(t.Permitted), func(s string) bool { return s == "space" }), " "))
	}
	d.heading(2, "postbeskrivning", "Postbeskrivning")
	for i := range l.text.records {
		l.describeRecord(d, &l.text.records[i])
	}
}

func (l *Layout) recordFormat() string {
	t := l.source.Text
	s := fmt.Sprintf("Filen består av poster med teckenkodning %s. Varje post avslutas med %s; även %s godtas. Posttypen står i position %d–%d.",
		t.Encoding, t.LineEnd, map[string]string{"CRLF": "LF", "LF": "CRLF"}[t.LineEnd], l.text.typeAt+1, l.text.typeEnd)
	switch {
	case t.RecordLength == 0:
		s += " En posts längd framgår av dess sista fält."
	case t.Short:
		s += fmt.Sprintf(" En post är högst %d tecken.", t.RecordLength)
	default:
		s += fmt.Sprintf(" Varje post är %d tecken.", t.RecordLength)
	}
	if t.Short {
		s += " Blanktecken i slutet av en post får utelämnas."
	}
	if l.hasVariants() {
		s += " Poster av samma typ med olika variant skiljs åt av ett värde som står på en fast position i posten; varianten skrivs här efter posttypen."
	}
	return s + " Posterna kommer i den ordning som de beskrivs här."
}

func (l *Layout) recordRows() [][]string {
	var rows [][]string
	for i := range l.text.records {
		r := &l.text.records[i]
		rows = append(rows, []string{r.kind, r.table.NameSv, l.belongs(r), r.times()})
	}
	return rows
}

func (l *Layout) hasVariants() bool {
	return slices.ContainsFunc(l.text.records, func(r textRecord) bool { return r.table.Variant != nil })
}

// times says how often the record may come, with those that stand for it.
func (r *textRecord) times() string {
	if r.wanted == r.kind {
		return times(r.min, r.max)
	}
	return times(r.min, r.max) + " av " + strings.ReplaceAll(r.wanted, "/", ", ")
}

// belongs names what the record is counted in.
func (l *Layout) belongs(r *textRecord) string {
	switch {
	case r.begins && r.table.Opens:
		return "filen, inleder en handling"
	case r.within == FileGroup:
		return "filen"
	case r.within == DocumentGroup:
		return "handlingen"
	}
	for i := range l.text.records {
		if o := &l.text.records[i]; o.opens && o.group == r.within {
			return o.kind + " " + o.table.NameSv
		}
	}
	return l.vocabulary.GroupPath(r.within)
}

func times(min, max int) string {
	switch {
	case max == 0:
		return strconv.Itoa(min) + "–obegränsat"
	case min == max:
		return strconv.Itoa(min)
	}
	return fmt.Sprintf("%d–%d", min, max)
}

func (l *Layout) describeRecord(d *document, r *textRecord) {
	d.heading(3, "post-"+r.kind, "Post "+r.kind+" "+r.table.NameSv)
	d.paragraph(r.table.Sv)
	rows := [][]string{{r.kind, "POSTTYP", strconv.Itoa(l.text.typeAt + 1), strconv.Itoa(l.text.typeEnd - l.text.typeAt), "alltid " + r.table.Type, "J", "Posttyp."}}
	covered := false
	for i := range r.fields {
		f := &r.fields[i]
		row := []string{r.kind, f.name, strconv.Itoa(f.start + 1), strconv.Itoa(f.end - f.start), f.format.swedish(), f.mark(), l.explain(&f.field)}
		if v := r.table.Variant; v != nil && f.start == v.Position-1 {
			covered, row[4], row[5] = true, "alltid "+v.Value, "J"
		}
		rows = append(rows, row)
	}
	if v := r.table.Variant; v != nil && !covered {
		rows = append(rows, []string{r.kind, "VARIANT", strconv.Itoa(v.Position), strconv.Itoa(v.Length), "alltid " + v.Value, "J", "Postens variant."})
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return number(a[2]) - number(b[2]) })
	d.table([]string{"Post", "Fält", "Position", "Längd", "Format", "Obl.", "Beskrivning"}, rows)
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // written by strconv.Itoa above
	return n
}

// mark is J for a value that must be there.
func (f *field) mark() string {
	if f.required || f.format.kind == asConst {
		return "J"
	}
	return "N"
}

// explain is what the description says of the field, and what its key adds.
func (l *Layout) explain(f *field) string {
	parts := []string{}
	if f.table.Sv != "" {
		parts = append(parts, f.table.Sv)
	} else if f.key != None {
		parts = append(parts, l.vocabulary.Key(f.key).Swedish)
	}
	if f.fallback != nil {
		parts = append(parts, fmt.Sprintf("Om inget anges: %v.", f.table.Default))
	}
	if f.lines {
		parts = append(parts, "Text på flera rader; varje upprepning lägger till en rad.")
	}
	if f.extra {
		parts = append(parts, "Följer med men används inte.")
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}
