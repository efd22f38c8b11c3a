package forms

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// A file that cannot be read is refused with the place, in both languages.
func TestRefusals(t *testing.T) {
	t.Parallel()
	const file = `"file": {"transaction":"bf.application"}`
	for name, test := range map[string]struct{ file, sv, en string }{
		"cut":           {`{"transaction": "bf.application", ` + file + `, "documents": [`, "inte hel JSON, vid byte 90", "not whole JSON, at byte 90"},
		"more follows":  {`{"transaction": "bf.application"} {}`, "more follows", "more follows"},
		"unknown fact":  {`{"transaction": "bf.application", "documents": [{"colour": "red"}]}`, "handling 1 kan inte läsas: ", "document 1 cannot be read: "},
		"unknown of it": {`{"transaction": "bf.application", "file": {"colour": "red"}}`, "filens uppgifter kan inte läsas: ", "the facts of the file cannot be read: "},
		"wrong column":  {"#document,#group,transaction,colour\n,file,bf.application,\n", `kolumnen "colour" finns inte`, `there is no column "colour"`},
		"no group":      {"#document,transaction\n,bf.application\n", `kolumnen "#group" saknas`, `the column "#group" is missing`},
		"wrong part":    {"#document,#group,transaction\n,file,bf.application\n1,document.x,\n", `rad 3: det finns ingen del "document.x"`, `line 3: there is no part "document.x"`},
		"twice":         {"#document,#group,transaction\n,file,bf.application\n1,document,\n1,document,\n", "rad 4: document står två gånger", "line 4: document stands twice"},
		"lone part":     {"#document,#group,transaction\n,file,bf.application\n1,document.applicant,\n", "rad 3: document.applicant saknar", "line 3: document.applicant lacks"},
		"short row":     {"#document,#group,transaction\n,file,bf.application\n1,document\n", "rad 3 kan inte läsas: ", "line 3 cannot be read: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refusal, ok := errors.AsType[*Refusal](convert(io.Discard, filing.Own(), []byte(test.file), JSON))
			if !ok || !strings.Contains(refusal.Swedish(), test.sv) || !strings.Contains(refusal.English(), test.en) {
				t.Errorf("%v", refusal)
			}
		})
	}
}

// What a form cannot carry is refused with the document, and never told.
func TestWhatAFormCannotCarry(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	file, err := filingtest.File(set, filing.BFWithdrawal, filing.TextForm, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	reference := []byte(`"reference":"`)
	spoilt := converted(t, set, file, JSON)
	last := bytes.LastIndex(spoilt, reference) + len(reference)
	spoilt = append(append(bytes.Clone(spoilt[:last]), "☃"...), spoilt[last:]...)
	refusal, ok := errors.AsType[*Refusal](convert(io.Discard, set, spoilt, filing.TextForm))
	if !ok || !strings.HasPrefix(refusal.Swedish(), "handling 2 kan inte skrivas som text: ") || !strings.HasPrefix(refusal.English(), "document 2 cannot be written as text: ") {
		t.Errorf("%v", refusal)
	}
}

// A text file with a fault is not read; the fault is told as a check tells it.
func TestFaults(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	file, err := filingtest.File(set, filing.BFWithdrawal, filing.TextForm, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	day := []byte(strings.ReplaceAll(filingtest.Today.String(), "-", ""))
	faulty := bytes.Replace(file, day, []byte("20261399"), 1)
	if err := convert(io.Discard, set, faulty, JSON); !errors.Is(err, ErrFaulty) {
		t.Errorf("it was read: %v", err)
	}
	faults, err := Faults(bytes.NewReader(faulty), set, filingtest.Today)
	if err != nil || len(faults) != 1 || faults[0].Line != 1 {
		t.Errorf("%+v, %v", faults, err)
	}
}
