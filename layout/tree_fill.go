package layout

import "unicode/utf8"

// What readers do with a tree: values keep the place they were read at.

// enterOrigin notes a place and returns its index.
func (t *Tree) enterOrigin(o Origin) int32 {
	t.origins = append(t.origins, o)
	return int32(len(t.origins) - 1)
}

func (t *Tree) addAt(parent Node, g GroupID, origin int32) Node {
	n := t.Add(parent, g)
	t.nodes[n].origin = origin
	return n
}

// below finds or opens the occurrence that a route of groups leads to.
func (t *Tree) below(n Node, route []GroupID, origin int32) Node {
	for _, g := range route {
		next := t.First(n, g)
		if next == None {
			next = t.addAt(n, g, origin)
		}
		n = next
	}
	return n
}

// climb returns the node so many groups above.
func (t *Tree) climb(n Node, up int32) Node {
	for range up {
		n = t.nodes[n].parent
	}
	return n
}

// place finds the node that holds the field's key, or None.
func (f *field) place(t *Tree, n Node) Node { return t.under(t.climb(n, f.up), f.route) }

// under finds the occurrence that a route of groups leads to, or None.
func (t *Tree) under(n Node, route []GroupID) Node {
	for _, g := range route {
		if n = t.First(n, g); n == None {
			break
		}
	}
	return n
}

// reading is a value with its place.
type reading struct {
	bytes  []byte
	num    int64
	state  valueState
	origin int32
	column int32
}

// keep copies bytes into the arena and tells where they stand there.
func (t *Tree) keep(b []byte) (start int) {
	start = len(t.text)
	t.text = append(t.text, b...)
	return start
}

// put gives the key a value whose bytes stand in the arena from start.
func (t *Tree) put(n Node, k KeyID, start int, r *reading) {
	*t.value(n, k) = value{start: int32(start), end: int32(start + len(r.bytes)), num: r.num, origin: r.origin, column: r.column, state: r.state}
}

// putLine adds a line to a value, after as many empty ones.
func (t *Tree) putLine(n Node, k KeyID, r *reading, empty int) {
	v := t.value(n, k)
	if v.state == absent && empty == 0 {
		t.put(n, k, t.keep(r.bytes), r)
		return
	}
	if v.state == absent {
		v.start, v.end = int32(len(t.text)), int32(len(t.text))
		v.origin, v.column, v.state = r.origin, r.column, r.state
	} else {
		empty++
		t.agree(v, r)
	}
	if int(v.end) != len(t.text) {
		start := len(t.text)
		t.text = append(t.text, t.text[v.start:v.end]...)
		v.start = int32(start)
	}
	for range empty {
		t.text = append(t.text, '\n')
	}
	t.text = append(t.text, r.bytes...)
	v.end = int32(len(t.text))
}

// agree brings a value and the line to be added to it to one encoding.
func (t *Tree) agree(v *value, r *reading) {
	switch {
	case v.state == r.state || isASCII(r.bytes):
	case isASCII(t.text[v.start:v.end]):
		v.state = r.state
	case v.state == latin1:
		t.recode(v)
	case r.state == latin1:
		r.bytes = []byte(decodeLatin1(r.bytes))
	}
}

func (t *Tree) recode(v *value) {
	s := decodeLatin1(t.text[v.start:v.end])
	v.start = int32(len(t.text))
	t.text = append(t.text, s...)
	v.end, v.state = int32(len(t.text)), utf8Set
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// size is what the tree holds, in bytes of text and counted nodes and values.
func (t *Tree) size() int64 {
	return int64(len(t.text) + 32*len(t.nodes) + 32*len(t.values)/8)
}
