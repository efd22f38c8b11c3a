package filing_test

import (
	"bytes"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// FuzzCheck feeds whatever bytes to both sets: a check never panics, always
// comes to a verdict that agrees with its errors, and comes to it again.
func FuzzCheck(f *testing.F) {
	own, other := filing.Own(), otherSet(f)
	for _, set := range []*filing.Set{own, other} {
		for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			file := write(f, set, form, filingtest.New(11).Applications(3))
			f.Add(file)
			f.Add(file[:len(file)/2])
			f.Add(bytes.Replace(file, []byte("Box"), []byte("B\x00\xff"), 1))
		}
	}
	f.Add([]byte("<"))
	f.Add([]byte("00BFANS "))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, set := range []*filing.Set{own, other} {
			v, facts := check(t, set, file)
			if (v.Outcome == filing.Approved) != (v.ErrorCount == 0) || len(v.Errors) > v.ErrorCount {
				t.Fatalf("%s with %d errors of %d", v.Outcome, len(v.Errors), v.ErrorCount)
			}
			if facts.Bytes != int64(len(file)) {
				t.Fatalf("%d bytes of %d", facts.Bytes, len(file))
			}
			for _, e := range v.Errors {
				if e.Offset < 0 || e.Offset > int64(len(file)) || e.Swedish == "" || bytes.ContainsRune([]byte(e.Swedish), '{') && !bytes.ContainsRune(file, '{') {
					t.Fatalf("%+v", e)
				}
			}
			if v.Outcome == filing.Approved {
				readAll(t, set, facts, file)
			}
		}
	})
}

// readAll: what is approved can be read as typed documents and written again.
func readAll(t *testing.T, set *filing.Set, facts filing.Facts, file []byte) {
	t.Helper()
	r, err := filing.Documents(bytes.NewReader(file), set, facts.Transaction, facts.Form)
	if err != nil {
		if facts.Transaction == filing.BFApplication {
			t.Fatal(err)
		}
		return
	}
	r.At(filingtest.Today.Time())
	for range facts.Documents {
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
	}
}
