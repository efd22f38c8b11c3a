package intake

import (
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// limitedSet is our own set with a lower limit on the size of a file.
func limitedSet(t *testing.T, bytes string) *filing.Set {
	t.Helper()
	return changedSet(t, "bytes = 2147483648", "bytes = "+bytes)
}

// changedSet is our own set with other words in its manifest and its
// description of applications, in pairs of old and new.
func changedSet(t *testing.T, words ...string) *filing.Set {
	t.Helper()
	fsys := fstest.MapFS{}
	dir := os.DirFS("../../filing/profiles")
	for _, name := range []string{"set.toml", "bf/application.toml", "bf/application_note.toml", "bf/application_receipt.toml", "bf/confirmation.toml"} {
		f, err := dir.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if name == "set.toml" || name == "bf/application.toml" {
			text = strings.NewReplacer(words...).Replace(text)
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, err := filing.LoadSet(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if set.Digest() == filing.Own().Digest() {
		t.Fatalf("nothing of %q stands in the set", words)
	}
	return set
}

// TestTheSetFollowsFilerAndDay: one that names the code goes before one for
// all, and the youngest that is valid.
func TestTheSetFollowsFilerAndDay(t *testing.T) {
	t.Parallel()
	const name, from = `name = "egen"`, `valid_from = "2026-01-01"`
	set := func(title, day, more string) *filing.Set {
		return changedSet(t, name, `name = "`+title+`"`+more, from, `valid_from = "`+day+`"`)
	}
	today, tomorrow := filingtest.Today.String(), filingtest.Today.AddDays(1).String()
	w := newWorld(t, openSQLite(t))
	w.addOne(200, "DEF")
	w.rooms.Sets = filing.Sets{
		filing.Own(), set("newer", today, ""), set("later", tomorrow, ""),
		set("of one filer", "2025-06-01", "\nfilers = [\"DEF\"]"),
	}
	w.reopen()
	for sender, want := range map[string]string{code: "newer", "DEF": "of one filer"} {
		for _, half := range [][]byte{file(filing.TextForm, sender, 1, 1, 0), note(filing.TextForm, sender, 1, 1, 0)} {
			w.take(w.shs(), half)
			var digest string
			w.read(func(r store.Reader) error {
				return r.QueryRow(`SELECT set_digest FROM intake_half ORDER BY id DESC LIMIT 1`).Scan(&digest)
			})
			if used, _ := w.rooms.Sets.ByDigest(digest); used == nil || used.Name() != want {
				t.Errorf("a half of %s is read with %v, want %s", sender, used, want)
			}
		}
	}
	if n := len(w.receipts(owner)); n != 2 {
		t.Errorf("%d receipts, want 2", n)
	}
}
