package filing

import (
	"filtjanst/layout"
)

// A shape says, in one table, what a Go type is made of: the keys and groups
// that the vocabulary of a transaction has for it, and where in the type each
// stands. Vocabulary, reader and writer of every transaction follow from it.
type shape[T any] []member[T]

// member is one key or group of a shape.
type member[T any] interface {
	declare(g *layout.Group)
	// bind resolves the handles under the path, such as "document.respondent".
	bind(v *layout.Vocabulary, path string) bound[T]
}

// bound is a member with its handles.
type bound[T any] interface {
	put(w *treeWriter, n layout.Node, from *T)
	take(r *treeReader, n layout.Node, into *T)
}

// group is the vocabulary's group for the shape.
func (s shape[T]) group(name, swedish, english string, least, most int) *layout.Group {
	g := &layout.Group{Name: name, Min: least, Max: most, Swedish: swedish, English: english}
	s.declare(g)
	return g
}

func (s shape[T]) declare(g *layout.Group) {
	for _, m := range s {
		m.declare(g)
	}
}

func (s shape[T]) bind(v *layout.Vocabulary, path string) boundShape[T] {
	all := make(boundShape[T], len(s))
	for i, m := range s {
		all[i] = m.bind(v, path)
	}
	return all
}

// boundShape is a shape with the handles of one vocabulary.
type boundShape[T any] []bound[T]

func (s boundShape[T]) put(w *treeWriter, n layout.Node, from *T) {
	for _, b := range s {
		b.put(w, n, from)
	}
}

func (s boundShape[T]) take(r *treeReader, n layout.Node, into *T) {
	for _, b := range s {
		b.take(r, n, into)
	}
}

// value is a member of one key.
type value[T any] struct {
	key      layout.Key
	putting  func(w *treeWriter, n layout.Node, k layout.KeyID, from *T)
	taking   func(r *treeReader, n layout.Node, k layout.KeyID, into *T)
	resolved layout.KeyID
}

func (m value[T]) declare(g *layout.Group) { g.Keys = append(g.Keys, m.key) }

func (m value[T]) bind(v *layout.Vocabulary, path string) bound[T] {
	m.resolved = v.MustKey(path + "." + m.key.Name)
	return &m
}

func (m *value[T]) put(w *treeWriter, n layout.Node, from *T)  { m.putting(w, n, m.resolved, from) }
func (m *value[T]) take(r *treeReader, n layout.Node, into *T) { m.taking(r, n, m.resolved, into) }

// list is a member that occurs any number of times.
type list[T, U any] struct {
	of    *layout.Group
	at    func(*T) *[]U
	shape shape[U]
}

// manyOf puts a slice in a group of its own.
func manyOf[T, U any](of layout.Group, at func(*T) *[]U, s shape[U]) member[T] {
	return list[T, U]{&of, at, s}
}

func (m list[T, U]) declare(g *layout.Group) { g.Groups = append(g.Groups, declared(m.of, m.shape)) }

// declared is a copy of the group with the members of the shape.
func declared[T any](of *layout.Group, s shape[T]) *layout.Group {
	g := *of
	s.declare(&g)
	return &g
}

func (m list[T, U]) bind(v *layout.Vocabulary, path string) bound[T] {
	path += "." + m.of.Name
	return &boundList[T, U]{group: v.MustGroup(path), at: m.at, shape: m.shape.bind(v, path)}
}

type boundList[T, U any] struct {
	group layout.GroupID
	at    func(*T) *[]U
	shape boundShape[U]
}

func (b *boundList[T, U]) put(w *treeWriter, n layout.Node, from *T) {
	all := *b.at(from)
	for i := range all {
		b.shape.put(w, w.t.Add(n, b.group), &all[i])
	}
}

func (b *boundList[T, U]) take(r *treeReader, n layout.Node, into *T) {
	many := 0
	for range r.t.All(n, b.group) {
		many++
	}
	if many == 0 {
		return
	}
	all := make([]U, 0, many)
	for node := range r.t.All(n, b.group) {
		all = all[:len(all)+1]
		b.shape.take(r, node, &all[len(all)-1])
	}
	*b.at(into) = all
}

// option is a member that may occur once, behind a pointer.
type option[T, U any] struct {
	of    *layout.Group
	at    func(*T) **U
	shape shape[U]
}

// maybeOf puts what a pointer points at in a group of its own; nil is nothing.
func maybeOf[T, U any](of layout.Group, at func(*T) **U, s shape[U]) member[T] {
	of.Max = 1
	return option[T, U]{&of, at, s}
}

func (m option[T, U]) declare(g *layout.Group) { g.Groups = append(g.Groups, declared(m.of, m.shape)) }

func (m option[T, U]) bind(v *layout.Vocabulary, path string) bound[T] {
	path += "." + m.of.Name
	return &boundOption[T, U]{group: v.MustGroup(path), at: m.at, shape: m.shape.bind(v, path)}
}

type boundOption[T, U any] struct {
	group layout.GroupID
	at    func(*T) **U
	shape boundShape[U]
}

func (b *boundOption[T, U]) put(w *treeWriter, n layout.Node, from *T) {
	if one := *b.at(from); one != nil {
		b.shape.put(w, w.t.Add(n, b.group), one)
	}
}

func (b *boundOption[T, U]) take(r *treeReader, n layout.Node, into *T) {
	node := r.t.First(n, b.group)
	if node == layout.None {
		return
	}
	one := new(U)
	b.shape.take(r, node, one)
	*b.at(into) = one
}

// single is a member that always occurs once, in a group of its own.
type single[T, U any] struct {
	of    *layout.Group
	at    func(*T) *U
	shape shape[U]
}

// exactlyOf puts a struct in a group that occurs exactly once.
func exactlyOf[T, U any](of layout.Group, at func(*T) *U, s shape[U]) member[T] {
	of.Min, of.Max = 1, 1
	return single[T, U]{&of, at, s}
}

func (m single[T, U]) declare(g *layout.Group) { g.Groups = append(g.Groups, declared(m.of, m.shape)) }

func (m single[T, U]) bind(v *layout.Vocabulary, path string) bound[T] {
	path += "." + m.of.Name
	return &boundSingle[T, U]{group: v.MustGroup(path), at: m.at, shape: m.shape.bind(v, path)}
}

type boundSingle[T, U any] struct {
	group layout.GroupID
	at    func(*T) *U
	shape boundShape[U]
}

func (b *boundSingle[T, U]) put(w *treeWriter, n layout.Node, from *T) {
	b.shape.put(w, w.t.Add(n, b.group), b.at(from))
}

func (b *boundSingle[T, U]) take(r *treeReader, n layout.Node, into *T) {
	if node := r.t.First(n, b.group); node != layout.None {
		b.shape.take(r, node, b.at(into))
	}
}

// within is a struct whose members stand in the group at hand, as an embedded
// one.
type within[T, U any] struct {
	at    func(*T) *U
	shape shape[U]
}

// insideOf puts the members of a struct among those of the type that holds it.
func insideOf[T, U any](at func(*T) *U, s shape[U]) member[T] { return within[T, U]{at, s} }

func (m within[T, U]) declare(g *layout.Group) { m.shape.declare(g) }

func (m within[T, U]) bind(v *layout.Vocabulary, path string) bound[T] {
	return &boundWithin[T, U]{m.at, m.shape.bind(v, path)}
}

type boundWithin[T, U any] struct {
	at    func(*T) *U
	shape boundShape[U]
}

func (b *boundWithin[T, U]) put(w *treeWriter, n layout.Node, from *T) { b.shape.put(w, n, b.at(from)) }
func (b *boundWithin[T, U]) take(r *treeReader, n layout.Node, into *T) {
	b.shape.take(r, n, b.at(into))
}
