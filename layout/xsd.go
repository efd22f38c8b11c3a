package layout

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// XSD returns an XML schema of the XML form, in UTF-8. It says what the reader
// checks of structure, formats, lengths and code lists. It is an error if the
// description gives no XML form.
func (l *Layout) XSD() ([]byte, error) {
	if l.xml == nil {
		return nil, fmt.Errorf("the description of %s edition %s gives no XML form", l.Transaction(), l.Edition())
	}
	s := &schemaWriter{layout: l}
	s.schema()
	return s.out.Bytes(), nil
}

type schemaWriter struct {
	out    bytes.Buffer
	layout *Layout
	depth  int
	named  []*element // elements with value and attributes, whose types need names
}

func (s *schemaWriter) line(format string, args ...any) {
	s.out.WriteString(strings.Repeat("  ", s.depth))
	fmt.Fprintf(&s.out, format, args...)
	s.out.WriteByte('\n')
}

func (s *schemaWriter) open(format string, args ...any) {
	s.line(format, args...)
	s.depth++
}

func (s *schemaWriter) close(name string) {
	s.depth--
	s.line("</xs:%s>", name)
}

func quoteXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}

func (s *schemaWriter) schema() {
	f := s.layout.xml
	s.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	target := ""
	if f.namespace != "" {
		target = fmt.Sprintf(` xmlns="%[1]s" targetNamespace="%[1]s"`, quoteXML(f.namespace))
	}
	s.open(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"%s elementFormDefault="qualified" version="%s">`, target, quoteXML(s.layout.Edition()))
	s.about()
	s.element(f.root, 1, 1, true)
	for _, e := range s.named {
		s.simpleType(` name="`+typeName(e)+`"`, e.field)
	}
	s.close("schema")
}

func (s *schemaWriter) about() {
	text := s.layout.source.TitleSv + ", utgåva " + s.layout.Edition() + "."
	if s.layout.Status() == "own" {
		text += " " + ownNotice
	}
	s.documentation(text)
}

func (s *schemaWriter) documentation(text string) {
	if text == "" {
		return
	}
	s.open("<xs:annotation>")
	s.line(`<xs:documentation xml:lang="sv">%s</xs:documentation>`, quoteXML(text))
	s.close("annotation")
}

// element writes an element with the bounds of its rank.
func (s *schemaWriter) element(e *element, min, max int, global bool) {
	bounds := ""
	if !global {
		bounds = occurs(min, max)
	}
	s.open(`<xs:element name="%s"%s>`, quoteXML(e.name), bounds)
	s.documentation(s.meaning(e))
	switch {
	case e.field != nil && len(e.attrs) > 0:
		s.valueWithAttributes(e)
	case e.field != nil:
		s.simpleType("", e.field)
	default:
		s.complexType(e)
	}
	s.close("element")
}

func occurs(min, max int) string {
	out := ""
	if min != 1 {
		out = fmt.Sprintf(` minOccurs="%d"`, min)
	}
	switch max {
	case 1:
	case 0:
		out += ` maxOccurs="unbounded"`
	default:
		out += fmt.Sprintf(` maxOccurs="%d"`, max)
	}
	return out
}

// meaning is what the description says of the element in Swedish.
func (s *schemaWriter) meaning(e *element) string {
	v := s.layout.vocabulary
	switch {
	case e.field != nil:
		return s.fieldMeaning(e.field)
	case e.table != nil && e.table.Sv != "":
		return e.table.Sv
	case e.opens:
		return v.Group(e.group).Swedish
	}
	return ""
}

func (s *schemaWriter) fieldMeaning(x *xmlField) string {
	if x.table.Sv != "" || x.key == None {
		return x.table.Sv
	}
	return s.layout.vocabulary.Key(x.key).Swedish
}

func (s *schemaWriter) complexType(e *element) {
	s.open("<xs:complexType>")
	if len(e.children) > 0 {
		s.sequence(e)
	}
	s.attributes(e)
	s.close("complexType")
}

func (s *schemaWriter) sequence(e *element) {
	s.open("<xs:sequence>")
	for i := 0; i < len(e.children); {
		c := e.children[i]
		rule := e.ranks[c.rank]
		next := i + 1
		for next < len(e.children) && e.children[next].rank == c.rank {
			next++
		}
		if next == i+1 {
			s.element(c, rule.min, rule.max, false)
		} else {
			s.open("<xs:choice%s>", occurs(rule.min, rule.max))
			for _, one := range e.children[i:next] {
				s.element(one, 1, 1, false)
			}
			s.close("choice")
		}
		i = next
	}
	s.close("sequence")
}

func (s *schemaWriter) attributes(e *element) {
	for _, a := range e.attrs {
		use := ""
		if a.mandatory {
			use = ` use="required"`
		}
		s.open(`<xs:attribute name="%s"%s>`, quoteXML(a.attribute()), use)
		s.documentation(s.fieldMeaning(a))
		s.simpleType("", a)
		s.close("attribute")
	}
}

func typeName(e *element) string { return strings.ReplaceAll(e.path, "/", ".") }

func (s *schemaWriter) valueWithAttributes(e *element) {
	s.named = append(s.named, e)
	s.open("<xs:complexType>")
	s.open("<xs:simpleContent>")
	s.open(`<xs:extension base="%s">`, quoteXML(typeName(e)))
	s.attributes(e)
	s.close("extension")
	s.close("simpleContent")
	s.close("complexType")
}
