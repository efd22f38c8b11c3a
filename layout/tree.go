package layout

import (
	"iter"
	"unicode/utf8"
)

// Node is one occurrence of a group in a [Tree].
type Node int32

// Tree holds the values of one top group: the file's own facts, or one
// document. It is an arena that a reader fills and empties again, so that
// reading allocates nothing once the largest document has been seen. A Tree
// belongs to one goroutine.
type Tree struct {
	vocabulary *Vocabulary
	nodes      []node
	values     []value
	text       []byte
	origins    []Origin
	extras     []Extra
}

type node struct {
	group       GroupID
	firstValue  int32
	parent      Node
	firstChild  Node
	lastChild   Node
	nextSibling Node
	origin      int32
}

type value struct {
	start, end int32 // into text
	num        int64
	origin     int32 // into origins, -1 for a value that was not read from a file
	column     int32 // bytes from the start of the origin
	state      valueState
}

type valueState uint8

const (
	absent  valueState = iota
	utf8Set            // present, bytes are UTF-8 or ASCII
	latin1             // present, bytes are ISO 8859-1
	faulty             // present but not readable as its kind; bytes as latin1 or UTF-8 unknown
)

// Origin tells where a record or element stands in a file.
type Origin struct {
	Record string // record type ("20") or element path ("Svarande")
	Line   int64  // from 1
	Offset int64  // byte offset of the record or element, from 0
}

// Extra is a value that the description reads but the vocabulary does not
// know; it is carried along.
type Extra struct {
	Node Node
	Name string
	Text string
}

// NewTree returns an empty tree with its top node, of the given top group.
func NewTree(v *Vocabulary, top GroupID) *Tree {
	t := &Tree{vocabulary: v}
	t.Reset(top)
	return t
}

// Reset empties the tree and gives it a new top node, keeping its memory.
func (t *Tree) Reset(top GroupID) {
	t.nodes, t.values, t.text = t.nodes[:0], t.values[:0], t.text[:0]
	t.origins, t.extras = t.origins[:0], t.extras[:0]
	t.Add(None, top)
}

// Vocabulary returns the vocabulary that the handles belong to.
func (t *Tree) Vocabulary() *Vocabulary { return t.vocabulary }

// Top returns the top node.
func (t *Tree) Top() Node { return 0 }

// Group returns the group of the node.
func (t *Tree) Group(n Node) GroupID { return t.nodes[n].group }

// Parent returns the node above, or None.
func (t *Tree) Parent(n Node) Node { return t.nodes[n].parent }

// Add appends an occurrence of the group under the parent node and returns it.
func (t *Tree) Add(parent Node, g GroupID) Node {
	id := Node(len(t.nodes))
	_, n := t.vocabulary.Keys(g)
	first := len(t.values)
	t.values = extend(t.values, n)
	t.nodes = append(t.nodes, node{group: g, firstValue: int32(first), parent: parent, firstChild: None, lastChild: None, nextSibling: None, origin: None})
	if parent == None {
		return id
	}
	p := &t.nodes[parent]
	if p.lastChild == None {
		p.firstChild = id
	} else {
		t.nodes[p.lastChild].nextSibling = id
	}
	t.nodes[parent].lastChild = id
	return id
}

func extend(values []value, n int) []value {
	size := len(values) + n
	if size <= cap(values) {
		clear(values[len(values):size])
		return values[:size]
	}
	return append(values, make([]value, n)...)
}

// First returns the first occurrence of the group right under the node, or None.
func (t *Tree) First(n Node, g GroupID) Node {
	return t.find(t.nodes[n].firstChild, g)
}

// Next returns the next occurrence of the same group under the same parent, or None.
func (t *Tree) Next(n Node) Node {
	return t.find(t.nodes[n].nextSibling, t.nodes[n].group)
}

func (t *Tree) find(n Node, g GroupID) Node {
	for n != None && t.nodes[n].group != g {
		n = t.nodes[n].nextSibling
	}
	return n
}

// All yields the occurrences of the group right under the node.
func (t *Tree) All(n Node, g GroupID) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for c := t.First(n, g); c != None; c = t.Next(c) {
			if !yield(c) {
				return
			}
		}
	}
}

// Children yields all nodes right under the node, in the order of the file.
func (t *Tree) Children(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for c := t.nodes[n].firstChild; c != None; c = t.nodes[c].nextSibling {
			if !yield(c) {
				return
			}
		}
	}
}

func (t *Tree) value(n Node, k KeyID) *value {
	return &t.values[t.nodes[n].firstValue+t.vocabulary.slots[k]]
}

// Has tells whether the key has a value that could be read as its kind.
func (t *Tree) Has(n Node, k KeyID) bool {
	s := t.value(n, k).state
	return s != absent && s != faulty
}

// Given tells whether anything was given for the key, readable or not.
func (t *Tree) Given(n Node, k KeyID) bool { return t.value(n, k).state != absent }

// Raw returns the bytes of the value in the file's own encoding, trimmed,
// valid until the tree is reset; nil if absent.
func (t *Tree) Raw(n Node, k KeyID) []byte {
	v := t.value(n, k)
	return t.text[v.start:v.end:v.end]
}

// Text returns the value as UTF-8; "" if absent.
func (t *Tree) Text(n Node, k KeyID) string {
	v := t.value(n, k)
	b := t.text[v.start:v.end]
	if v.state == latin1 || v.state == faulty && !utf8.Valid(b) {
		return decodeLatin1(b)
	}
	return string(b)
}

func decodeLatin1(b []byte) string {
	out := make([]byte, 0, len(b)+8)
	for _, c := range b {
		out = utf8.AppendRune(out, rune(c))
	}
	return string(out)
}

// Num returns the value as a number; what it means is said at the kinds.
// It is 0 for an absent value, and for text.
func (t *Tree) Num(n Node, k KeyID) int64 { return t.value(n, k).num }

// Symbol returns our own symbol of a code, or "".
func (t *Tree) Symbol(n Node, k KeyID) string {
	if !t.Has(n, k) {
		return ""
	}
	return t.vocabulary.keys[k].Symbols[t.Num(n, k)]
}

// SetText gives the key a text value, UTF-8.
func (t *Tree) SetText(n Node, k KeyID, s string) {
	v := t.value(n, k)
	v.start = int32(len(t.text))
	t.text = append(t.text, s...)
	v.end = int32(len(t.text))
	v.state, v.origin = utf8Set, None
}

// SetNum gives the key a number; see the kinds for units.
func (t *Tree) SetNum(n Node, k KeyID, num int64) {
	v := t.value(n, k)
	v.start, v.end = 0, 0
	v.num, v.state, v.origin = num, utf8Set, None
}

// SetSymbol gives a key of kind Code its symbol, and reports whether the
// vocabulary knows it.
func (t *Tree) SetSymbol(n Node, k KeyID, symbol string) bool {
	for i, s := range t.vocabulary.keys[k].Symbols {
		if s == symbol {
			t.SetNum(n, k, int64(i))
			return true
		}
	}
	return false
}

// At tells where the value was read, with Offset at its first byte. For an
// absent value it is where its node was read.
func (t *Tree) At(n Node, k KeyID) Origin {
	v := t.value(n, k)
	if v.state == absent || v.origin < 0 {
		return t.AtNode(n)
	}
	o := t.origins[v.origin]
	o.Offset += int64(v.column)
	return o
}

// AtNode tells where the node's record or element was read; the zero Origin
// for a node that was not read from a file.
func (t *Tree) AtNode(n Node) Origin {
	for ; n != None; n = t.nodes[n].parent {
		if o := t.nodes[n].origin; o >= 0 {
			return t.origins[o]
		}
	}
	return Origin{}
}

// Extras returns the values that the vocabulary does not know.
func (t *Tree) Extras() []Extra { return t.extras }
