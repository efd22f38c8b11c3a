package filing_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"

	"github.com/google/go-cmp/cmp"
)

func noteOf(f filing.FileFacts) filing.Note {
	return filing.Note{
		Transaction: filing.BFApplication, PartyCode: f.PartyCode, Sequence: f.Sequence,
		Documents: &f.Documents, Sum: &f.Sum, Date: &f.Created,
	}
}

func TestExpectations(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		all := filingtest.New(6).Applications(2)
		file, facts := write(t, set, f, all), filingtest.Facts("ABC", 17, all)
		good, err := set.FileName(filing.BFApplication, filing.NameFacts{Code: "ABC", Day: filingtest.Today, Sequence: 17}, "")
		if err != nil {
			t.Fatal(err)
		}
		otherName, _ := set.FileName(filing.BFApplication, filing.NameFacts{Code: "XYZ", Day: filingtest.Today, Sequence: 17}, "")
		receiptName, _ := set.FileName(filing.BFApplicationReceipt, filing.NameFacts{Code: "ABC", Day: filingtest.Today, Sequence: 17}, "")
		note := noteOf(facts)
		for _, c := range []struct {
			name     string
			expect   filing.Expect
			want     []filing.Code
			warnings []filing.Code
		}{
			{name: "all right", expect: filing.Expect{Transaction: filing.BFApplication, PartyCode: "ABC", Sequence: 17, Name: good, Note: &note}},
			{name: "code", expect: filing.Expect{PartyCode: "XYZ"}, want: []filing.Code{"F202"}},
			{name: "sequence", expect: filing.Expect{Sequence: 18}, want: []filing.Code{"F210"}},
			{name: "code in name", expect: filing.Expect{Name: otherName}, want: []filing.Code{"F201"}},
			{name: "name of a receipt", expect: filing.Expect{Name: receiptName}, want: []filing.Code{"F204"}},
			{name: "any name", expect: filing.Expect{Name: "upload"}, warnings: []filing.Code{"W414"}},
			{name: "other transaction", expect: filing.Expect{Transaction: filing.BFConfirmation}, want: []filing.Code{"F103"}},
			{name: "transaction without profile", expect: filing.Expect{Transaction: "ve.application"}, want: []filing.Code{"F103"}},
			{name: "made tomorrow", expect: filing.Expect{Today: filingtest.Today - 1}, want: []filing.Code{"F220"}},
		} {
			if c.expect.Today == 0 {
				c.expect.Today = filingtest.Today
			}
			v, _, err := filing.Check(bytes.NewReader(file), set, c.expect)
			if err != nil {
				t.Fatal(err)
			}
			general := slices.DeleteFunc(codesOf(v.Errors), func(c filing.Code) bool { return c[0] == 'D' })
			if !slices.Equal(general, c.want) {
				t.Errorf("%s: %v, wants %v", c.name, general, c.want)
			}
			if got := codesOf(v.Warnings); len(c.warnings) > 0 && !slices.Contains(got, c.warnings[0]) {
				t.Errorf("%s: warnings %v, wants %v", c.name, got, c.warnings)
			}
		}
	})
}

func TestSequenceErrorNamesTheNumberExpected(t *testing.T) {
	t.Parallel()
	file := write(t, filing.Own(), filing.TextForm, filingtest.New(6).Applications(1))
	v, _, err := filing.Check(bytes.NewReader(file), filing.Own(), filing.Expect{Today: filingtest.Today, Sequence: 18})
	if err != nil || len(v.Errors) != 1 {
		t.Fatal(v.Errors, err)
	}
	if e := v.Errors[0]; e.Swedish != "Löpnumret är 17; väntat löpnummer är 18." || e.Field != "LOPNUMMER" || e.Record != "00" || e.Line != 1 || e.Offset != 16 {
		t.Errorf("%+v", e)
	}
}

func TestEachDeviationOfTheCoverNoteIsNamed(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		all := filingtest.New(7).Applications(2)
		file, facts := write(t, set, f, all), filingtest.Facts("ABC", 17, all)
		for _, c := range []struct {
			change func(*filing.Note)
			want   []filing.Code
		}{
			{func(*filing.Note) {}, nil},
			{func(n *filing.Note) { n.Documents, n.Sum, n.Date = nil, nil, nil }, nil},
			{func(n *filing.Note) { n.PartyCode = "XYZ" }, []filing.Code{"F251"}},
			{func(n *filing.Note) { n.Sequence++ }, []filing.Code{"F252"}},
			{func(n *filing.Note) { n.Documents = ptr(int64(3)) }, []filing.Code{"F253"}},
			{func(n *filing.Note) { n.Sum = ptr(facts.Sum + 1) }, []filing.Code{"F254"}},
			{func(n *filing.Note) { n.Date = ptr(facts.Created - 1) }, []filing.Code{"F255"}},
			{func(n *filing.Note) { n.Transaction, n.Sequence, n.Sum = "ve.application", 1, ptr(money.Amount(0)) }, []filing.Code{"F250", "F252", "F254"}},
		} {
			note := noteOf(facts)
			c.change(&note)
			v, got, err := filing.Check(bytes.NewReader(file), set, filing.Expect{Today: filingtest.Today, Note: &note})
			if err != nil {
				t.Fatal(err)
			}
			found := codesOf(v.Errors)
			slices.Sort(found)
			if !slices.Equal(found, c.want) {
				t.Errorf("check: %v, wants %v", found, c.want)
			}
			if compared := codesOf(filing.Compare(note, got)); !slices.Equal(compared, c.want) {
				t.Errorf("Compare: %v, wants %v", compared, c.want)
			}
		}
	})
}

func ptr[T any](v T) *T { return &v }

func TestRepeatedReferencesAreFoundWithBothPlaces(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		all := filingtest.New(8).Applications(40)
		all[30].Reference = all[3].Reference
		all[35].Reference = all[3].Reference
		all[39].Reference = all[0].Reference
		v, _ := check(t, set, write(t, set, f, all))
		var got []int
		for _, e := range v.Errors {
			got = append(got, e.Document)
			first := "handling 4,"
			if e.Document == 40 {
				first = "handling 1,"
			}
			if e.Code != "D301" || !strings.Contains(e.Swedish, first) || e.Reference != all[e.Document-1].Reference {
				t.Errorf("%+v", e)
			}
		}
		if !slices.Equal(got, []int{31, 36, 40}) || v.Outcome != filing.Rejected || v.Counts["D301"] != 3 {
			t.Errorf("repeated in documents %v, %s", got, v.Outcome)
		}
	})
}

func TestOnlyTheFirstErrorsAreKept(t *testing.T) {
	t.Parallel()
	all := filingtest.New(9).Applications(2500)
	for i := range all {
		all[i].Total++
	}
	all[2400].Parts[0].Ground = ""
	facts := filingtest.Facts("ABC", 17, all)
	facts.Documents++
	v, _ := check(t, filing.Own(), unchecked(t, filing.Own(), filing.TextForm, facts, all))
	if v.ErrorCount != 2502 || v.Counts["D302"] != 2500 || v.Counts["D304"] != 1 || v.Counts["F230"] != 1 {
		t.Errorf("%d errors, counts %v", v.ErrorCount, v.Counts)
	}
	if len(v.Errors) != 1002 || v.Errors[999].Document != 1000 || v.Errors[1000].Code != "D304" || v.Errors[1001].Code != "F230" {
		t.Errorf("%d errors kept, the last %v", len(v.Errors), codesOf(v.Errors[999:]))
	}
	if !slices.IsSortedFunc(v.Errors, func(a, b filing.Error) int { return int(a.Offset - b.Offset) }) {
		t.Error("errors are not in the order of the file")
	}
}

func TestCheckTellsWhatItCouldNotCheck(t *testing.T) {
	t.Parallel()
	file := write(t, filing.Own(), filing.TextForm, filingtest.New(6).Applications(1))
	v, _ := check(t, filing.Own(), file)
	want := []string{filing.OwnerNotChecked, filing.PermitNotChecked, filing.SequenceNotChecked, filing.NoteNotChecked, filing.NameNotChecked}
	if d := cmp.Diff(want, v.NotChecked); d != "" {
		t.Errorf("not checked (-want +got):\n%s", d)
	}
}

func TestCheckIsPure(t *testing.T) {
	t.Parallel()
	all := filingtest.New(10).Applications(50)
	all[7].Reference, all[9].Total = all[6].Reference, 1
	file := write(t, filing.Own(), filing.TextForm, all)
	v1, f1 := check(t, filing.Own(), file)
	v2, f2 := check(t, filing.Own(), file)
	if d := cmp.Diff(v1, v2) + cmp.Diff(f1, f2); d != "" {
		t.Errorf("two checks of the same file differ:\n%s", d)
	}
}

func TestFilesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file string
		want       filing.Code // "" = any of the file as a whole
	}{
		{"empty", "", "F101"}, {"blank", " \r\n\t\n", "F101"}, {"prose", "Hej! Här kommer en fil.\r\n", "F102"},
		{"html", "<html><body>500</body></html>", "F102"}, {"zeros", strings.Repeat("\x00", 100_000), ""},
	} {
		v, facts := check(t, filing.Own(), []byte(c.file))
		if len(v.Errors) == 0 || c.want != "" && v.Errors[0].Code != c.want || v.Errors[0].Class != filing.General || v.Outcome != filing.Rejected || facts.Bytes != int64(len(c.file)) || facts.Digest == "" {
			t.Errorf("%s: %s %v, %d bytes", c.name, v.Outcome, codesOf(v.Errors), facts.Bytes)
		}
	}
}

type brokenReader struct{ io.ReadSeeker }

var errBroken = errors.New("disk on fire")

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

func TestReadingErrorsAreReturned(t *testing.T) {
	t.Parallel()
	_, _, err := filing.Check(brokenReader{strings.NewReader("")}, filing.Own(), filing.Expect{Today: filingtest.Today})
	if !errors.Is(err, errBroken) {
		t.Errorf("error %v", err)
	}
	if _, _, err := filing.Check(strings.NewReader("x"), filing.Own(), filing.Expect{}); err == nil {
		t.Error("a check without today is done")
	}
}

func TestNotesSurviveAndAreChecked(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay("2026-11-23")
	notes := []filing.Note{
		{Transaction: filing.BFApplication, PartyCode: "ABC", Sequence: 17, Documents: ptr(int64(2)), Sum: ptr(money.Amount(5433620)), Date: &day},
		{Transaction: filing.BFApplication, PartyCode: "ABC", Sequence: 1},
	}
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		for _, want := range notes {
			var out bytes.Buffer
			if err := filing.WriteNote(&out, set, f, want); err != nil {
				t.Fatal(err)
			}
			v, got, facts, err := filing.CheckNote(bytes.NewReader(out.Bytes()), set, filing.BFApplicationNote)
			if err != nil || v.Outcome != filing.Approved {
				t.Fatalf("%s, %v, %v", v.Outcome, v.Errors, err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("note (-want +got):\n%s", d)
			}
			if facts.PartyCode != "ABC" || facts.Sequence != want.Sequence || facts.Digest == "" {
				t.Errorf("facts %+v", facts)
			}
		}
		v, _, _, err := filing.CheckNote(strings.NewReader("nonsense\r\n"), set, filing.BFApplicationNote)
		if err != nil || v.Outcome != filing.Rejected {
			t.Errorf("nonsense is %s, %v", v.Outcome, err)
		}
	})
}
