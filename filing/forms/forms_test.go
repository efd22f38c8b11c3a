package forms

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/layout"

	"github.com/google/go-cmp/cmp"
)

// Facts of a CSV file stand in columns named as they are, beside columns of
// the format itself.
func TestNoFactIsNamedAsAColumnOfTheFormat(t *testing.T) {
	t.Parallel()
	for _, info := range filing.Catalogue() {
		v, ok := filing.VocabularyOf(info.Transaction)
		if !ok {
			continue
		}
		for k := range layout.KeyID(v.NumKeys()) {
			switch v.Key(k).Name {
			case documentColumn, groupColumn, extraColumn:
				t.Errorf("%s: %s has the name of a column of the format", info.Transaction, v.KeyPath(k))
			}
		}
	}
}

// TestEveryTransactionSurvivesEveryForm: a file of any transaction says the same
// after it has been in every form.
func TestEveryTransactionSurvivesEveryForm(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	for _, tx := range set.Transactions() {
		t.Run(string(tx), func(t *testing.T) {
			t.Parallel()
			l, _ := set.Layout(tx)
			form := l.Forms()[0]
			file, err := filingtest.File(set, tx, form, 1, 6)
			if err != nil {
				t.Fatal(err)
			}
			got := file
			for _, to := range []filing.Form{JSON, CSV, filing.XMLForm, CSV, JSON, form} {
				got = converted(t, set, got, to)
			}
			if diff := cmp.Diff(string(file), string(got)); diff != "" {
				t.Errorf("the file changed on its way (-was +is):\n%s", diff)
			}
		})
	}
}

// converted is a file in another form.
func converted(t *testing.T, set *filing.Set, file []byte, to filing.Form) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := convert(&out, set, file, to); err != nil {
		t.Fatalf("to %s: %v\n%s", to, err, file)
	}
	return out.Bytes()
}

func convert(out io.Writer, set *filing.Set, file []byte, to filing.Form) error {
	tx, form, ok := Identify(set, file)
	if !ok {
		return errors.New("no transaction fits")
	}
	l, _ := set.Layout(tx)
	r, err := NewReader(bytes.NewReader(file), l, form)
	if err != nil {
		return err
	}
	facts, err := ReadThrough(r)
	if err != nil {
		return err
	}
	if r, err = NewReader(bytes.NewReader(file), l, form); err != nil {
		return err
	}
	w, err := NewWriter(out, l, to, facts)
	if err != nil {
		return err
	}
	return Copy(w, r)
}
