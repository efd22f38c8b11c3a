package filing_test

import (
	"bytes"
	"slices"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// FuzzEveryTransaction feeds whatever bytes to a check that expects any of the
// transactions: it never panics, its verdict agrees with its errors and its
// mode, and what it approves can be read as documents and written again.
func FuzzEveryTransaction(f *testing.F) {
	set := filing.Own()
	known := set.Transactions()
	for i, tx := range known {
		for _, form := range mustLayout(f, set, tx).Forms() {
			file, err := filingtest.File(set, tx, form, 11, 1)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(uint8(i), file)
			f.Add(uint8(i), file[:len(file)*2/3])
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, file []byte) {
		e := filing.Expect{Today: filingtest.Today}
		if int(which) < len(known) {
			e.Transaction = known[which]
		}
		v, facts, err := filing.Check(bytes.NewReader(file), set, e)
		if err != nil {
			t.Fatal(err)
		}
		agrees(t, set, v, facts)
		if v.Outcome == filing.Approved && filingtest.Made(facts.Transaction) {
			rewritten(t, set, facts, file)
		}
	})
}

// agrees holds a verdict against its errors and the mode of the transaction.
func agrees(t *testing.T, set *filing.Set, v filing.Verdict, facts filing.Facts) {
	t.Helper()
	if (v.Outcome == filing.Approved) != (v.ErrorCount == 0) || len(v.Errors) > v.ErrorCount {
		t.Fatalf("%s with %d errors of %d", v.Outcome, len(v.Errors), v.ErrorCount)
	}
	policy, _ := set.Policy(facts.Transaction)
	if inPart := v.Outcome == filing.ApprovedInPart; inPart != (len(v.Refused) > 0) || inPart && policy.DocumentErrors != filing.PerDocument {
		t.Fatalf("%s, refused %v, mode %s", v.Outcome, v.Refused, policy.DocumentErrors)
	}
	if !slices.IsSorted(v.Refused) || len(v.Refused) > 0 && int64(v.Refused[len(v.Refused)-1]) > facts.Documents {
		t.Fatalf("refused %v of %d", v.Refused, facts.Documents)
	}
}

// rewritten reads an approved file, writes what was read, and reads that again.
func rewritten(t *testing.T, set *filing.Set, facts filing.Facts, file []byte) {
	t.Helper()
	all, said, err := readBack(set, facts.Transaction, facts.Form, file)
	if err != nil || int64(len(all)) != facts.Documents {
		t.Fatalf("%d of %d documents: %v", len(all), facts.Documents, err)
	}
	again, err := filingtest.Write(set, facts.Transaction, facts.Form, said, all)
	if err != nil {
		if info, _ := filing.Info(facts.Transaction); info.Direction == filing.In {
			t.Fatal(err)
		}
		return // totals of what the authority sends are not checked
	}
	if _, _, err := readBack(set, facts.Transaction, facts.Form, again); err != nil {
		t.Fatal(err)
	}
}
