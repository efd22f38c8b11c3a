package filing_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"filtjanst/calendar"
	"filtjanst/filing"
)

func TestSetSurvivesItsArchive(t *testing.T) {
	t.Parallel()
	for _, set := range sets(t) {
		archive := set.Archive()
		again, err := filing.ReadArchive(archive)
		if err != nil {
			t.Fatal(err)
		}
		if again.Digest() != set.Digest() || again.Name() != set.Name() || again.ValidFrom() != set.ValidFrom() || len(again.Transactions()) != len(set.Transactions()) {
			t.Errorf("%s came back from its archive as %s", set.Name(), again.Name())
		}
		if string(again.Archive()) != string(archive) {
			t.Errorf("%s: the archive of the archive differs", set.Name())
		}
	}
	if _, err := filing.ReadArchive([]byte("no archive at all, but long enough to look like one")); err == nil {
		t.Error("anything is taken for an archive")
	}
}

const manifest = "name = \"x\"\nvalid_from = \"2026-07-01\"\nstatus = \"own\"\n"

func TestSetsAreRefusedWithReason(t *testing.T) {
	t.Parallel()
	own := string(ownFile(t, "bf/application.toml"))
	for _, c := range []struct{ name, file, content, want string }{
		{"unknown key", "set.toml", manifest + "colour = \"red\"\n", "set.toml:4: unknown key colour"},
		{"no name", "set.toml", "valid_from = \"2026-07-01\"\nstatus = \"own\"\n", "name is missing"},
		{"status", "set.toml", "name = \"x\"\nvalid_from = \"2026-07-01\"\n", "status is"},
		{"day", "set.toml", "name = \"x\"\nvalid_from = \"1 juli\"\nstatus = \"own\"\n", "valid_from"},
		{"transaction", "a.toml", "transaction = \"bf.nothing\"\n", "bf.nothing"},
		{"toml", "a.toml", "transaction = \n", "a.toml:1"},
		{"policy", "a.toml", strings.Replace(own, "cover_note = \"required\"", "cover_note = \"perhaps\"", 1), "policy.cover_note"},
		{"setting", "a.toml", strings.Replace(own, "cover_note = \"required\"", "cover_notes = \"none\"", 1), "policy.cover_notes"},
		{"layout", "a.toml", strings.Replace(own, "document.respondent.name\"", "document.respondent.nom\"", 1), "a.toml:"},
	} {
		files := fstest.MapFS{"set.toml": {Data: []byte(manifest)}}
		files[c.file] = &fstest.MapFile{Data: []byte(c.content)}
		_, err := filing.LoadSet(files)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, wants %q in it", c.name, err, c.want)
		}
	}
	if _, err := filing.LoadSet(fstest.MapFS{"a.toml": {Data: []byte(own)}}); err == nil || !strings.Contains(err.Error(), "set.toml is missing") {
		t.Errorf("without set.toml: %v", err)
	}
}

func TestSetIsChosenByFilerAndDay(t *testing.T) {
	t.Parallel()
	load := func(name, from, filers string) *filing.Set {
		set, err := filing.LoadSet(fstest.MapFS{"set.toml": {Data: []byte("name = \"" + name + "\"\nstatus = \"own\"\nvalid_from = \"" + from + "\"\n" + filers)}})
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	sets := filing.Sets{load("old", "2026-01-01", ""), load("new", "2026-07-01", ""), load("trial", "2026-03-01", "filers = [\"ABC\"]\n")}
	for _, c := range []struct{ code, day, want string }{
		{"XYZ", "2026-06-30", "old"}, {"XYZ", "2026-07-01", "new"}, {"abc", "2026-08-01", "trial"}, {"ABC", "2026-02-01", "old"}, {"XYZ", "2025-12-31", ""},
	} {
		set, ok := sets.For(c.code, calendar.MustDay(c.day))
		if got := name(set); got != c.want || ok != (c.want != "") {
			t.Errorf("%s on %s is read with %q, wants %q", c.code, c.day, got, c.want)
		}
	}
}

func name(s *filing.Set) string {
	if s == nil {
		return ""
	}
	return s.Name()
}

func TestOwnSetSaysThatItIsOwn(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	sv, en := set.Title()
	if set.Status() != "own" || !strings.Contains(sv, "inte myndighetens") || !strings.Contains(en, "not the authority's") {
		t.Errorf("status %q, %q, %q", set.Status(), sv, en)
	}
	for _, tx := range set.Transactions() {
		if l, _ := set.Layout(tx); l.Status() != "own" {
			t.Errorf("%s has status %q", tx, l.Status())
		}
	}
	p, ok := set.Policy(filing.BFApplication)
	if !ok || p.CoverNote != filing.NoteRequired || p.DocumentErrors != filing.WholeFile || p.PairHours != 24 || p.MaxDocuments != 1_000_000 || p.MaxBytes != 2<<30 {
		t.Errorf("policy %+v", p)
	}
}
