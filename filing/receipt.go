package filing

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filtjanst/calendar"
	"filtjanst/layout"
)

// ReceiptOf returns the transaction of the receipt for files of tx; false where
// none is given.
func ReceiptOf(tx Transaction) (Transaction, bool) {
	info, _ := Info(tx)
	return info.Receipt, info.Receipt != ""
}

// WriteReceipt writes the receipt of a file, in the layout of the transaction
// that it answers (R44). ErrorCount and Counts are written as given; they may
// be larger than the list of errors. Warnings and documents applied are left out
// where the profile has no place for them.
func WriteReceipt(w io.Writer, set *Set, f Form, r Receipt) error {
	tx, ok := ReceiptOf(r.Transaction)
	if !ok {
		return fmt.Errorf("filing: a file of %s is answered by no receipt", r.Transaction)
	}
	p, err := set.profileFor(tx, f)
	if err != nil {
		return err
	}
	r.leaveOut(p, f)
	k := kinds()[tx]
	out, err := set.begin(w, tx, f, func(t *treeWriter, top layout.Node) { k.receipt.put(t, top, &r) })
	if err != nil {
		return err
	}
	doc := layout.NewTree(k.vocabulary, layout.DocumentGroup)
	for i, line := range r.lines() {
		doc.Reset(layout.DocumentGroup)
		in := &treeWriter{t: doc}
		if k.line.put(in, doc.Top(), &line); in.err != nil {
			return in.err
		}
		if err := out.Write(doc); err != nil {
			return fmt.Errorf("filing: error %d of the receipt: %w", i+1, err)
		}
	}
	return out.Close()
}

// leaveOut drops what a profile may have no place for: warnings, which would
// pass for errors, and the documents applied.
func (r *Receipt) leaveOut(p *profile, f Form) {
	if !p.layout.HasPlace(f, "document.warning") {
		r.Warnings = nil
	}
	if !p.layout.HasPlace(f, "file.applied") {
		r.Applied = nil
	}
}

func (r *Receipt) lines() []receiptLine {
	var all []receiptLine
	for _, e := range r.Errors {
		all = append(all, receiptLine{Error: e})
	}
	for _, e := range r.Warnings {
		all = append(all, receiptLine{Error: e, warning: true})
	}
	return all
}

// ReadReceipt reads a receipt in either form; tx is the transaction of the
// receipt, such as BFApplicationReceipt. A fault of the file is a *Error.
func ReadReceipt(src io.Reader, set *Set, tx Transaction) (Receipt, error) {
	k := kinds()[tx]
	if k == nil || k.receipt == nil {
		return Receipt{}, fmt.Errorf("filing: %s is no receipt", tx)
	}
	in, form, err := detect(src, tx)
	if err != nil {
		return Receipt{}, err
	}
	reading, err := newReading(in, set, tx, form)
	if err != nil {
		return Receipt{}, err
	}
	var r Receipt
	err = reading.each(func(t *layout.Tree) {
		var line receiptLine
		k.line.take(&treeReader{t: t}, t.Top(), &line)
		if line.warning {
			r.Warnings = append(r.Warnings, line.Error)
			return
		}
		r.Errors = append(r.Errors, line.Error)
	})
	if err != nil {
		return Receipt{}, err
	}
	k.receipt.take(&treeReader{t: reading.file}, reading.file.Top(), &r)
	if r.ErrorCount < len(r.Errors) {
		return r, fmt.Errorf("filing: the receipt states %d errors but lists %d", r.ErrorCount, len(r.Errors))
	}
	return r, nil
}

// each gives every document to the function. A fault of the file is a *Error.
func (r *run) each(take func(*layout.Tree)) error {
	reader := DocumentReader{run: r, reader: r.reader, doc: layout.NewTree(r.profile.layout.Vocabulary(), layout.DocumentGroup)}
	for {
		err := reader.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		take(reader.doc)
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
