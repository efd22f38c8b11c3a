package enforcement_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

func (b *bench) outgoing() (all []service.Batch) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		all, err = b.room.Outgoing(r, b.today())
		return err
	})
	return all
}

func (b *bench) mark(batch service.Batch) error {
	return b.db.Do(b.Context(), func(tx store.Tx) error { return b.room.Sent(tx, batch) })
}

// A file keeps its name until it is sent, through evenings that were missed,
// and takes what comes meanwhile with it.
func TestFileWaitsUntilItIsSent(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1), application("B", 2), application("C", 3))
		b.must(b.room.Withdraw(b.Context(), officer, b.one("A").Number))
		first := b.outgoing()
		b.sleep(3)
		b.must(b.room.Withdraw(b.Context(), officer, b.one("B").Number))
		again := b.outgoing()
		if len(first) != 1 || len(again) != 1 || first[0].Key != again[0].Key || again[0].Documents != 2 {
			b.Fatalf("%+v, then %+v", first, again)
		}
		if err := b.mark(first[0]); err == nil {
			b.Error("a file that lacks a line was marked as sent")
		}
		facts, lines := b.written(again[0])
		if facts.Sequence != 1 || len(lines) != 2 {
			b.Errorf("%+v with %d lines", facts, len(lines))
		}
		b.must(b.mark(again[0]))
		if err := b.mark(again[0]); err == nil {
			b.Error("marked as sent twice")
		}
		b.must(b.room.Withdraw(b.Context(), officer, b.one("C").Number))
		next := b.outgoing()
		if len(next) != 1 || next[0].Sequence != 2 || next[0].Documents != 1 {
			b.Errorf("next %+v", next)
		}
	})
}

// Each outgoing transaction says what happened, in its form.
func TestWhatIsTold(t *testing.T) {
	each(t, func(b *bench) {
		s := &scene{bench: b, reference: "A", debtor: 1}
		s.begin(false)
		s.must(s.room.Investigate(b.Context(), officer, s.number, filing.AssetsPartly, b.in(30), "en bil"))
		s.plainAct((*enforcement.Enforcements).Resume)
		s.earnings(filing.EarningsNew)
		told := b.sent()
		report := told[filing.VEInterimAccount][0].(*filing.EnforcementReport)
		want := &filing.EnforcementReport{Reference: "A", CaseNumber: s.number, Investigation: &filing.Investigation{
			Date: b.today(), Result: filing.AssetsPartly, Planned: b.in(30), Text: "en bil"}}
		if diff := cmp.Diff(want, report); diff != "" {
			b.Error(diff)
		}
		earnings := told[filing.VEEarningsAttachment][0].(*filing.EarningsAttachment)
		if earnings.Amount != 900_00 || earnings.Decided != b.today() || earnings.Employer.Name != "Arbetsgivaren AB" {
			b.Errorf("earnings %+v", earnings)
		}
	})
}
