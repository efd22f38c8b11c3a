package paymentorder_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/paymentorder"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// partlyDecided is a case with a verdict against the first of three who are
// jointly liable.
func (b *bench) partlyDecided(joint bool) (number string, a filing.Application) {
	b.Helper()
	a = claim(3)
	a.Joint = joint
	number = b.ordered(a)
	b.must(b.orders.Serve(b.Context(), by, number, 1, 0))
	b.pass(15)
	b.wantStates(number, paymentorder.VerdictGiven, paymentorder.VerdictGiven, paymentorder.Ordered, paymentorder.Ordered,
		paymentorder.Ordered, paymentorder.Ordered)
	return number, a
}

// A verdict against one of those who are jointly liable is enforced as a part
// of their joint debt.
func TestVerdictAgainstOneIsOfAJointDebt(t *testing.T) {
	each(t, func(b *bench) {
		b.partlyDecided(true)
		b.partlyDecided(false)
		var got []bool
		for _, g := range b.enforcer.opened {
			got = append(got, g.Joint)
		}
		if diff := cmp.Diff([]bool{true, false}, got); diff != "" {
			b.Error(diff)
		}
	})
}

// What is paid to the applicant on a joint debt is credited to those against
// whom it is enforced, and lowers what is claimed of the others.
func TestPaymentsOnAJointDebt(t *testing.T) {
	type outcome struct {
		Credited money.Amount
		Left     [3]money.Amount // claimed of each now, without interest
	}
	whole := [3]money.Amount{1180_00, 1180_00, 1180_00}
	tests := map[string]struct {
		line func(k filing.CaseKey, a filing.Application) filing.Content
		want outcome
	}{
		"paid by one": {func(k filing.CaseKey, a filing.Application) filing.Content {
			k.Respondent = a.Respondents[1].Identity
			return &filing.Reduction{CaseKey: k, OneRespondent: true, Part: 1, Kind: filing.ReduceBy, Amount: 400_00, Paid: calendar.Of(arrived)}
		}, outcome{400_00, [3]money.Amount{1180_00, 780_00, 780_00}}},
		"given up for one": {func(k filing.CaseKey, a filing.Application) filing.Content {
			k.Respondent = a.Respondents[1].Identity
			return &filing.Reduction{CaseKey: k, OneRespondent: true, Part: 1, Kind: filing.ReduceBy, Amount: 400_00}
		}, outcome{0, [3]money.Amount{1180_00, 780_00, 1180_00}}},
		"lowered for all": {func(k filing.CaseKey, a filing.Application) filing.Content {
			return &filing.Reduction{CaseKey: k, Part: 1, Kind: filing.ReduceTo, Amount: 900_00}
		}, outcome{100_00, [3]money.Amount{1180_00, 1080_00, 1080_00}}},
		"withdrawn as paid": {func(k filing.CaseKey, a filing.Application) filing.Content {
			k.Respondent = a.Respondents[1].Identity
			return &filing.Withdrawal{CaseKey: k, OneRespondent: true, Reason: filing.WithdrawnPaid}
		}, outcome{1180_00, whole}},
		"withdrawn otherwise": {func(k filing.CaseKey, a filing.Application) filing.Content {
			k.Respondent = a.Respondents[1].Identity
			return &filing.Withdrawal{CaseKey: k, OneRespondent: true, Reason: filing.WithdrawnMistaken}
		}, outcome{0, whole}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			each(t, func(b *bench) {
				number, a := b.partlyDecided(true)
				line := test.line(key(number), a)
				tx := filing.BFReduction
				if _, is := line.(*filing.Withdrawal); is {
					tx = filing.BFWithdrawal
				}
				b.approved(b.atOnce(tx, line))
				var got outcome
				for _, p := range b.enforcer.paid {
					if p.CaseNumber != number || p.Reference != a.Reference {
						b.Errorf("credited %+v", p)
					}
					got.Credited += p.Amount
				}
				if tx == filing.BFWithdrawal && got.Credited > 0 { // with interest
					got.Credited -= b.late(1000_00, a.Parts[0].Interest.From, calendar.Today(b.clock))
				}
				c, _ := b.caseOf(number)
				for _, p := range c.States {
					got.Left[p.Respondent-1] += p.Amount
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					b.Error(diff)
				}
			})
		})
	}
}

// Where a part of a joint debt is contested and the rest enforced for all who owe
// it, what was paid of that part lowers nothing of the rest; where one owes it
// all by a verdict, it does.
func TestPaidOfAContestedPart(t *testing.T) {
	for name, test := range map[string]struct {
		contested int64 // by this respondent, 0: all
		want      money.Amount
	}{"of all": {0, 0}, "of one": {1, 100_00}} {
		t.Run(name, func(t *testing.T) {
			each(t, func(b *bench) {
				number := b.lodge(claim(2))
				b.must(b.orders.PresumeUnfounded(b.Context(), by, number, test.contested, 2, 100_00))
				b.pass(1)
				b.must(b.orders.Serve(b.Context(), by, number, 0, 0))
				b.pass(16)
				if n := len(b.verdictsOf(number)); n == 0 {
					b.Fatal("there is no verdict on the rest")
				}
				b.withdraw(number)
				var got money.Amount
				for _, p := range b.enforcer.paid {
					got += p.Amount
				}
				if got != test.want {
					b.Errorf("credited %s, want %s", got, test.want)
				}
			})
		})
	}
}
