package layout

import (
	"bufio"
	"strconv"
)

type textWriter struct {
	out    *bufio.Writer
	layout *Layout
	form   *textForm
	file   *Tree
	fit    fitting

	tree   *Tree
	part   []byte // what is written of the document so far; nothing leaves it before all of it is right
	line   []rune
	coded  []byte
	value  []byte
	rest   []pendingLines // by key
	counts []int          // by record id, within the occurrence that is written
	chain  []Node         // the document and the groups that its first record opens with it
	begun  []int          // by record id: documents that it has begun
	lent   []loan         // keys written in records of groups below their own
}

// pendingLines is what is still to be written of a value of several lines.
type pendingLines struct {
	text string
	more bool
}

func newTextWriter(out *bufio.Writer, l *Layout, file *Tree, fit fitting) *textWriter {
	return &textWriter{out: out, layout: l, form: l.text, file: file, fit: fit, rest: make([]pendingLines, l.vocabulary.NumKeys()), counts: make([]int, len(l.text.records)), begun: make([]int, len(l.text.records))}
}

func (w *textWriter) open() error {
	return w.fileRecords(func(rank int) bool { return rank < w.documentRank() })
}

func (w *textWriter) close() error {
	for i := range w.form.records {
		if rec := &w.form.records[i]; rec.begins && w.begun[i] < rec.min {
			return w.wrongNumber(rec, w.begun[i])
		}
	}
	return w.fileRecords(func(rank int) bool { return rank > w.documentRank() })
}

// documentRank is where documents stand among the file's records; files
// without documents are written in whole at the beginning.
func (w *textWriter) documentRank() int {
	for _, rec := range w.form.contexts[FileGroup].records {
		if rec.inDoc {
			return rec.rank
		}
	}
	return len(w.form.records)
}

func (w *textWriter) fileRecords(want func(rank int) bool) error {
	w.tree, w.part = w.file, w.part[:0]
	w.beginLines(FileGroup, 0)
	if err := w.context(0, FileGroup, want); err != nil {
		return err
	}
	_, err := w.out.Write(w.part)
	return err
}

// context writes the records within an occurrence, rank after rank.
func (w *textWriter) context(n Node, g GroupID, want func(rank int) bool) error {
	done := -1
	for _, rec := range w.form.contexts[g].records {
		if rec.rank == done || want != nil && !want(rec.rank) || rec.begins {
			continue
		}
		var err error
		switch {
		case rec.opens:
			done = rec.rank
			err = w.openers(n, rec)
		case rec.told():
			done = rec.rank
			err = w.alternatives(rec, n)
		default:
			err = w.ownRecords(rec, n)
		}
		if err != nil {
			return err
		}
	}
	return w.placed(n, g, want)
}

// openers writes the occurrences of a group that records of this rank take.
func (w *textWriter) openers(n Node, first *textRecord) error {
	for _, rec := range w.form.contexts[first.within].records {
		w.counts[rec.id] = 0
	}
	for child := range w.occurrences(n, first) {
		rec := w.choose(child, first)
		if rec == nil || rec.rank != first.rank {
			continue
		}
		w.counts[rec.id]++
		if err := w.occurrence(rec, child); err != nil {
			return err
		}
	}
	for _, rec := range w.form.contexts[first.within].records {
		if rec.rank != first.rank {
			continue
		}
		if c := w.counts[rec.id]; c < rec.min || rec.max > 0 && c > rec.max {
			return w.wrongNumber(rec, c)
		}
	}
	return nil
}

func (w *textWriter) wrongNumber(rec *textRecord, count int) error {
	return &ValueError{Key: None, Path: w.layout.vocabulary.GroupPath(rec.group), Problem: ValueOccurrence, Detail: "record " + rec.kind + " occurs " + strconv.Itoa(count) + " times"}
}

// occurrences yields the nodes of the record's group below the node, through
// groups that no record opens.
func (w *textWriter) occurrences(n Node, rec *textRecord) func(func(Node) bool) {
	route, ok := w.layout.vocabulary.route(rec.within, w.layout.vocabulary.Parent(rec.group))
	return func(yield func(Node) bool) {
		if !ok {
			return
		}
		if at := w.tree.under(n, route); at != None {
			w.tree.All(at, rec.group)(yield)
		}
	}
}

// choose finds the record whose constants the occurrence has; the most
// constants win.
func (w *textWriter) choose(n Node, first *textRecord) *textRecord {
	var chosen *textRecord
	for _, rec := range w.form.contexts[first.within].records {
		if rec.opens && rec.group == first.group && rec.fits(w.tree, n) && (chosen == nil || len(rec.implied()) > len(chosen.implied())) {
			chosen = rec
		}
	}
	return chosen
}

func holdsAll(set []constant, t *Tree, n Node) bool {
	for _, c := range set {
		if !c.holds(t, n) {
			return false
		}
	}
	return true
}
