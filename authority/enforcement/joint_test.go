package enforcement_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// ofJoint is a verdict on the joint debt of one application against some of its
// debtors: capital and interest as granted.
func ofJoint(number string, day calendar.Day, capital, accrued money.Amount, debtors ...int) enforcement.FromVerdict {
	v := verdict(number, debtors...)
	v.Reference, v.Day = "J", day
	v.Parts[0].Amount, v.Parts[0].Accrued = capital, accrued
	return v
}

func (b *bench) owed(number string) money.Amount {
	b.Helper()
	var o enforcement.Owed
	b.read(func(r store.Reader) (err error) {
		o, err = b.room.Owed(r, number, b.today())
		return err
	})
	return o.Debt
}

func (b *bench) finals() map[string]*filing.FinalAccount {
	b.Helper()
	all := map[string]*filing.FinalAccount{}
	for _, c := range b.sent()[filing.VEFinalAccount] {
		f := c.(*filing.FinalAccount)
		b.addsUp(f)
		all[f.CaseNumber] = f
	}
	return all
}

// Debtors who are jointly liable and get verdicts on different days pay one
// debt once, whoever pays when.
func TestLaterVerdictJoinsTheDebt(t *testing.T) {
	for name, pay := range map[string]struct {
		before, first, second money.Amount // by the first before the second verdict; then by each
		reasons               [2]filing.FinalReason
	}{
		"the first has paid all":       {9000_00, 0, 0, [2]filing.FinalReason{filing.FinalPaid, filing.FinalPaidLinked}},
		"both pay all":                 {0, 9000_00, 9000_00, [2]filing.FinalReason{filing.FinalPaid, filing.FinalPaidLinked}},
		"the second pays what is left": {1000_00, 0, 9000_00, [2]filing.FinalReason{filing.FinalPaidLinked, filing.FinalPaid}},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(b *bench) {
				first := b.enforce(ofJoint("1", b.today(), 2000_00, 20_00, 1))[0][0]
				pays := func(number string, amount money.Amount) {
					if amount > 0 && b.caseOf(number).Closed.IsZero() {
						b.must(b.room.Receive(b.Context(), officer, number, amount, b.today(), ""))
					}
				}
				pays(first, pay.before)
				b.sleep(10)
				second := b.enforce(ofJoint("2", b.today(), 2000_00, 25_00, 2))[0][0]
				if got := b.caseOf(second); got.LinkGroup != first {
					b.Errorf("linked to %q, not %q", got.LinkGroup, first)
				}
				b.sleep(1)
				pays(first, pay.first)
				pays(second, pay.second)
				all := b.finals()
				if len(all) != 2 {
					b.Fatalf("final accounts %v", all)
				}
				reasons := [2]filing.FinalReason{all[first].Reason, all[second].Reason}
				if diff := cmp.Diff(pay.reasons, reasons); diff != "" {
					b.Error(diff)
				}
				if out, most := all[first].PaidOut+all[second].PaidOut, money.Amount(2300_00+40_00); out < 2320_00 || out > most {
					b.Errorf("%s was paid out", out)
				}
			})
		})
	}
}

// A later verdict for less is the ceiling of what its debtor owes: he is done
// when he has paid that, and the first owes the rest.
func TestCeilingOfALaterVerdict(t *testing.T) {
	each(t, func(b *bench) {
		first := b.enforce(ofJoint("1", b.today(), 2000_00, 0, 1))[0][0]
		later := ofJoint("2", b.today(), 500_00, 0, 2)
		later.Parts = later.Parts[:1]
		second := b.enforce(later)[0][0]
		b.must(b.room.Receive(b.Context(), officer, second, 3000_00, b.today(), ""))
		all := b.finals()
		if f := all[second]; f == nil || f.PaidOut != 500_00 || f.Claimed != 500_00 || f.Remaining != 0 || f.Reason != filing.FinalPaid {
			b.Errorf("final account of the second %+v", f)
		}
		if got := b.state(first); got != enforcement.Registered {
			b.Errorf("the first is %s", got)
		}
		b.must(b.room.Receive(b.Context(), officer, first, 9000_00, b.today(), ""))
		if f := b.finals()[first]; f == nil || f.PaidOut != 1800_00 || f.Linked != 500_00 || f.Remaining != 0 {
			b.Errorf("final account of the first %+v", f)
		}
	})
}

// A later verdict for more raises the debt for its debtor alone.
func TestLaterVerdictForMore(t *testing.T) {
	each(t, func(b *bench) {
		first := b.enforce(ofJoint("1", b.today(), 500_00, 0, 1))[0][0]
		second := b.enforce(ofJoint("2", b.today(), 2000_00, 0, 2))[0][0]
		b.must(b.room.Receive(b.Context(), officer, first, 9000_00, b.today(), ""))
		if f := b.finals()[first]; f == nil || f.PaidOut != 800_00 || f.Claimed != 800_00 || f.Remaining != 0 {
			b.Errorf("final account of the first %+v", f)
		}
		b.must(b.room.Receive(b.Context(), officer, second, 9000_00, b.today(), ""))
		if f := b.finals()[second]; f == nil || f.PaidOut != 1500_00 || f.Linked != 800_00 || f.Claimed != 2300_00 {
			b.Errorf("final account of the second %+v", f)
		}
	})
}

// A court sets a part aside for one of those who are jointly liable: the other
// owes all of it still.
func TestSetAsideInPartForOne(t *testing.T) {
	each(t, func(b *bench) {
		first := b.enforce(ofJoint("1", b.today(), 2000_00, 0, 1))[0][0]
		second := b.enforce(ofJoint("2", b.today(), 2000_00, 0, 2))[0][0]
		b.do(b.room.SetAside(b.Context(), officer, []enforcement.Overturned{{Case: second,
			Parts: []enforcement.OverturnedPart{{Part: 1, Amount: 1500_00}}}}))
		for number, want := range map[string]money.Amount{first: 2300_00, second: 800_00} {
			if got := b.owed(number); got != want {
				b.Errorf("%s owes %s, want %s", number, got, want)
			}
		}
		b.must(b.room.Receive(b.Context(), officer, first, 1000_00+1200_00, b.today(), "")) // 1200 of it are fees
		for number, want := range map[string]money.Amount{first: 1300_00, second: 500_00} {
			if got := b.owed(number); got != want {
				b.Errorf("after a payment %s owes %s, want %s", number, got, want)
			}
		}
	})
}

// Verdicts on one joint debt in one transaction join too, and another
// applicant's reference does not.
func TestVerdictsOfOneTransactionJoin(t *testing.T) {
	each(t, func(b *bench) {
		other := ofJoint("3", b.today(), 2000_00, 0, 3)
		other.Reference = "K"
		numbers := b.enforce(ofJoint("1", b.today(), 2000_00, 0, 1), ofJoint("2", b.today(), 1999_00, 0, 2), other)
		var links []string
		for _, of := range numbers {
			links = append(links, b.caseOf(of[0]).LinkGroup)
		}
		if diff := cmp.Diff([]string{numbers[0][0], numbers[0][0], ""}, links); diff != "" {
			b.Error(diff)
		}
	})
}

// A debt is kept as long as any of the verdicts that joined it.
func TestJointDebtIsKeptWhole(t *testing.T) {
	each(t, func(b *bench) {
		first := b.enforce(ofJoint("1", b.today(), 2000_00, 0, 1))[0][0]
		b.must(b.room.Withdraw(b.Context(), officer, first))
		b.sleep(400)
		second := b.enforce(ofJoint("2", b.today(), 2000_00, 0, 2))[0][0]
		n, err := b.room.Purge(b.Context(), calendar.MustDay("2032-01-01"))
		b.must(err)
		if n != 0 || b.caseOf(first).LinkGroup != first || b.caseOf(second).LinkGroup != first {
			b.Errorf("%d gone while the debt is enforced", n)
		}
		b.must(b.room.Withdraw(b.Context(), officer, second))
		if n, err = b.room.Purge(b.Context(), calendar.MustDay("2040-01-01")); err != nil || n != 2 {
			b.Errorf("%d gone: %v", n, err)
		}
	})
}
