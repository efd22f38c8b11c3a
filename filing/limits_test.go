package filing_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// limited is the own set with other settings.
func limited(t *testing.T, replace ...string) *filing.Set {
	t.Helper()
	source := strings.NewReplacer(replace...).Replace(string(ownFile(t, "bf/application.toml")))
	set, err := filing.LoadSet(fstest.MapFS{"set.toml": {Data: ownFile(t, "set.toml")}, "a.toml": {Data: []byte(source)}})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestLimitsHoldToTheByte(t *testing.T) {
	t.Parallel()
	for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
		file := write(t, filing.Own(), f, filingtest.New(12).Applications(5))
		for _, c := range []struct {
			name    string
			replace []string
			want    []filing.Code
		}{
			{"bytes", []string{"bytes = 2147483648", fmt.Sprintf("bytes = %d", len(file))}, nil},
			{"a byte less", []string{"bytes = 2147483648", fmt.Sprintf("bytes = %d", len(file)-1)}, []filing.Code{"F152"}},
			{"documents", []string{"documents = 1000000", "documents = 5"}, nil},
			{"a document less", []string{"documents = 1000000", "documents = 4"}, []filing.Code{"F151"}},
		} {
			v, facts := check(t, limited(t, c.replace...), file)
			found := slices.Compact(codesOf(v.Errors))
			if !slices.Equal(found, c.want) {
				t.Errorf("%s, %s: %v, wants %v", f, c.name, found, c.want)
			}
			if facts.Bytes != int64(len(file)) {
				t.Errorf("%s, %s: %d bytes, wants all %d in the digest", f, c.name, facts.Bytes, len(file))
			}
		}
	}
}

// TestLargeDocumentsAreNotJudgedByTheirParts: what was cut off is told, and
// not what its lack would seem to break.
func TestLargeDocumentsAreNotJudgedByTheirParts(t *testing.T) {
	t.Parallel()
	for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
		file := write(t, filing.Own(), f, filingtest.New(12).Applications(5))
		v, _ := check(t, limited(t, "document_bytes = 1048576", "document_bytes = 500"), file)
		for _, e := range v.Errors {
			if e.Code != "F150" {
				t.Errorf("%s: %+v", f, e)
			}
		}
		if v.Counts["F150"] != 5 {
			t.Errorf("%s: counts %v, wants 5 of F150", f, v.Counts)
		}
	}
}

func TestPerDocumentModeRefusesTheBadOnesOnly(t *testing.T) {
	t.Parallel()
	set := limited(t, `document_errors = "whole file"`, `document_errors = "per document"`)
	all := filingtest.New(13).Applications(6)
	all[1].Parts[0].Ground = ""
	all[4].Reference = all[2].Reference
	v, _ := check(t, set, write(t, set, filing.TextForm, all))
	if v.Outcome != filing.ApprovedInPart || !slices.Equal(v.Refused, []int{2, 5}) {
		t.Errorf("%s, refused %v, %v", v.Outcome, v.Refused, codesOf(v.Errors))
	}
	for i := range all {
		all[i].Parts[0].Ground = ""
	}
	if v, _ := check(t, set, write(t, set, filing.TextForm, all)); v.Outcome != filing.Rejected {
		t.Errorf("all refused, yet %s", v.Outcome)
	}
	wrong := bytes.Replace(write(t, set, filing.TextForm, all[:1]), []byte("ABC"), []byte("a-c"), 1)
	if v, _ := check(t, set, wrong); v.Outcome != filing.Rejected {
		t.Errorf("a general error, yet %s", v.Outcome)
	}
}

func TestPaperAddressCanBeRefused(t *testing.T) {
	t.Parallel()
	set := limited(t, `paper_address = "warn"`, `paper_address = "refuse"`)
	a := plain()
	a.Respondents[0].Country, a.Respondents[0].PostalCode = "NO", ""
	total(&a)
	if v, _ := check(t, set, write(t, set, filing.TextForm, []filing.Application{a})); !slices.Equal(codesOf(v.Errors), []filing.Code{"D325"}) {
		t.Errorf("%v, wants D325", codesOf(v.Errors))
	}
}
