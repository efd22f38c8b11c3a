package filing_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/layout"

	"github.com/google/go-cmp/cmp"
)

// eachFile runs the test for every transaction of every set whose files hold
// documents, in each of its forms.
func eachFile(t *testing.T, test func(t *testing.T, set *filing.Set, tx filing.Transaction, f filing.Form)) {
	t.Helper()
	for _, set := range sets(t) {
		for _, tx := range set.Transactions() {
			if !filingtest.Made(tx) {
				continue
			}
			l, _ := set.Layout(tx)
			for _, f := range l.Forms() {
				t.Run(set.Name()+"/"+string(tx)+"/"+string(f), func(t *testing.T) {
					t.Parallel()
					test(t, set, tx, f)
				})
			}
		}
	}
}

// readBack gives the documents and facts of a file.
func readBack(set *filing.Set, tx filing.Transaction, f filing.Form, file []byte) ([]filing.Content, filing.FileFacts, error) {
	r, err := filing.Documents(bytes.NewReader(file), set, tx, f)
	if err != nil {
		return nil, filing.FileFacts{}, err
	}
	r.At(filingtest.Today.Time())
	var all []filing.Content
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all, r.File(), nil
		}
		if err != nil {
			return all, r.File(), err
		}
		all = append(all, c)
	}
}

// TestEveryContentSurvives: what is written of any transaction is read back to
// the last field, in either form, through the tree and by Check.
func TestEveryContentSurvives(t *testing.T) {
	t.Parallel()
	eachFile(t, func(t *testing.T, set *filing.Set, tx filing.Transaction, f filing.Form) {
		want := filingtest.Contents(tx, 7, 300)
		facts := filingtest.FactsOf(tx, "ABC", 17, want)
		file, err := filingtest.Write(set, tx, f, facts, want)
		if err != nil {
			t.Fatal(err)
		}
		got, gotFacts, err := readBack(set, tx, f, file)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, numbers) + cmp.Diff(facts, gotFacts); d != "" {
			t.Fatalf("(-want +got):\n%.4000s", d)
		}
		verdict, checked := check(t, set, file)
		if verdict.Outcome != filing.Approved || len(verdict.Warnings) > 0 && tx != filing.BFApplication && tx != filing.VEApplication {
			t.Errorf("%s, errors %+v, warnings %+v", verdict.Outcome, head(verdict.Errors), head(verdict.Warnings))
		}
		if checked.Transaction != tx || checked.Form != f || checked.Documents != int64(len(want)) {
			t.Errorf("facts %+v", checked)
		}
	})
}

func TestEveryContentSurvivesTheTree(t *testing.T) {
	t.Parallel()
	for _, info := range filing.Catalogue() {
		if !filingtest.Made(info.Transaction) {
			continue
		}
		for _, want := range filingtest.Contents(info.Transaction, 9, 100) {
			tree, err := filing.ToTree(info.Transaction, want)
			if err != nil {
				t.Fatal(err)
			}
			got, err := filing.FromTree(tree, filingtest.Today.Time())
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got, numbers); d != "" {
				t.Fatalf("%s (-want +got):\n%s", info.Transaction, d)
			}
		}
	}
}

// TestNoKeyIsWithoutPlace: what a filer or the authority can say has a place in
// every form of our own descriptions.
func TestNoKeyIsWithoutPlace(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	for _, tx := range set.Transactions() {
		l, _ := set.Layout(tx)
		v := l.Vocabulary()
		for _, f := range l.Forms() {
			for k := range layout.KeyID(v.NumKeys()) {
				if !l.HasPlace(f, v.KeyPath(k)) {
					t.Errorf("%s, %s: %s has no place", tx, f, v.KeyPath(k))
				}
			}
		}
	}
}

// TestEveryTransactionIsMade: no transaction with documents lacks a maker, so
// that the tests of this file leave none out.
func TestEveryTransactionIsMade(t *testing.T) {
	t.Parallel()
	for _, tx := range filing.Own().Transactions() {
		info, _ := filing.Info(tx)
		alone := info.Role == filing.RoleNote || info.Role == filing.RoleReceipt
		if filingtest.Made(tx) == alone {
			t.Errorf("%s: made %v, role %s", tx, !alone, info.Role)
		}
		if forms := mustLayout(t, filing.Own(), tx).Forms(); !slices.Contains(forms, filing.XMLForm) {
			t.Errorf("%s has the forms %v, wants XML among them", tx, forms)
		}
	}
}

func mustLayout(t failer, set *filing.Set, tx filing.Transaction) *layout.Layout {
	t.Helper()
	l, ok := set.Layout(tx)
	if !ok {
		t.Fatal("the set does not describe " + string(tx))
	}
	return l
}
