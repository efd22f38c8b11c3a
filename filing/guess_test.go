package filing_test

import (
	"bytes"
	"slices"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// TestAFileWithASpoiltCodeIsJudgedAsWhatItLooksLike: where the transaction in a
// file is no code, the file is held against the description that it fits best.
func TestAFileWithASpoiltCodeIsJudgedAsWhatItLooksLike(t *testing.T) {
	t.Parallel()
	eachFile(t, func(t *testing.T, set *filing.Set, tx filing.Transaction, f filing.Form) {
		info, _ := filing.Info(tx)
		if info.Direction != filing.In || set.Name() != filing.Own().Name() {
			t.Skip("filers do not send it by our own set")
		}
		file, err := filingtest.File(set, tx, f, 2, 8)
		if err != nil {
			t.Fatal(err)
		}
		v, facts := check(t, set, spoiltTransaction(file, f))
		if facts.Transaction != tx || v.Outcome != filing.Rejected || v.Counts["F131"] != 1 || v.ErrorCount != 1 {
			t.Errorf("judged as %s: %s, %v", facts.Transaction, v.Outcome, v.Counts)
		}
	})
}

func spoiltTransaction(file []byte, f filing.Form) []byte {
	if f == filing.TextForm {
		return append([]byte("00??"), file[4:]...)
	}
	at := bytes.Index(file, []byte("Transaktion>")) + len("Transaktion>")
	return slices.Concat(file[:at], []byte("?"), file[at+1:])
}
