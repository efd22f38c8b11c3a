package shs

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth bounds a document, so that a hostile one costs little: the deepest
// real one, the agreement, has seven levels.
const maxDepth = 32

// node is an element with its attributes, children and own text. All methods
// take nil for an absent element.
type node struct {
	name     string
	attrs    []xml.Attr
	children []*node
	text     strings.Builder
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (n *node) token(name string) string { return strings.TrimSpace(n.attr(name)) }

func (n *node) child(name string) *node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

func (n *node) all(name string) []*node {
	var found []*node
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

func (n *node) value() string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.text.String())
}

type xmlRules struct {
	root    []string // names the root may have
	size    int64    // bytes
	lenient bool     // see toUTF8
}

// readXML reads one document of at most rules.size bytes. External and internal
// document types are never followed: a system identifier is skipped, an
// internal subset refused.
func readXML(r io.Reader, rules xmlRules) (root *node, warnings []string, err error) {
	doc, err := io.ReadAll(io.LimitReader(r, rules.size+1))
	if err != nil {
		return nil, nil, err
	}
	if int64(len(doc)) > rules.size {
		return nil, nil, fault(IllegalMessageStructure, "the XML document is larger than %d bytes", rules.size)
	}
	text, warning, err := toUTF8(doc, rules.lenient)
	if err != nil {
		return nil, nil, xmlFault(err)
	}
	if warning != "" {
		warnings = append(warnings, warning)
	}
	root, err = buildTree(text, 1000+int(rules.size/64))
	if err != nil {
		return nil, warnings, xmlFault(err)
	}
	for _, name := range rules.root {
		if root.name == name {
			return root, warnings, nil
		}
	}
	return nil, warnings, fault(IllegalMessageStructure, "the root element is %q, should be %s", clip(root.name), strings.Join(rules.root, " or "))
}

func xmlFault(err error) *Error {
	return &Error{Code: IllegalMessageStructure, Text: "XML: " + err.Error(), Err: err}
}

type treeBuilder struct {
	root        *node
	open        []*node
	count, most int
}

func buildTree(text []byte, maxElements int) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
	b := treeBuilder{most: maxElements}
	for {
		t, err := d.Token()
		if ended(err) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := b.take(t); err != nil {
			line, column := d.InputPos()
			return nil, fmt.Errorf("line %d, column %d: %w", line, column, err)
		}
	}
	if b.root == nil {
		return nil, errors.New("there is no element in the document")
	}
	return b.root, nil
}

func (b *treeBuilder) take(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return b.start(t)
	case xml.EndElement:
		b.open = b.open[:len(b.open)-1]
	case xml.CharData:
		return b.chars(t)
	case xml.Directive:
		return b.directive(t)
	}
	return nil
}

func (b *treeBuilder) start(t xml.StartElement) error {
	if len(b.open) == 0 && b.root != nil {
		return errors.New("there is a second root element")
	}
	if b.count++; b.count > b.most || len(b.open) >= maxDepth {
		return fmt.Errorf("more than %d elements or %d levels", b.most, maxDepth)
	}
	if err := unique(t.Attr); err != nil {
		return err
	}
	n := &node{name: t.Name.Local, attrs: t.Attr}
	if len(b.open) == 0 {
		b.root = n
	} else {
		parent := b.open[len(b.open)-1]
		parent.children = append(parent.children, n)
	}
	b.open = append(b.open, n)
	return nil
}

// unique refuses attributes that stand twice, which encoding/xml lets pass.
func unique(attrs []xml.Attr) error {
	if len(attrs) < 2 {
		return nil
	}
	seen := make(map[xml.Name]bool, len(attrs))
	for _, a := range attrs {
		if seen[a.Name] {
			return fmt.Errorf("the attribute %q stands twice", clip(a.Name.Local))
		}
		seen[a.Name] = true
	}
	return nil
}

func (b *treeBuilder) chars(t xml.CharData) error {
	if len(b.open) > 0 {
		b.open[len(b.open)-1].text.Write(t)
		return nil
	}
	if len(bytes.TrimSpace(t)) > 0 {
		return errors.New("there is text outside the root element")
	}
	return nil
}

func (b *treeBuilder) directive(t xml.Directive) error {
	if b.root != nil {
		return errors.New("there is a document type after the root element")
	}
	if bytes.ContainsAny(t, "[]") {
		return errors.New("a document type with an internal subset is not accepted")
	}
	return nil
}
