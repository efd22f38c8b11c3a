package filing_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// TestAllRefusedIsRejected: in the mode per document a file of which nothing
// stands is rejected, as is one with a general error (R42–R43).
func TestAllRefusedIsRejected(t *testing.T) {
	t.Parallel()
	wrong := func() filing.Content {
		return &filing.Withdrawal{CaseKey: filing.CaseKey{Reference: "26-x"}}
	}
	good := filingtest.Contents(filing.BFWithdrawal, 3, 1)[0]
	for _, c := range []struct {
		name    string
		all     []filing.Content
		more    int64 // stated besides
		want    filing.Outcome
		refused []int
	}{
		{"one of three", []filing.Content{good, wrong(), good}, 0, filing.ApprovedInPart, []int{2}},
		{"two of three", []filing.Content{wrong(), good, wrong()}, 0, filing.ApprovedInPart, []int{1, 3}},
		{"all", []filing.Content{wrong(), wrong()}, 0, filing.Rejected, nil},
		{"wrong number of documents", []filing.Content{good, wrong()}, 1, filing.Rejected, nil},
	} {
		for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
			file := stating(t, filing.BFWithdrawal, f, c.all, c.more)
			v, _ := check(t, filing.Own(), file)
			if v.Outcome != c.want || !slices.Equal(v.Refused, c.refused) {
				t.Errorf("%s, %s: %s, refused %v, wants %s, %v", c.name, f, v.Outcome, v.Refused, c.want, c.refused)
			}
		}
	}
}

// TestOtherMeasuresGoOnPaper: what is neither payment nor repossession cannot be
// sought by file, whatever its code (R58).
func TestOtherMeasuresGoOnPaper(t *testing.T) {
	t.Parallel()
	for f, change := range map[filing.Form][2]string{
		filing.TextForm: {"01M26-x                          B", "01M26-x                          V"},
		filing.XMLForm:  {">betalning<", ">avhysning<"},
	} {
		file := withOwnSum(t, filing.VEApplication, f, []filing.Content{validEnforcement()})
		v, _ := check(t, filing.Own(), bytes.Replace(file, []byte(change[0]), []byte(change[1]), 1))
		if v.Outcome != filing.Rejected || len(v.Errors) != 1 || v.Errors[0].Code != "D460" || !strings.Contains(v.Errors[0].Remedy, "papper") {
			t.Errorf("%s: %s, %+v", f, v.Outcome, v.Errors)
		}
	}
}

// TestCodesNameWhatTheyTellOf: a code that was found in a file of a transaction
// is shown in its description.
func TestCodesNameWhatTheyTellOf(t *testing.T) {
	t.Parallel()
	for tx, paths := range lost {
		for path, codes := range paths {
			for _, code := range codes {
				if info, _ := filing.Explain(string(code)); !info.Of(tx) {
					t.Errorf("%s lacks %s of %s among its transactions", code, path, tx)
				}
			}
		}
	}
	for _, c := range filing.Codes() {
		for _, tx := range c.Transactions {
			if info, ok := filing.Info(tx); !ok || info.Direction != filing.In || info.Role != filing.RoleFile {
				t.Errorf("%s names %s, which filers do not send", c.Code, tx)
			}
		}
	}
}

// TestOwnReferencesRepeat: what begins a case has a reference of its own; what
// concerns a case may name it again.
func TestOwnReferencesRepeat(t *testing.T) {
	t.Parallel()
	own := map[filing.Transaction]bool{
		filing.BFApplication: true, filing.VEApplication: true, filing.SCClaim: true, filing.DERequest: true, filing.PERequest: true,
		filing.BFWithdrawal: false, filing.BFReduction: false, filing.VEChange: false, filing.XXPartyChange: false,
	}
	incoming(t, func(t *testing.T, tx filing.Transaction, f filing.Form, _ []byte) {
		unique, listed := own[tx]
		if !listed {
			t.Fatalf("%s is not in the table of this test", tx)
		}
		all := filingtest.Contents(tx, 4, 3)
		v, _ := check(t, filing.Own(), withOwnSum(t, tx, f, []filing.Content{all[0], all[1], all[0]}))
		want := filing.Approved
		if unique {
			want = filing.Rejected
		}
		if repeated := v.Counts["D301"] == 1; v.Outcome != want || repeated != unique {
			t.Errorf("%s with %v", v.Outcome, v.Counts)
		}
	})
}
