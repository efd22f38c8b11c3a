package layout

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// ownRecords writes a record that adds to an open occurrence: once if it has
// something to say or must be there, and as often as lines remain.
func (w *textWriter) ownRecords(rec *textRecord, n Node) error {
	count := 0
	for count < rec.min || w.hasMore(rec) || count == 0 && w.hasOwn(rec, n) {
		if count++; rec.max > 0 && count > rec.max {
			return w.tooManyLines(rec)
		}
		if err := w.record(rec, n); err != nil {
			return err
		}
	}
	return nil
}

// tooManyLines drops the lines of free texts that no record has room for, and
// refuses others.
func (w *textWriter) tooManyLines(rec *textRecord) error {
	for i := range rec.fields {
		f := &rec.fields[i]
		switch {
		case !f.lines || !w.rest[f.key].more:
		case w.fit.fits(&f.field):
			w.rest[f.key] = pendingLines{}
		default:
			return w.refuse(f.key, &f.field, ValueTooLong, "more than "+strconv.Itoa(rec.max)+" records")
		}
	}
	return nil
}

func (w *textWriter) hasMore(rec *textRecord) bool {
	for i := range rec.fields {
		if f := &rec.fields[i]; f.lines && w.rest[f.key].more {
			return true
		}
	}
	return false
}

func (w *textWriter) hasOwn(rec *textRecord, n Node) bool {
	if rec.told() { // chosen by what the occurrence holds, which it tells
		return true
	}
	for i := range rec.fields {
		f := &rec.fields[i]
		if f.key == None || f.lines || f.up > 0 {
			continue
		}
		if at := f.place(w.tree, n); at != None && w.tree.Has(at, f.key) {
			return true
		}
	}
	return false
}

func (w *textWriter) refuse(k KeyID, f *field, p ValueProblem, detail string) *ValueError {
	e := &ValueError{Key: k, Problem: p, Detail: detail}
	if k != None {
		e.Path = w.layout.vocabulary.KeyPath(k)
	}
	if f != nil {
		e.Field = f.name
	}
	return e
}

// record writes one line.
func (w *textWriter) record(rec *textRecord, n Node) error {
	w.line = w.line[:0]
	for range rec.length {
		w.line = append(w.line, ' ')
	}
	copy(w.line[w.form.typeAt:], []rune(rec.table.Type))
	for i := range rec.fields {
		if err := w.field(&rec.fields[i], n); err != nil {
			return err
		}
	}
	if v := rec.table.Variant; v != nil {
		copy(w.line[v.Position-1:], []rune(v.Value))
	}
	w.encode(rec)
	if w.trapped() && w.spring(rec) {
		w.encode(rec)
	}
	if w.trapped() {
		return &ValueError{Key: None, Path: rec.table.Group, Field: "record " + rec.kind, Problem: ValueEncodingTrap}
	}
	w.part = append(append(w.part, w.coded...), w.form.lineEnd...)
	return nil
}

// encode puts the line into the bytes of the file.
func (w *textWriter) encode(rec *textRecord) {
	w.coded = w.coded[:0]
	for _, r := range withoutPadding(w.line, rec.shortest) {
		if w.form.utf8 {
			w.coded = utf8.AppendRune(w.coded, r)
		} else {
			w.coded = append(w.coded, byte(r))
		}
	}
}

// trapped tells whether a reader would take the line for UTF-8.
func (w *textWriter) trapped() bool {
	return !w.form.utf8 && !isASCII(w.coded) && utf8.Valid(w.coded)
}

// spring fits a line that is trapped, if it has a free text to change: without
// one of its characters beyond ASCII it is UTF-8 no longer.
func (w *textWriter) spring(rec *textRecord) bool {
	for i := range rec.fields {
		f := &rec.fields[i]
		if !w.fit.fits(&f.field) {
			continue
		}
		into := w.line[f.start:f.end]
		if at := slices.IndexFunc(into, func(r rune) bool { return r >= utf8.RuneSelf }); at >= 0 {
			into[at] = w.fit.mark()
			return true
		}
	}
	return false
}

// withoutPadding leaves out the blanks at the end that a record of at least
// that length need not have.
func withoutPadding(line []rune, shortest int) []rune {
	for len(line) > shortest && line[len(line)-1] == ' ' {
		line = line[:len(line)-1]
	}
	return line
}
