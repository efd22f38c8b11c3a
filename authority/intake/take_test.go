package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func TestOneMessageIsApproved(t *testing.T) {
	each(t, func(w *world) {
		content, cover := file(filing.TextForm, code, 1, 3, 0), note(filing.TextForm, code, 1, 3, 0)
		answer := w.take(w.shs(), content, cover)
		if diff := cmp.Diff([]filing.Outcome{filing.Approved, filing.Approved}, outcomes(answer)); diff != "" {
			t.Fatalf("outcomes (-want +got):\n%s\n%v", diff, w.receipts(owner))
		}
		all := w.receipts(owner)
		if len(all) != 1 {
			t.Fatalf("%d receipts, want 1", len(all))
		}
		r := all[0]
		if r.Outcome != filing.Approved || r.TransactionID != answer.TransactionID || r.Expected != 2 || r.Sequence != 1 || r.Documents != 3 {
			t.Errorf("receipt %+v", r)
		}
		if r.ReadIn != filingtest.Today || calendar.Of(r.Arrived) != filingtest.Today {
			t.Errorf("read in %v, arrived %v", r.ReadIn, r.Arrived)
		}
		if r.Event == "" || len(r.EventDigest) != 64 || len(r.Digest) != 64 || len(r.NoteDigest) != 64 {
			t.Errorf("digests missing in %+v", r)
		}
	})
}
