package evening

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"filtjanst/filing"
)

// without is our own set, whose confirmations lack a form.
func without(t *testing.T, form filing.Form) *filing.Set {
	t.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("../../filing/profiles")
	for _, name := range []string{"set.toml", "bf/confirmation.toml"} {
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	if form != "" {
		text := string(files["bf/confirmation.toml"].Data)
		from, to := strings.Index(text, "\n["+string(form)+"]\n"), len(text)
		if form == filing.TextForm {
			to = strings.Index(text, "\n[xml]\n")
		}
		if from < 0 || to < from {
			t.Fatalf("the confirmation is not described in the order text, xml: %d, %d", from, to)
		}
		files["bf/confirmation.toml"].Data = []byte(text[:from] + text[to:])
	}
	set, err := filing.LoadSet(files)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestFormOf (R45): the form wanted, unless the profile has only the other.
func TestFormOf(t *testing.T) {
	t.Parallel()
	for lacking, want := range map[filing.Form]map[filing.Form]filing.Form{
		"":              {filing.TextForm: filing.TextForm, filing.XMLForm: filing.XMLForm},
		filing.TextForm: {filing.TextForm: filing.XMLForm, filing.XMLForm: filing.XMLForm},
		filing.XMLForm:  {filing.TextForm: filing.TextForm, filing.XMLForm: filing.TextForm},
	} {
		set := without(t, lacking)
		for wanted, form := range want {
			if got := formOf(set, filing.BFConfirmation, wanted); got != form {
				t.Errorf("without %q, wanted %s: %s, want %s", lacking, wanted, got, form)
			}
		}
	}
}
