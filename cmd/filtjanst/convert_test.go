package main

import (
	"bytes"
	"os"
	"path/filepath"
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
			for _, to := range []string{"json", "csv", "xml", "csv", "json", string(form)} {
				got = converted(t, got, to)
			}
			if diff := cmp.Diff(string(file), string(got)); diff != "" {
				t.Errorf("the file changed on its way (-was +is):\n%s", diff)
			}
		})
	}
}

// converted runs convert on the bytes.
func converted(t *testing.T, file []byte, to string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, complaints bytes.Buffer
	a := &app{out: &out, err: &complaints, now: filingtest.Today.Time, env: func(string) string { return "" }}
	if code := run(a, []string{"convert", path, "--to", to}); code != exitDone {
		t.Fatalf("convert --to %s: exit code %d: %s\n%s", to, code, complaints.String(), file)
	}
	return out.Bytes()
}
