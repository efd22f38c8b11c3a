package layout

import (
	"fmt"
	"strconv"
	"strings"
)

// simpleType writes the type of a value. Its facets say what decode takes.
func (s *schemaWriter) simpleType(name string, x *xmlField) {
	base, facets := s.facets(x)
	s.open("<xs:simpleType%s>", name)
	s.open(`<xs:restriction base="xs:%s">`, base)
	for _, f := range facets {
		s.line(`<xs:%s value="%s"/>`, f.name, quoteXML(f.value))
	}
	s.close("restriction")
	s.close("simpleType")
}

type facet struct{ name, value string }

func (s *schemaWriter) facets(x *xmlField) (base string, facets []facet) {
	f := x.format
	switch f.kind {
	case asText:
		return s.textFacets(x)
	case asDigits:
		return "token", append([]facet{{"pattern", "[0-9]+"}}, longest(x)...)
	case asCode:
		for _, v := range f.list.Values {
			facets = append(facets, facet{"enumeration", v.XML})
		}
		return "token", facets
	case asFlag:
		return "token", []facet{{"enumeration", f.yes}, {"enumeration", f.no}}
	case asConst:
		return "token", []facet{{"enumeration", f.constant}}
	case asInteger:
		return "token", []facet{{"pattern", "-?0*[0-9]{1,18}"}}
	case asAmount:
		return "token", []facet{{"pattern", f.decimalPattern(2)}}
	case asRate:
		return "token", []facet{{"pattern", f.decimalPattern(4)}}
	}
	return f.dateFacets()
}

func longest(x *xmlField) []facet {
	if x.longest == 0 {
		return nil
	}
	return []facet{{"maxLength", strconv.Itoa(x.longest)}}
}

func (s *schemaWriter) textFacets(x *xmlField) (base string, facets []facet) {
	if x.lines {
		return "string", nil
	}
	switch {
	case x.digits && x.required:
		facets = append(facets, facet{"pattern", "[0-9]+"})
	case x.digits:
		facets = append(facets, facet{"pattern", "[0-9]*"})
	case s.layout.xml.permitted != nil:
		facets = append(facets, facet{"pattern", s.layout.xml.permitted.pattern()})
	}
	if x.required {
		facets = append(facets, facet{"minLength", "1"})
	}
	return "token", append(facets, longest(x)...)
}

func (f *format) decimalPattern(scale int) string {
	if f.decimals >= 0 {
		return fmt.Sprintf("-?0*[0-9]{1,%d}", wholeDigits-scale+f.decimals)
	}
	return fmt.Sprintf(`-?0*[0-9]{1,%d}(\%c[0-9]{1,%d})?`, wholeDigits-scale, f.separator(), scale)
}

func (f *format) dateFacets() (base string, facets []facet) {
	pattern := ""
	for _, p := range f.date {
		switch {
		case p.field == separator:
			pattern += string(p.sep)
		case p.field == hour:
			pattern += "([01][0-9]|2[0-3])"
		default:
			pattern += fmt.Sprintf("[0-9]{%d}", p.width)
		}
	}
	base = "token"
	switch f.source {
	case "date:yyyy-mm-dd":
		base = "date"
	case "datetime", "datetime:yyyy-mm-ddThh:mm:ss":
		base = "dateTime"
	}
	return base, []facet{{"pattern", pattern}}
}

// pattern writes the set of characters as a regular expression.
func (c *characters) pattern() string {
	var b strings.Builder
	b.WriteByte('[')
	for first := rune(0x20); first < 256; first++ {
		if !c.has(first) {
			continue
		}
		last := first
		for last < 255 && c.has(last+1) {
			last++
		}
		writeRange(&b, first, last)
		first = last
	}
	for _, run := range c.high {
		writeRange(&b, run.first, run.last)
	}
	b.WriteString("]*")
	return b.String()
}

func writeRange(b *strings.Builder, first, last rune) {
	escape := func(r rune) {
		if strings.ContainsRune(`\-[]^.?*+{}()|`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	escape(first)
	if last > first {
		if last > first+1 {
			b.WriteByte('-')
		}
		escape(last)
	}
}
