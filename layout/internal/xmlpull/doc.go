// Package xmlpull reads XML as a stream of events, strictly and in constant
// memory. It knows UTF-8 and ISO 8859-1, namespaces, character references and
// the five predefined entities; it refuses every document type declaration,
// so that no entity is ever defined or fetched.
//
// It checks that a document is well formed. What the elements mean is not its
// concern.
package xmlpull

import "fmt"

// Kind is the kind of an event.
type Kind uint8

// The kinds of event. Comments and processing instructions are passed over.
const (
	EOF   Kind = iota // the root element is closed and nothing but comments follows
	Start             // a start tag, or the first half of an empty-element tag
	End               // an end tag, or the second half of an empty-element tag
	Text              // character data; an element's text may come in several events
)

// Problem is the kind of an [Error].
type Problem uint8

// What can be wrong with a document.
const (
	Malformed Problem = iota
	Truncated         // it ends in the middle
	DTD               // it has a document type declaration
	Depth             // elements nest too deeply
	Limit             // a name, tag or text is too long
	Encoding          // unknown encoding, or bytes that are not in it
	AfterEnd          // something follows the root element
	Empty             // there is no root element
)

// Error says why a document cannot be read any further.
type Error struct {
	Problem Problem
	Detail  string
	Offset  int64 // byte offset in the file, from 0
	Line    int64 // from 1
}

func (e *Error) Error() string {
	return fmt.Sprintf("line %d, byte %d: %s", e.Line, e.Offset, e.Detail)
}

// Attr is an attribute; its slices are valid until the next event.
type Attr struct {
	Prefix []byte
	Local  []byte
	Space  string // "" without prefix
	Value  []byte // references replaced, white space as blanks
}

// Limits bound the size of tokens. Depth counts the root as 1.
type Limits struct {
	Depth int
	Name  int // bytes of a name
	Tag   int // bytes of a start tag with its attributes
	Attrs int
	Text  int // bytes of text between two tags
}

// Default are limits that leave room for every file made in earnest.
var Default = Limits{Depth: 32, Name: 256, Tag: 16 << 10, Attrs: 32, Text: 64 << 10}

// Names of namespaces that XML itself reserves.
const (
	XMLSpace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
)
