package enforcement_test

import (
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/fee"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// credit tells of money that the applicant has got on the joint debt J.
func (b *bench) credit(amount money.Amount, day calendar.Day) {
	b.Helper()
	credit, err := b.room.Crediting(b.Context(), 4)
	b.must(err)
	b.must(b.db.Do(b.Context(), func(tx store.Tx) error {
		return credit(tx, []enforcement.Paid{{PaymentOrderCase: "2026-0000001", Reference: "J", CodeID: 7, Day: day, Amount: amount},
			{PaymentOrderCase: "2026-0000001", Reference: "of no case", CodeID: 7, Day: day, Amount: amount}})
	}))
}

// What another debtor pays to the applicant before there is a verdict against
// him is credited where it is enforced, with the interest since it was paid.
func TestPaymentToldInThePaymentOrder(t *testing.T) {
	each(t, func(b *bench) {
		paid, late := b.enforce(ofJoint("1", b.today(), 2000_00, 0, 1))[0][0], verdict("9", 9)
		late.Parts = late.Parts[:1] // what is paid goes to the costs first
		late.Parts[0].Amount, late.Parts[0].Accrued = 1800_00, 0
		lower := b.enforce(late)[0][0]
		b.sleep(20)
		b.credit(500_00, b.in(-20))
		if got, want := b.owed(paid), b.owed(lower); got != want {
			b.Errorf("owes %s, and %s if so much less had been owed from the beginning", got, want)
		}
		b.change(amount(paid, 1000_00))
		b.credit(400_00, b.in(-1)) // told in what is left
		if got := b.owed(paid); got != 1000_00 {
			b.Errorf("%s is left of what the applicant said was 1000 kr", got)
		}
		b.sleep(1)
		b.credit(5000_00, b.today())
		if f := b.finals()[paid]; f == nil || f.Reason != filing.FinalPaidLinked || f.PaidOut != 0 || f.Remaining != 0 {
			b.Errorf("final account %+v", f)
		}
	})
}

// Money that is entered late is counted from the day on which it came in: the
// interest that had been counted since goes.
func TestPaymentDatedBack(t *testing.T) {
	each(t, func(b *bench) {
		for name, late := range map[string]struct {
			day    int // of the payment, from the day when it is entered
			before money.Amount
			favour money.Amount // how much less may be owed: costs stay paid by whom they were
		}{
			"after interest was counted":       {-10, 0, 0},
			"before what was paid as interest": {-10, 300_00, 1_00},
		} {
			reference := func(s string) string { return name[:6] + s }
			entered, inTime := b.started(reference("1"), 1), b.started(reference("2"), 1)
			for _, number := range []string{entered, inTime} {
				b.must(b.room.Receive(b.Context(), officer, number, 600_00, b.today(), "avgiften"))
			}
			b.sleep(20)
			came := b.in(late.day)
			b.must(b.room.Receive(b.Context(), officer, inTime, 500_00, came, ""))
			for _, number := range []string{entered, inTime} {
				if late.before > 0 {
					b.must(b.room.Receive(b.Context(), officer, number, late.before, b.today(), ""))
				}
				b.must(b.room.Account(b.Context(), officer, number)) // counts interest to today
			}
			b.must(b.room.Receive(b.Context(), officer, entered, 500_00, came, ""))
			got, want := b.owed(entered), b.owed(inTime)
			if diff := got - want; diff < -1-late.favour || diff > 1 {
				b.Errorf("%s: owes %s, %s if entered in time", name, got, want)
			}
			b.must(b.room.Withdraw(b.Context(), officer, entered))
		}
		b.finals()
	})
}

// There is no fee for an application that is dismissed: what the debtor has
// paid of it goes back to him (AvgF §3).
func TestFeePaidGoesBackAtDismissal(t *testing.T) {
	each(t, func(b *bench) {
		number := b.started("A", 1)
		b.must(b.room.Receive(b.Context(), officer, number, 400_00, b.today(), ""))
		b.must(b.room.OrderCompletion(b.Context(), officer, number, enforcement.LacksChain))
		b.sleep(40)
		f := b.finals()[number]
		if f == nil || f.Reason != filing.FinalDismissed || f.Fees != 0 || f.Returned != 400_00 || f.FeesUnpaid != 0 {
			b.Errorf("final account %+v", f)
		}
		if got := b.balance(number); got != (fee.Balance{Charged: 600_00, Reversed: 600_00}) {
			b.Errorf("fees %+v", got)
		}
	})
}

// Each title has its basic fee; a verdict that finds the joint debt paid has
// none.
func TestFeesOfAJointDebt(t *testing.T) {
	each(t, func(b *bench) {
		first := b.enforce(ofJoint("1", b.today(), 2000_00, 0, 1))[0][0]
		b.sleep(30)
		b.enforce(ofJoint("2", b.today(), 2000_00, 0, 2))
		if got := b.balance(first).Charged; got != 1200_00 {
			b.Errorf("charged %s for two titles", got)
		}
		b.sleep(345) // the first year of the first
		if got := b.balance(first).Charged; got != 1800_00 {
			b.Errorf("charged %s after a year", got)
		}
		b.must(b.room.Receive(b.Context(), officer, first, 9000_00, b.today(), ""))
		b.enforce(ofJoint("3", b.today(), 2000_00, 0, 3))
		if got := b.balance(first).Charged; got != 1800_00 {
			b.Errorf("charged %s for a title of a debt that is paid", got)
		}
	})
}
