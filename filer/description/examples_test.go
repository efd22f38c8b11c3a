package description

import (
	"bytes"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/layout"
	"filtjanst/money"
)

// Every description of our own set has an example in each of its forms.
func TestEveryDescriptionHasExamples(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	for _, tx := range set.Transactions() {
		shown, err := examples(set, tx)
		if err != nil {
			t.Errorf("%s: %v", tx, err)
		}
		l, _ := set.Layout(tx)
		if len(shown) < len(l.Forms()) {
			t.Errorf("%s has %d examples in %d forms", tx, len(shown), len(l.Forms()))
		}
	}
}

// What filers are shown as right is approved without warning, and receipts say
// what their titles say.
func TestExamplesAreWhatTheySay(t *testing.T) {
	t.Parallel()
	set := filing.Own()
	s, err := newStory()
	if err != nil {
		t.Fatal(err)
	}
	for tx, files := range s.files {
		info, _ := filing.Info(tx)
		l, _ := set.Layout(tx)
		for _, file := range files {
			for _, form := range l.Forms() {
				data, err := s.write(set, tx, form, file)
				if err != nil {
					t.Fatalf("%s: %v", tx, err)
				}
				switch {
				case info.Role == filing.RoleReceipt:
					expectOutcome(t, set, tx, data, file.title)
				case info.Direction == filing.In && info.Role == filing.RoleFile:
					v, _, err := filing.Check(bytes.NewReader(data), set, filing.Expect{Transaction: tx, Today: file.facts.Created})
					if err != nil || v.Outcome != filing.Approved || len(v.Warnings) > 0 {
						t.Errorf("%s, %s: %s, %v, %+v, %+v", tx, form, v.Outcome, err, v.Errors, v.Warnings)
					}
				}
			}
		}
	}
}

func expectOutcome(t *testing.T, set *filing.Set, tx filing.Transaction, data []byte, title string) {
	t.Helper()
	r, err := filing.ReadReceipt(bytes.NewReader(data), set, tx)
	if err != nil {
		t.Errorf("%s: %v", tx, err)
		return
	}
	want := filing.Approved
	switch {
	case strings.HasPrefix(title, "Delvis"):
		want = filing.ApprovedInPart
	case strings.HasPrefix(title, "Avvisad"):
		want = filing.Rejected
	}
	if r.Outcome != want || (r.ErrorCount == 0) != (want == filing.Approved) || (r.Expected == r.Sequence) != (want == filing.Rejected && r.Counts["F210"] == 0) {
		t.Errorf("%s, %q: %s with %v, number %d, next %d", tx, title, r.Outcome, r.Counts, r.Sequence, r.Expected)
	}
}

// The amounts of the story add up.
func TestAccountsOfTheExamplesAddUp(t *testing.T) {
	t.Parallel()
	s, err := newStory()
	if err != nil {
		t.Fatal(err)
	}
	for _, files := range s.files {
		for _, file := range files {
			for _, c := range file.documents {
				for side, left := range sides(c) {
					if left.a != left.b {
						t.Errorf("%T: %s: %v is not %v", c, side, left.a, left.b)
					}
				}
			}
		}
	}
}

type equal struct{ a, b money.Amount }

// sides are the sums that a document must hold.
func sides(c filing.Content) map[string]equal {
	switch d := c.(type) {
	case *filing.PaymentOrderVerdict:
		var sum, interest money.Amount
		for _, p := range d.Parts {
			sum, interest = sum+p.Amount+p.Accrued, interest+p.Accrued
		}
		return map[string]equal{"total": {sum, d.Total}, "interest": {interest, d.Interest}}
	case *filing.FinalAccount:
		allocated := d.Capital + d.Costs + d.InterestPaid
		return map[string]equal{
			"debt":     {d.Claimed + d.Interest + d.Restored, allocated + d.Linked + d.Reduced + d.Remaining},
			"received": {d.Received, allocated + d.Fees + d.Returned},
			"paid out": {d.PaidOut, allocated - d.TakenBack},
		}
	case *filing.EnforcementReport:
		if a := d.Account; a != nil {
			return map[string]equal{"received": {a.Received + a.Linked, a.Interest + a.Costs + a.Capital + a.Fees}}
		}
	}
	return nil
}

// What a set does not describe by itself has no description.
func TestNoDescription(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Write(&out, filing.Own(), filing.VEInvestigation, layout.Markdown); err == nil || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}
