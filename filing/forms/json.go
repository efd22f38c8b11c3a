package forms

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filtjanst/filing"
	"filtjanst/layout"
)

// The members of a file as JSON.
const (
	transactionName = "transaction"
	fileName        = "file"
	documentsName   = "documents"
	extraName       = "extra" // in any object: values the vocabulary does not know
)

// jsonWriter writes {"transaction","edition","file","documents":[…]}, one
// document a line.
type jsonWriter struct {
	out  *bufio.Writer
	line []byte
	some bool
}

func newJSONWriter(out io.Writer, l *layout.Layout, file *layout.Tree) (*jsonWriter, error) {
	w := &jsonWriter{out: bufio.NewWriter(out)}
	_, err := fmt.Fprintf(w.out, "{\n%q: %q,\n\"edition\": %q,\n%q: %s,\n%q: [",
		transactionName, l.Transaction(), l.Edition(), fileName, file.AppendJSON(nil, true), documentsName)
	return w, err
}

func (w *jsonWriter) Write(doc *layout.Tree) error {
	w.line = w.line[:0]
	if w.some {
		w.line = append(w.line, ',')
	}
	w.some = true
	w.line = doc.AppendJSON(append(w.line, '\n'), true)
	_, err := w.out.Write(w.line)
	return err
}

func (w *jsonWriter) Close() error {
	_, err := w.out.WriteString("\n]\n}\n")
	return errors.Join(err, w.out.Flush())
}

// jsonTransaction reads the transaction at the beginning of a file.
func jsonTransaction(head []byte) (filing.Transaction, bool) {
	d := json.NewDecoder(withoutMark(bytes.NewReader(head)))
	_, _ = d.Token() // the opening brace, which was seen
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return "", false
		}
		if name == transactionName {
			var tx filing.Transaction
			err := d.Decode(&tx)
			return tx, err == nil
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return "", false
		}
	}
	return "", false
}

// jsonReader reads what jsonWriter writes, its members in any order.
type jsonReader struct {
	d          *json.Decoder
	vocabulary *layout.Vocabulary
	file       *layout.Tree
	inside     bool // among the documents
	began      bool
	n          int
}

func newJSONReader(r io.Reader, v *layout.Vocabulary) *jsonReader {
	return &jsonReader{d: json.NewDecoder(withoutMark(r)), vocabulary: v, file: layout.NewTree(v, layout.FileGroup)}
}

func (r *jsonReader) File() *layout.Tree { return r.file }

func (r *jsonReader) Next() (*layout.Tree, error) {
	for {
		switch {
		case !r.began:
			if err := r.delim('{'); err != nil {
				return nil, err
			}
			r.began = true
		case r.inside && r.d.More():
			r.n++
			return r.tree(layout.DocumentGroup)
		case r.inside:
			if err := r.delim(']'); err != nil {
				return nil, err
			}
			r.inside = false
		case r.d.More():
			if err := r.member(); err != nil {
				return nil, err
			}
		default:
			return nil, r.end()
		}
	}
}

func (r *jsonReader) member() error {
	name, err := r.d.Token()
	if err != nil {
		return r.fault(err)
	}
	switch name {
	case documentsName:
		r.inside = true
		return r.delim('[')
	case fileName:
		r.file, err = r.tree(layout.FileGroup)
		return err
	}
	var skipped json.RawMessage
	if err := r.d.Decode(&skipped); err != nil {
		return r.fault(err)
	}
	return nil
}

func (r *jsonReader) tree(top layout.GroupID) (*layout.Tree, error) {
	var raw json.RawMessage
	if err := r.d.Decode(&raw); err != nil {
		return nil, r.fault(err)
	}
	t, err := layout.ReadJSON(r.vocabulary, top, raw)
	switch {
	case err == nil:
		return t, nil
	case top == layout.DocumentGroup:
		return nil, refusal(err, "handling %d kan inte läsas", "document %d cannot be read", r.n)
	}
	return nil, refusal(err, "filens uppgifter kan inte läsas", "the facts of the file cannot be read")
}

func (r *jsonReader) delim(want json.Delim) error {
	got, err := r.d.Token()
	if err == nil && got != want {
		err = fmt.Errorf("%q stands where %q should", fmt.Sprint(got), want)
	}
	if err != nil {
		return r.fault(err)
	}
	return nil
}

// end closes the object; nothing may follow it.
func (r *jsonReader) end() error {
	if err := r.delim('}'); err != nil {
		return err
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return r.fault(errors.New("more follows after the object"))
	}
	return io.EOF
}

// fault says where the JSON ceases to be JSON.
func (r *jsonReader) fault(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return refusal(err, "filen är inte hel JSON, vid byte %d", "the file is not whole JSON, at byte %d", r.d.InputOffset())
}
