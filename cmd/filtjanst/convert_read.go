package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"

	"filtjanst/filing"
	"filtjanst/layout"
)

// byteOrderMark may stand before UTF-8.
const byteOrderMark = "\ufeff"

// withoutMark skips the byte order mark that some systems write.
func withoutMark(r io.Reader) *bufio.Reader {
	b := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := b.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = b.Discard(len(byteOrderMark)) // they were read
	}
	return b
}

// detect tells the form of a file from its beginning.
func detect(head []byte) layout.Form {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	switch {
	case bytes.HasPrefix(text, []byte("{")):
		return jsonForm
	case bytes.HasPrefix(text, []byte(documentColumn+",")), bytes.HasPrefix(text, []byte(documentColumn+";")):
		return csvForm
	}
	return layout.Detect(head)
}

// identify finds out what the file is and which set it is read with.
func (c *conversion) identify(src *source) (*input, error) {
	head, err := src.head()
	if err != nil {
		return nil, err
	}
	in := &input{src: src, form: detect(head)}
	if in.set, err = c.pickFor(head, "", c.today()); err != nil {
		return nil, err
	}
	tx, known := in.transaction(head)
	if known {
		in.layout, known = in.set.Layout(tx)
	}
	if !known {
		return nil, refused("%s stämmer inte med någon transaktion i profilen %s", "%s fits no transaction of the profile %s", src.title(c.app), in.set.Name()).
			hint("filtjanst layout list visar transaktionerna", "filtjanst layout list shows the transactions")
	}
	return in, nil
}

func (in *input) transaction(head []byte) (filing.Transaction, bool) {
	switch in.form {
	case jsonForm:
		return jsonTransaction(head)
	case csvForm:
		return csvTransaction(head)
	}
	tx, _, known := in.set.Identify(head)
	return tx, known
}

// layoutReader reads text and XML; any fault ends the reading.
type layoutReader struct{ *layout.Reader }

// errFaulty says that a text or XML file has faults of form.
var errFaulty = errors.New("the file has faults of form")

func newLayoutReader(in *input, r io.Reader) layoutReader {
	return layoutReader{in.layout.NewReader(r, in.form, layout.Options{MaxFaults: 1})}
}

func (r layoutReader) Next(doc *layout.Tree) (*layout.Tree, error) {
	err := r.Reader.Next(doc)
	if len(r.Faults()) > 0 || errors.Is(err, layout.ErrUnreadable) {
		return nil, errFaulty
	}
	return doc, err
}

// unreadable says why a file is not converted. Faults of form are told as
// check tells them.
func (c *conversion) unreadable(in *input, w *watched, err error) error {
	switch {
	case w.err != nil:
		return failed(w.err, "filen kan inte läsas", "the file cannot be read")
	case !errors.Is(err, errFaulty):
		return err
	}
	verdict, _, err := filing.Check(in.src, in.set, filing.Expect{Today: c.today()})
	if err != nil {
		return failed(err, "filen kan inte läsas", "the file cannot be read")
	}
	f := refused("%s kan inte läsas och skrivs inte om", "%s cannot be read and is not converted", in.src.title(c.app))
	f.errors = slices.DeleteFunc(verdict.Errors, func(e filing.Error) bool { return !ofForm(e.Code) })
	return f
}

// ofForm tells whether a code stands for a fault of form.
func ofForm(code filing.Code) bool {
	info, _ := filing.Explain(string(code))
	return slices.ContainsFunc(layout.FaultCodes(), func(c layout.FaultCode) bool {
		return slices.Contains(info.Faults, c.String())
	})
}
