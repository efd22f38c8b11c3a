package enforcement_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/filing"
)

// A debt that is paid in two payments: fees first, interest, costs, capital.
func TestLifeThatLeadsToPayment(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1))
		c := b.one("A")
		if c.State != enforcement.Registered {
			b.Fatalf("state %s", c.State)
		}
		b.sleep(1)
		if got := b.state(c.Number); got != enforcement.InProgress {
			b.Fatalf("state %s", got)
		}
		b.must(b.room.Receive(b.Context(), officer, c.Number, 700_00, b.today(), "insättning"))
		b.sleep(14)
		accounts := b.sent()[filing.VEInterimAccount]
		if len(accounts) != 1 {
			b.Fatalf("%d interim accounts", len(accounts))
		}
		a := accounts[0].(*filing.EnforcementReport).Account
		if a.Interest+a.Costs+a.Capital+a.Fees != a.Received+a.Linked || a.Fees != 600_00 || a.PaidOut != 100_00 {
			b.Errorf("interim account %+v", a)
		}
		b.must(b.room.Receive(b.Context(), officer, c.Number, 2000_00, b.today(), "insättning"))
		final := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		b.addsUp(final)
		if final.Reason != filing.FinalPaid || final.Remaining != 0 || final.Returned == 0 {
			b.Errorf("final account %+v", final)
		}
		if again := b.sent(); len(again) != 0 {
			b.Errorf("sent again: %v", again)
		}
	})
}

// addsUp holds a final account against what its type promises.
func (b *bench) addsUp(f *filing.FinalAccount) {
	b.Helper()
	allocated := f.Capital + f.Costs + f.InterestPaid
	if f.Claimed+f.Interest+f.Restored != allocated+f.Linked+f.Reduced+f.Remaining {
		b.Errorf("the debt does not add up: %+v", f)
	}
	if f.Received != allocated+f.Fees+f.Returned {
		b.Errorf("what was received does not add up: %+v", f)
	}
	if f.PaidOut != allocated-f.TakenBack {
		b.Errorf("what was paid out does not add up: %+v", f)
	}
	if f.Remaining < 0 || f.PaidOut < 0 || f.Returned < 0 {
		b.Errorf("less than nothing: %+v", f)
	}
}

func TestLinkedCasesCreditEachOther(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1, 2))
		all := b.find("A")
		if len(all) != 2 || all[0].LinkGroup != all[0].Number || all[1].LinkGroup != all[0].Number {
			b.Fatalf("cases %+v", all)
		}
		b.must(b.room.Receive(b.Context(), officer, all[0].Number, 1000_00, b.today(), ""))
		b.must(b.room.Receive(b.Context(), officer, all[1].Number, 2000_00, b.today(), ""))
		var got []filing.FinalReason
		for _, c := range b.sent()[filing.VEFinalAccount] {
			f := c.(*filing.FinalAccount)
			b.addsUp(f)
			got = append(got, f.Reason)
		}
		if diff := cmp.Diff([]filing.FinalReason{filing.FinalPaid, filing.FinalPaidLinked}, got); diff != "" {
			b.Error(diff)
		}
	})
}

// Debtors who are not jointly liable owe a share each.
func TestSharesAreNotLinked(t *testing.T) {
	each(t, func(b *bench) {
		a := application("A", 1, 2, 3)
		a.Joint = false
		f := b.open(a)
		_, lines := b.written(b.confirmation(f))
		var sum int64
		for _, l := range lines {
			c := l.(*filing.ConfirmedEnforcement)
			sum += int64(c.Sum)
			if c.LinkGroup != "" || c.Fee != 600_00 {
				b.Errorf("line %+v", c)
			}
		}
		if len(lines) != 3 || sum != 1190_00 {
			b.Errorf("%d lines of %d öre", len(lines), sum)
		}
	})
}

func TestTitleThatIsNeverLodged(t *testing.T) {
	each(t, func(b *bench) {
		f := b.open(unlodged("A", 1))
		_, lines := b.written(b.confirmation(f))
		if c := lines[0].(*filing.ConfirmedEnforcement); c.State != filing.StateAwaitingTitle || c.LodgeBy.IsZero() || c.Fee != 0 {
			b.Errorf("confirmed %+v", c)
		}
		b.sleep(30)
		final := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		b.addsUp(final)
		if final.Reason != filing.FinalDismissed || final.FeesUnpaid != 0 {
			b.Errorf("final account %+v", final)
		}
	})
}

func TestTitleSetAsideTakesMoneyBack(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1, 2))
		all := b.find("A")
		b.must(b.room.Receive(b.Context(), officer, all[0].Number, 900_00, b.today(), ""))
		b.sleep(14)
		b.must(b.room.Receive(b.Context(), officer, all[0].Number, 100_00, b.today(), ""))
		b.sent()
		b.must(setAside(b.room, b.Context(), officer, all[0].Number))
		final := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		b.addsUp(final)
		if final.TakenBack != 300_00 || final.Returned != 100_00 || final.PaidOut != 0 {
			b.Errorf("final account %+v", final)
		}
		b.must(b.room.Withdraw(b.Context(), officer, all[1].Number))
		linked := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		b.addsUp(linked)
		if linked.Remaining != linked.Claimed+linked.Interest || linked.FeesUnpaid != 0 {
			b.Errorf("linked final account %+v", linked)
		}
	})
}
