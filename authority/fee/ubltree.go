package fee

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The namespaces of UBL 2.1 and the prefixes that stand for them here.
const (
	invoiceSpace    = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
	creditNoteSpace = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
	aggregateSpace  = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
	basicSpace      = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
)

// maxDepth is deeper than any document of UBL that rules are checked on.
const maxDepth = 32

// element is a node of an UBL document. Its name bears the prefix cac or cbc;
// that of the root bears none.
type element struct {
	name     string
	attrs    []xml.Attr
	text     string
	children []*element
}

// leaf makes an element with text; nil for none, so that no empty element is
// written.
func leaf(name, text string, attrs ...string) *element {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	e := &element{name: name, text: text}
	for i := 0; i+1 < len(attrs); i += 2 {
		e.attrs = append(e.attrs, xml.Attr{Name: xml.Name{Local: attrs[i]}, Value: attrs[i+1]})
	}
	return e
}

// group makes an element of those of its children that are there; nil if none
// is.
func group(name string, children ...*element) *element {
	e := &element{name: name}
	for _, c := range children {
		if c != nil {
			e.children = append(e.children, c)
		}
	}
	if len(e.children) == 0 {
		return nil
	}
	return e
}

// all lists the elements at a path below e, as "cac:Party/cbc:ID".
func (e *element) all(path string) []*element {
	first, rest, deeper := strings.Cut(path, "/")
	var found []*element
	for _, c := range e.children {
		switch {
		case c.name != first:
		case deeper:
			found = append(found, c.all(rest)...)
		default:
			found = append(found, c)
		}
	}
	return found
}

// at returns the text of the first element at the path, "" if there is none.
func (e *element) at(path string) string {
	if found := e.all(path); len(found) > 0 {
		return found[0].text
	}
	return ""
}

func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk calls fn with e and all that is below it, and the path of each.
func (e *element) walk(path string, fn func(path string, e *element)) {
	fn(path, e)
	for _, c := range e.children {
		c.walk(path+"/"+c.name, fn)
	}
}

func (e *element) write(enc *xml.Encoder) error {
	start := xml.StartElement{Name: xml.Name{Local: e.name}, Attr: e.attrs}
	if err := enc.EncodeToken(start); err != nil {
		return err
	}
	if e.text != "" {
		if err := enc.EncodeToken(xml.CharData(e.text)); err != nil {
			return err
		}
	}
	for _, c := range e.children {
		if err := c.write(enc); err != nil {
			return err
		}
	}
	return enc.EncodeToken(start.End())
}

// readElement reads a document of UBL.
func readElement(r io.Reader) (*element, error) {
	dec := xml.NewDecoder(r)
	var open []*element
	var root *element
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) && root != nil {
			return root, nil
		}
		if err != nil {
			return nil, fmt.Errorf("fee: read an invoice: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: prefixed(t.Name), attrs: plain(t.Attr)}
			if root != nil && len(open) == 0 || len(open) == maxDepth {
				return nil, fmt.Errorf("fee: read an invoice: %s stands where no element may", e.name)
			}
			if root == nil {
				root = e
			} else {
				up := open[len(open)-1]
				up.children = append(up.children, e)
			}
			open = append(open, e)
		case xml.EndElement:
			last := open[len(open)-1]
			last.text = strings.TrimSpace(last.text)
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			}
		}
	}
}

func prefixed(n xml.Name) string {
	switch n.Space {
	case aggregateSpace:
		return "cac:" + n.Local
	case basicSpace:
		return "cbc:" + n.Local
	case invoiceSpace, creditNoteSpace:
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// plain leaves out what only declares namespaces.
func plain(attrs []xml.Attr) []xml.Attr {
	var kept []xml.Attr
	for _, a := range attrs {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			kept = append(kept, a)
		}
	}
	return kept
}
