package enforcement_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/fee"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// balance is how the fees stand of the debt that begins with the case.
func (b *bench) balance(number string) (f fee.Balance) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		f, err = b.fees.CaseBalance(r, b.caseOf(number).ID)
		return err
	})
	return f
}

func (b *bench) started(reference string, debtors ...int) string {
	b.Helper()
	b.open(application(reference, debtors...))
	number := b.find(reference)[0].Number
	b.must(b.room.Start(b.Context(), officer, number))
	return number
}

func TestFeeOfEachYear(t *testing.T) {
	each(t, func(b *bench) {
		number := b.started("A", 1)
		begun := b.today()
		var told *filing.NewFee
		for range 60 {
			b.sleep(7)
			for _, c := range b.sent()[filing.VENewFee] {
				told = c.(*filing.NewFee)
				if ahead := told.FeeDay.Sub(b.today()); ahead < 28-7 || ahead > 42 {
					b.Errorf("told %d days ahead", ahead)
				}
			}
		}
		if told == nil || told.FeeDay != begun.AddMonths(12) || told.Unpaid != 600_00 {
			b.Fatalf("told %+v", told)
		}
		if diff := cmp.Diff(fee.Balance{Charged: 1200_00, Unpaid: 600_00, Filer: 600_00}, b.balance(number)); diff != "" {
			b.Error(diff)
		}
		b.must(b.room.DemandFees(b.Context(), officer, number))
		b.sleep(30)
		b.must(b.room.DiscontinueUnpaid(b.Context(), officer, number))
		final := b.sent()[filing.VEFinalAccount][0].(*filing.FinalAccount)
		if final.Reason != filing.FinalDiscontinued || final.FeesUnpaid != 1200_00 {
			b.Errorf("final account %+v", final)
		}
	})
}

// No fee while little is unpaid or a bar stands.
func TestYearsWithoutAFee(t *testing.T) {
	rests := map[string]func(b *bench, number string){
		"below 100 kr": func(b *bench, number string) { b.change(amount(number, 40_00)) },
		"stay":         func(b *bench, number string) { b.must(b.room.OrderStay(b.Context(), officer, number)) },
		"bankruptcy":   func(b *bench, number string) { b.must(b.room.Bankrupt(b.Context(), officer, number)) },
	}
	each(t, func(b *bench) {
		for name, rest := range rests {
			rest(b, b.started(name, 1))
		}
		b.sleep(500)
		if told := b.sent()[filing.VENewFee]; len(told) > 0 {
			b.Errorf("told %v", told)
		}
		for name := range rests {
			if got := b.balance(b.one(name).Number).Charged; got != 600_00 {
				b.Errorf("%s: charged %s", name, got)
			}
		}
	})
}

// A case that is monitored goes on: the new fee is announced, and charged.
func TestFeeWhileMonitored(t *testing.T) {
	each(t, func(b *bench) {
		number := b.started("A", 1)
		b.must(b.room.Investigate(b.Context(), officer, number, filing.AssetsMissing, b.in(700), ""))
		b.sleep(380)
		if n, got := len(b.sent()[filing.VENewFee]), b.state(number); n != 1 || got != enforcement.Monitoring {
			b.Errorf("%d fees announced, the case is %s", n, got)
		}
		if got := b.balance(number).Charged; got != 1200_00 {
			b.Errorf("charged %s", got)
		}
	})
}

// What was not charged while the case rested is announced when it goes on, and
// four weeks ahead then too.
func TestFeeAfterARest(t *testing.T) {
	rests := map[string]struct{ rest, wake func(s *scene) }{
		"stay": {func(s *scene) { s.plainAct((*enforcement.Enforcements).OrderStay) },
			func(s *scene) { s.plainAct((*enforcement.Enforcements).LiftStayOf) }},
		"bankruptcy": {func(s *scene) { s.must(s.room.Bankrupt(s.Context(), officer, s.number)) },
			func(s *scene) { s.must(s.room.BankruptcyEnded(s.Context(), officer, s.number)) }},
	}
	each(t, func(b *bench) {
		scenes := map[string]*scene{}
		for name, r := range rests {
			scenes[name] = &scene{bench: b, number: b.started(name, 1)}
			r.rest(scenes[name])
		}
		b.sleep(500)
		for name, r := range rests {
			r.wake(scenes[name])
		}
		b.sleep(3)
		told := b.sent()[filing.VENewFee]
		if len(told) != len(rests) || told[0].(*filing.NewFee).FeeDay.Sub(b.today()) < 25 {
			b.Fatalf("told %v", told)
		}
		b.sleep(40)
		for name, s := range scenes {
			if got := b.balance(s.number).Charged; got != 1200_00 {
				b.Errorf("%s: charged %s", name, got)
			}
		}
	})
}

// Nothing is charged where nothing was done (AvgF §3).
func TestFeesThatFallAway(t *testing.T) {
	tests := map[string]struct {
		live func(b *bench, number string)
		want fee.Balance
	}{
		"bankruptcy without investigation": {func(b *bench, number string) {
			b.must(b.room.End(b.Context(), officer, number, filing.FinalBankruptcy))
		}, fee.Balance{Charged: 600_00, Reversed: 600_00}},
		"bankruptcy after investigation": {func(b *bench, number string) {
			b.must(b.room.Investigate(b.Context(), officer, number, filing.AssetsMissing, 0, ""))
			b.must(b.room.End(b.Context(), officer, number, filing.FinalBankruptcy))
		}, fee.Balance{Charged: 600_00, Filer: 600_00}},
		"dismissed": {func(b *bench, number string) {
			b.must(b.room.OrderCompletion(b.Context(), officer, number, enforcement.LacksTitle))
			b.sleep(40)
		}, fee.Balance{Charged: 600_00, Reversed: 600_00}},
		"withdrawn": {func(b *bench, number string) {
			b.must(b.room.Withdraw(b.Context(), officer, number))
		}, fee.Balance{Charged: 600_00, Filer: 600_00}},
	}
	each(t, func(b *bench) {
		for name, test := range tests {
			number := b.started(name, 1)
			test.live(b, number)
			if diff := cmp.Diff(test.want, b.balance(number)); diff != "" {
				b.Errorf("%s: %s", name, diff)
			}
		}
	})
}

// Linked cases have one fee, watched in another when the first is closed.
func TestFeeOfLinkedCases(t *testing.T) {
	each(t, func(b *bench) {
		first := b.started("A", 1, 2)
		second := b.find("A")[1].Number
		b.must(b.room.Withdraw(b.Context(), officer, first))
		b.sleep(400)
		told := b.sent()[filing.VENewFee]
		if len(told) != 1 || told[0].(*filing.NewFee).CaseNumber != second {
			b.Fatalf("told %v", told)
		}
		if got := b.balance(first).Charged; got != 1200_00 {
			b.Errorf("charged %s", got)
		}
	})
}

// Maintenance is not discontinued for a fee (UB 17:3), nor is its applicant asked
// for one (AvgF §15).
func TestMaintenanceGoesOn(t *testing.T) {
	each(t, func(b *bench) {
		a := application("A", 1)
		a.Title.Kind, a.Title.Lodged = filing.TitleMaintenance, true
		b.open(a)
		number := b.one("A").Number
		b.wantRefusal("a demand", b.room.DemandFees(b.Context(), officer, number), "exempt")
		b.wantRefusal("an end", b.room.DiscontinueUnpaid(b.Context(), officer, number), "maintenance")
	})
}

// Evenings that are missed charge the fee that was announced: not one for a
// title that has reached its year only meanwhile.
func TestALateFeeIsTheOneAnnounced(t *testing.T) {
	each(t, func(b *bench) {
		number := b.enforce(ofJoint("1", b.today(), 2000_00, 20_00, 1))[0][0]
		begun := b.today()
		b.sleep(10)
		b.enforce(ofJoint("2", b.today(), 2000_00, 25_00, 2))
		b.sleep(begun.AddMonths(12).Sub(b.today()) - 20)
		told := b.sent()[filing.VENewFee]
		if len(told) != 1 || told[0].(*filing.NewFee).Fee != 600_00 {
			b.Fatalf("told of %v", told)
		}
		b.clock.Set(begun.AddMonths(12).AddDays(15).At(19, 0))
		b.due()
		if got := b.balance(number).Charged; got != 3*600_00 {
			b.Errorf("charged in all %s, want two titles and one year", got)
		}
	})
}
