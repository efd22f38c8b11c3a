package layout

import (
	"bufio"
)

type xmlWriter struct {
	out    *bufio.Writer
	layout *Layout
	form   *xmlForm
	file   *Tree
	fit    fitting

	tree   *Tree
	part   []byte // what is written of the document so far; nothing leaves it before all of it is right
	value  []byte
	number int        // of documents
	opened []*element // of the root and the containers that are open around the documents
}

func newXMLWriter(out *bufio.Writer, l *Layout, file *Tree, fit fitting) *xmlWriter {
	return &xmlWriter{out: out, layout: l, form: l.xml, file: file, fit: fit}
}

func (w *xmlWriter) flush() error {
	_, err := w.out.Write(w.part)
	w.part = w.part[:0]
	return err
}

// documentPath lists the elements around the documents, from the root.
func (w *xmlWriter) documentPath() []*element {
	var path []*element
	if docs := w.form.openers[DocumentGroup]; len(docs) > 0 {
		for e := docs[0].parent; e != nil; e = e.parent {
			path = append([]*element{e}, path...)
		}
	}
	return path
}

// open writes everything before the documents.
func (w *xmlWriter) open() error {
	w.tree, w.part = w.file, w.part[:0]
	encoding := "UTF-8"
	if w.form.latin1 {
		encoding = "ISO-8859-1"
	}
	w.part = append(w.part, `<?xml version="1.0" encoding="`+encoding+"\"?>\n"...)
	w.opened = w.documentPath()
	if len(w.opened) == 0 {
		if err := w.element(w.form.root, 0); err != nil {
			return err
		}
		return w.flush()
	}
	for depth, e := range w.opened {
		if err := w.startTag(e, 0); err != nil {
			return err
		}
		w.part = append(w.part, '\n')
		if err := w.around(e, w.next(depth), true); err != nil {
			return err
		}
	}
	return w.flush()
}

// next is the child of the open element through which documents are reached.
func (w *xmlWriter) next(depth int) *element {
	if depth+1 < len(w.opened) {
		return w.opened[depth+1]
	}
	return w.form.openers[DocumentGroup][0]
}

// around writes the children before or after the one that leads to the documents.
func (w *xmlWriter) around(e, through *element, before bool) error {
	passed := false
	for i, c := range e.children {
		if c == through {
			passed = true
			continue
		}
		if passed == before || c.follows(e, i) {
			continue
		}
		if err := w.child(c, 0); err != nil {
			return err
		}
	}
	return nil
}

// close writes everything after the documents.
func (w *xmlWriter) close() error {
	if docs := w.form.openers[DocumentGroup]; len(docs) > 0 && w.number < docs[0].bounds().min {
		return w.wrongNumber(docs[0], w.number)
	}
	w.tree, w.part = w.file, w.part[:0]
	for depth := len(w.opened) - 1; depth >= 0; depth-- {
		e := w.opened[depth]
		if err := w.around(e, w.next(depth), false); err != nil {
			return err
		}
		w.indent(e)
		w.endTag(e)
	}
	return w.flush()
}

func (w *xmlWriter) document(doc *Tree) error {
	w.tree, w.part = doc, w.part[:0]
	docs := w.form.openers[DocumentGroup]
	if len(docs) == 0 {
		return &ValueError{Key: None, Path: "document", Problem: ValueNoPlace}
	}
	if most := docs[0].bounds().max; most > 0 && w.number >= most {
		return w.wrongNumber(docs[0], w.number+1)
	}
	for _, e := range docs {
		if holdsAll(e.set, doc, 0) {
			if err := w.element(e, 0); err != nil {
				return err
			}
			w.number++
			return w.flush()
		}
	}
	return &ValueError{Key: None, Path: "document", Problem: ValueNoPlace}
}
