package filing_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func TestSetFolders(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ files, want []string }{
		"a set":                {[]string{"set.toml", "bf/application.toml"}, []string{"."}},
		"a set above others":   {[]string{"set.toml", "x/set.toml"}, []string{"."}},
		"sets below":           {[]string{"y/set.toml", "x/set.toml", "z/other.toml"}, []string{"x", "y"}},
		"sets deeper":          {[]string{"x/y/set.toml"}, []string{"."}},
		"none, which is a set": {nil, []string{"."}},
	} {
		fsys := fstest.MapFS{}
		for _, f := range test.files {
			fsys[f] = &fstest.MapFile{}
		}
		if diff := cmp.Diff(test.want, filing.SetFolders(fsys)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// The code is read at the beginning of a file that any of the sets describes.
func TestStatedCode(t *testing.T) {
	t.Parallel()
	all := filing.Sets(sets(t))
	for _, set := range all {
		for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			file, err := filingtest.File(set, filing.BFApplication, form, 1, 3)
			if err != nil {
				t.Fatal(err)
			}
			if got := all.StatedCode(file[:len(file)-20]); got != "ABC" {
				t.Errorf("%s, %s: %q", set.Name(), form, got)
			}
		}
	}
	if got := all.StatedCode([]byte("Dear sir or madam")); got != "" {
		t.Errorf("a letter states %q", got)
	}
}

func TestSetsByName(t *testing.T) {
	t.Parallel()
	all := filing.Sets(sets(t))
	for i, name := range all.Names() {
		if set, ok := all.ByName(name); !ok || set != all[i] {
			t.Errorf("%s is not found", name)
		}
	}
	if _, ok := all.ByName("nobody's"); ok {
		t.Error("there is nobody's set")
	}
}

// A cover note by itself is held against what is expected of it, and no more.
func TestUnexpected(t *testing.T) {
	t.Parallel()
	facts := filing.Facts{Transaction: filing.BFApplicationNote, PartyCode: "ABC", Sequence: 17}
	for name, test := range map[string]struct {
		expect filing.Expect
		want   map[filing.Code]int
	}{
		"nothing":  {filing.Expect{}, nil},
		"the same": {filing.Expect{Transaction: filing.BFApplicationNote, PartyCode: "ABC", Sequence: 17}, nil},
		"others":   {filing.Expect{Transaction: filing.BFApplication, PartyCode: "XYZ", Sequence: 18}, map[filing.Code]int{"F103": 1, "F202": 1, "F210": 1}},
	} {
		v := filing.Verdict{Outcome: filing.Approved}
		v.Reject(filing.Unexpected(facts, test.expect)...)
		if diff := cmp.Diff(test.want, v.Counts); diff != "" || (v.Outcome == filing.Rejected) != (len(test.want) > 0) || v.ErrorCount != len(test.want) || len(v.Errors) != len(test.want) {
			t.Errorf("%s: %+v %s", name, v, diff)
		}
	}
}

func TestAFileFallsWithItsCoverNote(t *testing.T) {
	t.Parallel()
	for note, want := range map[filing.Outcome]filing.Outcome{filing.Approved: filing.ApprovedInPart, filing.Rejected: filing.Rejected} {
		v := filing.Verdict{Outcome: filing.ApprovedInPart}
		v.RejectWith(filing.Verdict{Outcome: note})
		if v.Outcome != want {
			t.Errorf("a note %s makes the file %s", note, v.Outcome)
		}
	}
}

func TestEnglishExample(t *testing.T) {
	t.Parallel()
	c, _ := filing.Explain("D342")
	if got := c.EnglishExample(); got != "The case 2026-0000017 is decided by a verdict that is enforced in case U-2026-0000009." {
		t.Errorf("%q", got)
	}
	other := filing.CodeInfo{Swedish: "Fältet {field} är fel.", English: "The field {field} is wrong.", Args: []string{"field"}, Example: "Något annat."}
	if got := other.EnglishExample(); got != other.Example {
		t.Errorf("%q", got)
	}
}
