package filing

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"filtjanst/calendar"
	"filtjanst/layout"
	"filtjanst/money"
)

type receiptHandles struct {
	of, transactionID, partyCode, sequence, fileName, digest, noteDigest, arrived, outcome layout.KeyID
	records, documents, sum, expected, readIn, rules, event, eventDigest, errors           layout.KeyID

	count                 layout.GroupID
	countCode, countOfOne layout.KeyID

	class, code, reference, document, record, line, offset, field, value layout.KeyID
	swedish, english, remedy                                             layout.KeyID
}

var receiptKeys = sync.OnceValue(func() *receiptHandles {
	v := vocabularies()[BFApplicationReceipt]
	file := func(name string) layout.KeyID { return v.MustKey("file." + name) }
	fault := func(name string) layout.KeyID { return v.MustKey("document." + name) }
	return &receiptHandles{
		of: file("of"), transactionID: file("transaction_id"), partyCode: file("party_code"), sequence: file("sequence"),
		fileName: file("file_name"), digest: file("digest"), noteDigest: file("note_digest"), arrived: file("arrived"),
		outcome: file("outcome"), records: file("records"), documents: file("documents"), sum: file("sum"),
		expected: file("expected"), readIn: file("read_in"), rules: file("rules"), event: file("event"),
		eventDigest: file("event_digest"), errors: file("errors"),
		count: v.MustGroup("file.count"), countCode: file("count.code"), countOfOne: file("count.number"),
		class: fault("class"), code: fault("code"), reference: fault("reference"), document: fault("document"),
		record: fault("record"), line: fault("line"), offset: fault("offset"), field: fault("field"), value: fault("value"),
		swedish: fault("swedish"), english: fault("english"), remedy: fault("remedy"),
	}
})

// WriteReceipt writes a receipt (R44). ErrorCount and Counts are written as
// given; they may be larger than the list of errors.
func WriteReceipt(w io.Writer, set *Set, f Form, r Receipt) error {
	p, err := set.profileFor(BFApplicationReceipt, f)
	if err != nil {
		return err
	}
	carried := func(c rune) bool { return p.layout.Carries(f, c) }
	out, err := set.newWriter(w, BFApplicationReceipt, f, func(t *treeWriter) {
		t.carried = carried
		t.receipt(&r)
	})
	if err != nil {
		return err
	}
	for i := range r.Errors {
		if err := out.write(0, func(t *layout.Tree) error { return putError(t, &r.Errors[i], carried) }); err != nil {
			return err
		}
	}
	return out.w.Close()
}

func (w *treeWriter) receipt(r *Receipt) {
	k, t := receiptKeys(), w.t
	top := t.Top()
	w.transaction(BFApplicationReceipt)
	w.symbol(top, k.of, string(r.Transaction))
	w.text(top, k.transactionID, r.TransactionID)
	w.foreign(top, k.partyCode, clean(r.PartyCode))
	w.number(top, k.sequence, r.Sequence)
	w.foreign(top, k.fileName, clean(r.FileName))
	w.text(top, k.digest, r.Digest)
	w.text(top, k.noteDigest, r.NoteDigest)
	t.SetNum(top, k.arrived, stockholmSeconds(r.Arrived))
	w.symbol(top, k.outcome, string(r.Outcome))
	w.number(top, k.records, r.Records)
	t.SetNum(top, k.documents, r.Documents)
	t.SetNum(top, k.sum, int64(r.Sum))
	w.number(top, k.expected, r.Expected)
	setDay(t, top, k.readIn, r.ReadIn)
	w.text(top, k.rules, r.Rules)
	w.text(top, k.event, r.Event)
	w.text(top, k.eventDigest, r.EventDigest)
	t.SetNum(top, k.errors, int64(r.ErrorCount))
	for _, code := range slices.Sorted(maps.Keys(r.Counts)) {
		n := t.Add(top, k.count)
		t.SetText(n, k.countCode, string(code))
		t.SetNum(n, k.countOfOne, int64(r.Counts[code]))
	}
}

func (w *treeWriter) number(n layout.Node, k layout.KeyID, v int64) {
	if v != 0 {
		w.t.SetNum(n, k, v)
	}
}

func putError(t *layout.Tree, e *Error, carried func(rune) bool) error {
	k, w, top := receiptKeys(), &treeWriter{t: t, carried: carried}, t.Top()
	w.symbol(top, k.class, string(e.Class))
	w.text(top, k.code, string(e.Code))
	w.foreign(top, k.reference, e.Reference)
	w.number(top, k.document, int64(e.Document))
	w.foreign(top, k.record, e.Record)
	w.number(top, k.line, e.Line)
	t.SetNum(top, k.offset, e.Offset)
	w.foreign(top, k.field, e.Field)
	w.foreign(top, k.value, e.Value)
	w.foreign(top, k.swedish, e.Swedish)
	w.foreign(top, k.english, e.English)
	w.text(top, k.remedy, e.Remedy)
	return w.err
}

// ReadReceipt reads a receipt in either form. A fault of the file is a *Error.
func ReadReceipt(src io.Reader, set *Set) (Receipt, error) {
	a, err := newAnswerReader(src, set, BFApplicationReceipt)
	if err != nil {
		return Receipt{}, err
	}
	var errors []Error
	err = a.each(func(t *layout.Tree) error {
		errors = append(errors, takeError(t))
		return nil
	})
	if err != nil {
		return Receipt{}, err
	}
	r := takeReceipt(a.run.file)
	r.Errors = errors
	if r.ErrorCount < len(errors) {
		return r, fmt.Errorf("filing: the receipt states %d errors but lists %d", r.ErrorCount, len(errors))
	}
	return r, nil
}

func takeReceipt(t *layout.Tree) Receipt {
	k, top := receiptKeys(), t.Top()
	r := Receipt{
		Transaction: Transaction(t.Symbol(top, k.of)), TransactionID: t.Text(top, k.transactionID),
		PartyCode: t.Text(top, k.partyCode), Sequence: t.Num(top, k.sequence), FileName: t.Text(top, k.fileName),
		Digest: t.Text(top, k.digest), NoteDigest: t.Text(top, k.noteDigest), Arrived: stockholmTime(t.Num(top, k.arrived)),
		Outcome: Outcome(t.Symbol(top, k.outcome)), Records: t.Num(top, k.records), Documents: t.Num(top, k.documents),
		Sum: money.Amount(t.Num(top, k.sum)), Expected: t.Num(top, k.expected), ReadIn: dayOf(t, top, k.readIn),
		Rules: t.Text(top, k.rules), Event: t.Text(top, k.event), EventDigest: t.Text(top, k.eventDigest),
		ErrorCount: int(t.Num(top, k.errors)),
	}
	for n := t.First(top, k.count); n != layout.None; n = t.Next(n) {
		if r.Counts == nil {
			r.Counts = map[Code]int{}
		}
		r.Counts[Code(t.Text(n, k.countCode))] = int(t.Num(n, k.countOfOne))
	}
	return r
}

func takeError(t *layout.Tree) Error {
	k, top := receiptKeys(), t.Top()
	return Error{
		Code: Code(t.Text(top, k.code)), Class: Class(t.Symbol(top, k.class)), Reference: t.Text(top, k.reference),
		Document: int(t.Num(top, k.document)), Record: t.Text(top, k.record), Line: t.Num(top, k.line),
		Offset: t.Num(top, k.offset), Field: t.Text(top, k.field), Value: t.Text(top, k.value),
		Swedish: unwrapped(t.Text(top, k.swedish)), English: unwrapped(t.Text(top, k.english)),
		Remedy: unwrapped(t.Text(top, k.remedy)),
	}
}

// unwrapped joins the lines into which a form had to break a sentence.
func unwrapped(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// stockholmSeconds is what a clock in Stockholm shows, counted as if it were
// UTC; the form of layout.DateTime.
func stockholmSeconds(t time.Time) int64 {
	y, m, d := t.In(calendar.Stockholm()).Date()
	hour, minute, second := t.In(calendar.Stockholm()).Clock()
	return time.Date(y, m, d, hour, minute, second, 0, time.UTC).Unix()
}

// stockholmTime is the instant at which a clock in Stockholm shows it. Of the
// hour that is passed twice in autumn it is the first.
func stockholmTime(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	t := time.Unix(seconds, 0).UTC()
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, calendar.Stockholm())
}
