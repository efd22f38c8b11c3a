package layout

import (
	"strconv"
	"strings"
)

// describeXML adds what is said of the XML form.
func (l *Layout) describeXML(d *document) {
	d.heading(2, "xml", "XML-format")
	text := "Rotelementet heter " + l.xml.root.name
	if l.xml.namespace != "" {
		text += " i namnrymden " + l.xml.namespace
	}
	d.paragraph(text + ". Filen skrivs i " + l.source.XML.Encoding + "; både ISO-8859-1 och UTF-8 läses. Dokumenttypsdeklarationer (DTD) godtas inte. Elementen kommer i den ordning som de beskrivs här.")
	var rows [][]string
	l.elementRows(l.xml.root, 0, &rows)
	d.table([]string{"Element", "Antal", "Längd", "Format", "Obl.", "Beskrivning"}, rows)
}

// elementRows lists an element and all below it; a dash stands for each level.
func (l *Layout) elementRows(e *element, level int, rows *[][]string) {
	indent := strings.Repeat("– ", level)
	row := []string{indent + e.name, times(e.min, e.max), "", "", yesNo(e.min > 0), l.elementText(e)}
	if rule := e.parent; rule != nil && e.opens {
		if row[1] = times(rule.ranks[e.rank].min, rule.ranks[e.rank].max); e.shares {
			row[1] += " tillsammans"
		}
	}
	if e.field != nil {
		row[2], row[3], row[5] = lengthOf(e.field), e.field.format.xmlSwedish(), l.explain(&e.field.field)
	}
	*rows = append(*rows, row)
	for _, a := range e.attrs {
		*rows = append(*rows, []string{indent + "– @" + a.attribute(), times(map[bool]int{true: 1}[a.mandatory], 1), lengthOf(a), a.format.xmlSwedish(), yesNo(a.mandatory), l.explain(&a.field)})
	}
	for _, c := range e.children {
		l.elementRows(c, level+1, rows)
	}
}

func (l *Layout) elementText(e *element) string {
	switch {
	case e.table != nil && e.table.Sv != "":
		return e.table.Sv
	case e.opens && e.parent != nil:
		return l.vocabulary.Group(e.group).Swedish
	}
	return ""
}

func lengthOf(x *xmlField) string {
	if x.longest == 0 {
		return ""
	}
	return "högst " + strconv.Itoa(x.longest)
}

func yesNo(yes bool) string {
	if yes {
		return "J"
	}
	return "N"
}

// xmlSwedish names the format for people; a number in XML is not padded.
func (f *format) xmlSwedish() string {
	if f.kind == asDateTime {
		return strings.Replace(f.pattern(), "DDT", "DD\"T\"", 1)
	}
	if f.kind == asDigits {
		return "siffror"
	}
	return f.swedish()
}
