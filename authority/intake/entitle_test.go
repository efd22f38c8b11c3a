package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func TestWhoMayFile(t *testing.T) {
	act := permit.Act{ID: 77, Reason: "unpaid invoices", By: "officer", At: noon()}
	represent := func(from, last int) func(*world, store.Tx) error {
		return func(w *world, tx store.Tx) error {
			return w.parties.AddRepresentative(tx, party.Representative{
				ID: 9, CodeID: codeID, Organisation: agent, From: filingtest.Today.AddDays(from), Last: filingtest.Today.AddDays(last),
			})
		}
	}
	cases := map[string]struct {
		before func(*world, store.Tx) error
		sender string
		code   string
		want   []filing.Code // none: approved
		filed  bool          // the receipt is filed under the code
	}{
		"owner":                 {sender: owner, code: code, filed: true},
		"representative":        {before: represent(-1, 1), sender: agent, code: code, filed: true},
		"representative on day": {before: represent(0, 0), sender: agent, code: code, filed: true},
		"representative later":  {before: represent(1, 2), sender: agent, code: code, want: []filing.Code{"F271"}},
		"representative before": {before: represent(-2, -1), sender: agent, code: code, want: []filing.Code{"F271"}},
		"stranger":              {sender: stranger, code: code, want: []filing.Code{"F271"}},
		"unknown code":          {sender: owner, code: "ZZZ", want: []filing.Code{"F270"}},
		"suspended": {
			before: func(w *world, tx store.Tx) error { return w.permits.Suspend(tx, codeID, act) },
			sender: owner, code: code, want: []filing.Code{"F274"}, filed: true,
		},
		"revoked": {
			before: func(w *world, tx store.Tx) error { return w.permits.Revoke(tx, codeID, act) },
			sender: owner, code: code, want: []filing.Code{"F272"}, filed: true,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			if c.before != nil {
				w.do(func(tx store.Tx) error { return c.before(w, tx) })
			}
			a := w.shs()
			a.Sender = c.sender
			w.take(a, file(filing.TextForm, c.code, 1, 1, 0), note(filing.TextForm, c.code, 1, 1, 0))
			all, posted := w.receipts(c.sender), w.messages(c.sender)
			if len(all) != 1 {
				t.Fatalf("%d receipts at the sender, want 1", len(all))
			}
			if diff := cmp.Diff(c.want, codes(all[0])); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			if filed := posted[0].Code == c.code; filed != c.filed {
				t.Errorf("filed under %q", posted[0].Code)
			}
			if (c.want != nil) != (all[0].Outcome == filing.Rejected) {
				t.Errorf("outcome %s", all[0].Outcome)
			}
			if told := all[0].Expected != 0; told != c.filed {
				t.Errorf("expected next %d: only who has a part in the series is told", all[0].Expected)
			}
			w.checkWhole()
		})
	}
}

// TestAHalfOfAStrangerReplacesNothing: who has no part in the code cannot
// touch what waits under it.
func TestAHalfOfAStrangerReplacesNothing(t *testing.T) {
	each(t, func(w *world) {
		w.take(w.shs(), file(filing.TextForm, code, 1, 1, 0))
		a := w.shs()
		a.Sender = stranger
		w.take(a, file(filing.TextForm, code, 1, 1, 5))
		answer := w.take(w.shs(), note(filing.TextForm, code, 1, 1, 0))
		if diff := cmp.Diff(are(yes), outcomes(answer)); diff != "" {
			t.Errorf("outcome (-want +got):\n%s", diff)
		}
		w.checkWhole()
	})
}

// TestSubCode: a sub-code has a series of its own and the permit of its main
// code (R62).
func TestSubCode(t *testing.T) {
	each(t, func(w *world) {
		w.do(func(tx store.Tx) error {
			return w.parties.AddSubCode(tx, party.Code{ID: 50, Code: "SUB", MainID: codeID, Organisation: owner})
		})
		w.approve(1)
		w.approve(2)
		answer := w.take(w.shs(), file(filing.TextForm, "SUB", 1, 1, 0), note(filing.TextForm, "SUB", 1, 1, 0))
		if diff := cmp.Diff(are(yes, yes), outcomes(answer)); diff != "" {
			t.Errorf("outcomes (-want +got):\n%s", diff)
		}
		f := w.due(filingtest.Today, 0, 10)[2]
		if f.CodeID != 50 || f.MainCodeID != codeID || f.PartyCode != "SUB" {
			t.Errorf("file %+v", f)
		}
		w.checkWhole()
	})
}

// TestReceiptsArePushed to the sender where that is how its address is served.
func TestReceiptsArePushed(t *testing.T) {
	const service = "https://filer.example/shs/rs"
	each(t, func(w *world) {
		w.do(func(tx store.Tx) error {
			c, _, err := w.parties.ByID(tx, codeID)
			if err != nil {
				return err
			}
			c.Delivery = party.Delivery{Address: owner, Mode: party.Pushed, URL: service}
			return w.parties.UpdateCode(tx, c)
		})
		a := w.shs()
		w.take(a, file(filing.TextForm, code, 1, 1, 0), note(filing.TextForm, code, 1, 1, 0))
		a = w.shs()
		a.Address = owner + ".claims" // another outbox of the same organisation is fetched
		w.take(a, file(filing.TextForm, code, 2, 1, 0), note(filing.TextForm, code, 2, 1, 0))
		pushed, fetched := w.messages(owner)[0], w.messages(a.Address)[0]
		if pushed.PushTo != service || fetched.PushTo != "" {
			t.Errorf("pushed to %q and %q", pushed.PushTo, fetched.PushTo)
		}
		if pushed.CorrID != "corr-1" || fetched.CorrID != "corr-2" || pushed.TxID == pushed.ContentID {
			t.Errorf("receipts %+v, %+v", pushed.Message, fetched.Message)
		}
	})
}
