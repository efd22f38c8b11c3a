package layout

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline writes a tree's values one a line, so that two trees can be compared.
func outline(t *Tree) string {
	var b strings.Builder
	outlineNode(&b, t, 0, "")
	for _, e := range t.Extras() {
		fmt.Fprintf(&b, "extra %d %s=%q\n", e.Node, e.Name, e.Text)
	}
	return b.String()
}

func outlineNode(b *strings.Builder, t *Tree, n Node, indent string) {
	v := t.Vocabulary()
	g := t.Group(n)
	fmt.Fprintf(b, "%s%s\n", indent, v.Group(g).Name)
	first, count := v.Keys(g)
	for k := first; k < first+KeyID(count); k++ {
		if !t.Has(n, k) {
			continue
		}
		switch v.Key(k).Kind {
		case Text, Digits:
			fmt.Fprintf(b, "%s  %s=%q\n", indent, v.Key(k).Name, t.Text(n, k))
		default:
			fmt.Fprintf(b, "%s  %s=%d\n", indent, v.Key(k).Name, t.Num(n, k))
		}
	}
	for sub := range GroupID(v.Groups()) {
		for c := range t.All(n, sub) {
			outlineNode(b, t, c, indent+"  ")
		}
	}
}

// write makes a file of the trees.
func write(t testing.TB, l *Layout, f Form, file *Tree, docs ...*Tree) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := l.NewWriter(&out, f, file)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readBack reads a file without faults into outlines: the file's, then one a document.
func readBack(t testing.TB, l *Layout, f Form, b []byte) []string {
	t.Helper()
	r := l.NewReader(bytes.NewReader(b), f, Options{})
	doc := NewTree(l.Vocabulary(), DocumentGroup)
	all := []string{""}
	for {
		err := r.Next(doc)
		for _, fault := range r.Faults() {
			t.Errorf("unexpected fault: %s", describeFault(fault))
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, outline(doc))
	}
	all[0] = outline(r.File())
	return all
}

func describeFault(f Fault) string {
	return fmt.Sprintf("%s line=%d offset=%d record=%s field=%s value=%q want=%s char=%U pos=%d", f.Code, f.Origin.Line, f.Origin.Offset, f.Origin.Record, f.Field, f.Value, f.Want, f.Char, f.Position)
}

func TestWriteReadKeepsTrees(t *testing.T) {
	l := libraryLayout(t)
	v := l.Vocabulary()
	file := libraryFile(v, 2, 269_600)
	docs := []*Tree{libraryDocument(v, "A-1"), libraryDocument(v, "A-2")}
	want := []string{outline(file), outline(docs[0]), outline(docs[1])}
	for _, form := range l.Forms() {
		t.Run(string(form), func(t *testing.T) {
			b := write(t, l, form, file, docs...)
			if diff := cmp.Diff(want, readBack(t, l, form, b)); diff != "" {
				t.Errorf("%s\n%s", diff, b)
			}
		})
	}
}

// convert reads a file in one form and writes it in another.
func convert(t testing.TB, l *Layout, from, to Form, b []byte) []byte {
	t.Helper()
	r := l.NewReader(bytes.NewReader(b), from, Options{})
	var docs []*Tree
	for {
		doc := NewTree(l.Vocabulary(), DocumentGroup)
		err := r.Next(doc)
		if errors.Is(err, io.EOF) {
			return write(t, l, to, r.File(), docs...)
		}
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
}
