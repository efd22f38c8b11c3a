package filing

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"filtjanst/layout"
)

// answerReader reads files that the authority writes, in either form.
type answerReader struct{ run *run }

func newAnswerReader(src io.Reader, set *Set, tx Transaction) (*answerReader, error) {
	in := bufio.NewReaderSize(src, headBytes)
	head, err := in.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("filing: read %s: %w", tx, err)
	}
	form := layout.Detect(head)
	p, err := set.profileFor(tx, form)
	if err != nil {
		return nil, err
	}
	r := &run{set: set, codes: readCodes(), transaction: tx, form: form, errors: newCollector(), warnings: newCollector()}
	r.use(p)
	r.reader = p.layout.NewReader(in, form, layout.Options{MaxFaults: 1})
	r.file = r.reader.File()
	return &answerReader{r}, nil
}

// each gives every document to the function. A fault of the file is a *Error.
func (a *answerReader) each(take func(*layout.Tree) error) error {
	r := a.run
	doc := layout.NewTree(r.profile.layout.Vocabulary(), layout.DocumentGroup)
	for {
		err := r.reader.Next(doc)
		r.doc = nil
		if fault := r.firstFault(r.reader.Faults()); fault != nil {
			return fault
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("filing: read %s: %w", r.transaction, err)
		}
		if err := take(doc); err != nil {
			return err
		}
	}
}
