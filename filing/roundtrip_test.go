package filing_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"

	"github.com/google/go-cmp/cmp"
)

var numbers = cmp.Comparer(func(a, b identity.Number) bool { return a == b })

func TestToday(t *testing.T) {
	t.Parallel()
	if got := filingtest.Today.String(); got != "2026-11-23" {
		t.Errorf("filingtest.Today = %s, wants 2026-11-23", got)
	}
}

// failer is what helpers need of *testing.T, *testing.B and *rapid.T.
type failer interface {
	Helper()
	Fatal(...any)
}

// write gives the file of the applications.
func write(t failer, set *filing.Set, f filing.Form, all []filing.Application) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := filing.NewWriter(&out, set, filing.BFApplication, f, filingtest.Facts("ABC", 17, all))
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if err := w.Write(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func check(t testing.TB, set *filing.Set, file []byte) (filing.Verdict, filing.Facts) {
	t.Helper()
	v, f, err := filing.Check(bytes.NewReader(file), set, filing.Expect{Today: filingtest.Today})
	if err != nil {
		t.Fatal(err)
	}
	return v, f
}

// eachForm runs the test for both forms of every set.
func eachForm(t *testing.T, test func(t *testing.T, set *filing.Set, f filing.Form)) {
	t.Helper()
	for _, set := range sets(t) {
		for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
			t.Run(set.Name()+"/"+string(f), func(t *testing.T) {
				t.Parallel()
				test(t, set, f)
			})
		}
	}
}

func TestApplicationsSurviveWritingAndReading(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		want := filingtest.New(1).Applications(200)
		file := write(t, set, f, want)
		r, err := filing.Documents(bytes.NewReader(file), set, filing.BFApplication, f)
		if err != nil {
			t.Fatal(err)
		}
		r.At(filingtest.Today.Time())
		for i := range want {
			got, err := r.Next()
			if err != nil {
				t.Fatalf("application %d: %v", i+1, err)
			}
			if d := cmp.Diff(&want[i], got, numbers); d != "" {
				t.Fatalf("application %d (-want +got):\n%s", i+1, d)
			}
			at := r.Position()
			if line := 1 + bytes.Count(file[:at.Offset], []byte("\n")); at.Line != int64(line) || !begins(file[at.Offset:], f, at.Record) {
				t.Fatalf("application %d begins at %+v, line %d, with %q", i+1, at, line, file[at.Offset:][:20])
			}
		}
		if _, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("after the last application: %v, wants io.EOF", err)
		}
		if d := cmp.Diff(filingtest.Facts("ABC", 17, want), r.File()); d != "" {
			t.Errorf("facts (-want +got):\n%s", d)
		}
	})
}

// begins tells whether a file goes on with a line of the record type, or with
// the element that the path ends in.
func begins(file []byte, f filing.Form, record string) bool {
	if f == filing.XMLForm {
		return bytes.HasPrefix(file, []byte("<"+record[strings.LastIndexByte(record, '/')+1:]))
	}
	line, _, _ := bytes.Cut(file, []byte("\n"))
	return record != "" && bytes.Contains(line, []byte(record))
}

func TestCheckApprovesWhatIsValid(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		want := filingtest.New(2).Applications(300)
		file := write(t, set, f, want)
		v, facts := check(t, set, file)
		if v.Outcome != filing.Approved {
			t.Fatalf("outcome %s, first errors %v", v.Outcome, head(v.Errors))
		}
		if facts.Transaction != filing.BFApplication || facts.Form != f || facts.PartyCode != "ABC" || facts.Sequence != 17 ||
			facts.Documents != 300 || facts.Sum != filingtest.Facts("", 0, want).Sum || facts.Created != filingtest.Today ||
			facts.Bytes != int64(len(file)) {
			t.Errorf("facts %+v", facts)
		}
	})
}

func head(errors []filing.Error) []filing.Error { return errors[:min(3, len(errors))] }

func TestApplicationsSurviveTheTree(t *testing.T) {
	t.Parallel()
	for _, want := range filingtest.New(14).Applications(100) {
		tree, err := filing.ToTree(filing.BFApplication, &want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := filing.FromTree(tree, filingtest.Today.Time())
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(&want, got, numbers); d != "" {
			t.Fatalf("(-want +got):\n%s", d)
		}
	}
	wrong := plain()
	wrong.Parts[0].Type = "tax"
	if _, err := filing.ToTree(filing.BFApplication, &wrong); err == nil {
		t.Error("a claim part of a type that does not exist has a tree")
	}
}
