package filing_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/layout"

	"pgregory.net/rapid"
)

// A spot is one value in the bytes of a file.
type spot struct {
	path     string // of its key
	document int
	offset   int64
	text     string // as it stands in the file
	swedish  bool   // the identity number is a Swedish one
}

// spots finds all values of the keys, whatever the description.
func spots(t failer, set *filing.Set, f filing.Form, file []byte, paths ...string) []spot {
	t.Helper()
	l, _ := set.Layout(filing.BFApplication)
	v := l.Vocabulary()
	r := l.NewReader(bytes.NewReader(file), f, layout.Options{})
	doc := layout.NewTree(v, layout.DocumentGroup)
	var all []spot
	for document := 1; ; document++ {
		err := r.Next(doc)
		if errors.Is(err, io.EOF) {
			return append(all, spotsIn(r.File(), r.File().Top(), 0, paths)...)
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, spotsIn(doc, doc.Top(), document, paths)...)
	}
}

func spotsIn(t *layout.Tree, n layout.Node, document int, paths []string) []spot {
	var all []spot
	v := t.Vocabulary()
	for _, path := range paths {
		k := v.FindKey(path)
		if v.GroupOf(k) == t.Group(n) && t.Given(n, k) {
			s := spot{path: path, document: document, offset: t.At(n, k).Offset, swedish: true}
			s.text = string(t.Raw(n, k))
			if kind := v.FindKey(path + "_kind"); kind != layout.None {
				s.swedish = !t.Has(n, kind)
			}
			all = append(all, s)
		}
	}
	for child := range t.Children(n) {
		all = append(all, spotsIn(t, child, document, paths)...)
	}
	return all
}

// mutate takes a file and one of its spots, and changes one digit in it.
func mutate(t *rapid.T, set *filing.Set, f filing.Form, from int, paths ...string) (spot, string, []byte) {
	all := filingtest.New(rapid.Uint64().Draw(t, "seed")).Applications(rapid.IntRange(1, 4).Draw(t, "applications"))
	file := write(t, set, f, all)
	found := slices.DeleteFunc(spots(t, set, f, file, paths...), func(s spot) bool { return !s.swedish || len(s.text) <= from })
	if len(found) == 0 {
		t.Skip("no such value")
	}
	s := rapid.SampledFrom(found).Draw(t, "spot")
	// The value of an attribute is placed at its element.
	at := bytes.Index(file[s.offset:min(int(s.offset)+200, len(file))], []byte(s.text))
	if at < 0 || at > 0 && file[s.offset] != '<' {
		t.Fatalf("%s is said to stand at byte %d, where %.30q stands", s.path, s.offset, file[s.offset:])
	}
	var digits []int
	for i := from; i < len(s.text); i++ {
		if s.text[i] >= '0' && s.text[i] <= '9' {
			digits = append(digits, i)
		}
	}
	i := rapid.SampledFrom(digits).Draw(t, "digit")
	changed := []byte(s.text)
	changed[i] = '0' + (changed[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
	copy(file[int(s.offset)+at:], changed)
	return s, string(changed), file
}

func expectError(t *rapid.T, v filing.Verdict, code filing.Code, s spot) {
	if v.Outcome != filing.Rejected {
		t.Fatalf("outcome %s", v.Outcome)
	}
	if !slices.ContainsFunc(v.Errors, func(e filing.Error) bool {
		return e.Code == code && e.Offset == s.offset && e.Document == s.document
	}) {
		t.Fatalf("no %s at byte %d in document %d among %+v", code, s.offset, s.document, v.Errors)
	}
}

func TestOneDigitOfAnIdentityNumberIsFound(t *testing.T) {
	t.Parallel()
	today := identity.Rules{Today: filingtest.Today.Time()}
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		rapid.Check(t, func(t *rapid.T) {
			// The century has no part in the check digit.
			s, changed, file := mutate(t, set, f, 2, "document.applicant.identity", "document.respondent.identity",
				"document.respondent.legal_representative.identity", "document.representative.identity")
			_, err := today.Parse(changed)
			var fault identity.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("identity reads %s: %v", changed, err)
			}
			v, _, err := filing.Check(bytes.NewReader(file), set, filing.Expect{Today: filingtest.Today})
			if err != nil {
				t.Fatal(err)
			}
			expectError(t, v, codeOfFault("identity:"+fault.Code()), s)
			for _, e := range v.Errors {
				if e.Value != "" && e.Code[0] == 'D' && e.Code[1] == '2' {
					t.Fatalf("%s shows the number %q", e.Code, e.Value)
				}
			}
		})
	})
}

func codeOfFault(fault string) filing.Code {
	for _, c := range filing.Codes() {
		if c.Class == filing.Document && slices.Contains(c.Faults, fault) {
			return c.Code
		}
	}
	return ""
}

func TestOneDigitOfATotalIsFound(t *testing.T) {
	t.Parallel()
	codes := map[string]filing.Code{"document.total": "D302", "file.documents": "F230", "file.sum": "F231"}
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		rapid.Check(t, func(t *rapid.T) {
			s, _, file := mutate(t, set, f, 0, "document.total", "file.documents", "file.sum")
			v, _, err := filing.Check(bytes.NewReader(file), set, filing.Expect{Today: filingtest.Today})
			if err != nil {
				t.Fatal(err)
			}
			expectError(t, v, codes[s.path], s)
		})
	})
}

func TestWhatIsValidIsApproved(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		rapid.Check(t, func(t *rapid.T) {
			all := filingtest.New(rapid.Uint64().Draw(t, "seed")).Applications(rapid.IntRange(1, 6).Draw(t, "applications"))
			facts := filingtest.Facts("ABC", 17, all)
			note := noteOf(facts)
			v, got, err := filing.Check(bytes.NewReader(write(t, set, f, all)), set, filing.Expect{
				Today: filingtest.Today, Transaction: filing.BFApplication, PartyCode: "ABC", Sequence: 17, Note: &note,
			})
			if err != nil || v.Outcome != filing.Approved || len(v.Errors) > 0 {
				t.Fatalf("%s, %v, %+v", v.Outcome, err, v.Errors)
			}
			if got.Documents != facts.Documents || got.Sum != facts.Sum || got.Created != facts.Created {
				t.Fatalf("facts %+v, wants %+v", got, facts)
			}
		})
	})
}
