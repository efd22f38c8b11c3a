package paymentorder_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// late is interest by the Interest Act, both days counted.
func (b *bench) late(capital money.Amount, from, to calendar.Day) money.Amount {
	b.Helper()
	i, err := money.Late(statute.Default(), statute.LateInterestAddition, capital, from.Time(), to.Time(), money.BothDays)
	b.must(err)
	return i.Amount
}

func TestVerdictAddsUp(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(2)
		a.Parts = append(a.Parts, filing.ClaimPart{Type: filing.ApplicationFee, Amount: 300_00},
			filing.ClaimPart{Type: filing.OwnWork, Amount: 380_00})
		a.Total += 680_00
		number := b.served(a)
		b.pass(15)
		all := b.verdictsOf(number)
		if len(all) != 1 {
			b.Fatalf("%d verdicts", len(all))
		}
		v := all[0]
		interest := b.late(1000_00, calendar.MustDay("2026-01-01"), v.Date)
		want := filing.PaymentOrderVerdict{
			Reference: a.Reference, CaseNumber: number, VerdictNumber: "U2026-0000001", Date: v.Date, Joint: true, Enforced: true,
			Applicant: filing.Person{Identity: a.Applicants[0].Identity, Name: a.Applicants[0].Name},
			Interest:  interest, Costs: 680_00, Total: 1860_00 + interest,
			Parts: []filing.GrantedPart{
				{Part: 1, Type: filing.Capital, Amount: 1000_00, Accrued: interest,
					Interest: filing.Interest{Kind: filing.InterestAct, From: v.Date.AddDays(1)}},
				{Part: 2, Type: filing.CollectionCost, Amount: 180_00},
				{Part: 3, Type: filing.ApplicationFee, Amount: 300_00}, {Part: 4, Type: filing.OwnWork, Amount: 380_00},
			},
		}
		for i, r := range a.Respondents {
			want.Respondents = append(want.Respondents, filing.VerdictRespondent{
				Person: filing.Person{Identity: r.Identity, Name: r.Name}, EnforcementCase: []string{"E-U2026-0000001-1", "E-U2026-0000001-2"}[i]})
		}
		if diff := cmp.Diff(want, v.PaymentOrderVerdict); diff != "" {
			b.Error(diff)
		}
		if len(b.enforcer.opened) != 1 || !b.enforcer.opened[0].Joint || b.enforcer.opened[0].Total != want.Total ||
			b.enforcer.opened[0].Due[1] != a.Parts[0].DueDate || a.Parts[0].DueDate.IsZero() {
			b.Errorf("enforced: %+v", b.enforcer.opened)
		}
	})
}

// Interest runs from service where no day is stated, on what was paid until it
// was paid, and from the day after an accrued amount.
func TestInterestOfVerdicts(t *testing.T) {
	day := calendar.MustDay("2026-01-01")
	tests := map[string]struct {
		terms filing.Interest
		paid  calendar.Day // 400 kr
		want  func(b *bench, verdict, served calendar.Day) money.Amount
	}{
		"stated day": {filing.Interest{Kind: filing.InterestAct, From: day}, 0, func(b *bench, verdict, _ calendar.Day) money.Amount {
			return b.late(600_00, day, verdict)
		}},
		"paid": {filing.Interest{Kind: filing.InterestAct, From: day}, day.AddDays(20), func(b *bench, verdict, _ calendar.Day) money.Amount {
			return b.late(600_00, day, verdict) + b.late(400_00, day, day.AddDays(20))
		}},
		"from service": {filing.Interest{Kind: filing.InterestAct}, 0, func(b *bench, verdict, served calendar.Day) money.Amount {
			return b.late(600_00, served, verdict)
		}},
		"after an accrued amount": {filing.Interest{Kind: filing.InterestAct, From: day, Accrued: 7_00, AccruedTo: day.AddDays(30)}, 0,
			func(b *bench, verdict, _ calendar.Day) money.Amount {
				return 7_00 + b.late(600_00, day.AddDays(31), verdict)
			}},
		"from a day before the rates that are known": {filing.Interest{Kind: filing.InterestAct, From: calendar.MustDay("1999-05-01")}, 0,
			func(b *bench, verdict, _ calendar.Day) money.Amount {
				return b.late(600_00, calendar.MustDay("2002-07-01"), verdict)
			}},
		"paid before the rates that are known": {filing.Interest{Kind: filing.InterestAct, From: calendar.MustDay("1999-05-01")}, calendar.MustDay("2000-01-01"),
			func(b *bench, verdict, _ calendar.Day) money.Amount {
				return b.late(600_00, calendar.MustDay("2002-07-01"), verdict)
			}},
		"agreed": {filing.Interest{Kind: filing.InterestAgreed, Rate: money.Rate(24_0000), From: day, Ground: "Avtalet."}, 0,
			func(b *bench, verdict, _ calendar.Day) money.Amount {
				i, err := money.Fixed(600_00, money.Rate(24_0000), day.Time(), verdict.Time(), money.BothDays)
				b.must(err)
				return i.Amount
			}},
		"none": {filing.Interest{}, day.AddDays(20), func(*bench, calendar.Day, calendar.Day) money.Amount { return 0 }},
	}
	each(t, func(b *bench) {
		for name, test := range tests {
			a := claim(1)
			a.Parts[0].Interest = test.terms
			a.Total += test.terms.Accrued
			number := b.served(a)
			served := calendar.Today(b.clock)
			b.approved(b.atOnce(filing.BFReduction, &filing.Reduction{CaseKey: key(number), Part: 1, Kind: filing.ReduceBy, Amount: 400_00, Paid: test.paid}))
			b.pass(15)
			v := b.verdictsOf(number)[0]
			if want := test.want(b, v.Date, served); v.Parts[0].Accrued != want || v.Parts[0].Amount != 600_00 || v.Total != 780_00+want {
				b.Errorf("%s: %+v, want interest %v", name, v.Parts, want)
			}
		}
	})
}

// One who contests a part is judged for the rest; the part goes its own way.
func TestPartObjection(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(2)
		a.Parts[0].Interest.Accrued, a.Parts[0].Interest.AccruedTo = 10_00, calendar.MustDay("2026-02-28")
		a.Total += 10_00
		number := b.served(a)
		b.must(b.orders.Object(b.Context(), by, number, paymentorder.Objection{Respondent: 1, Part: 1, Amount: 300_00}))
		err := b.orders.Object(b.Context(), by, number, paymentorder.Objection{Respondent: 1, Part: 1, Amount: 99_999_999_00})
		b.refusedWith(err, "amount_above_claim")
		given := money.Amount(99_999_999_00).Kronor()
		if r, _ := service.RefusedAs(err); r != nil && (!strings.Contains(r.Swedish, given) || !strings.Contains(r.English, given)) {
			b.Errorf("without %s: %s %s", given, r.Swedish, r.English)
		}
		b.wantStates(number, paymentorder.Served, paymentorder.Contested, paymentorder.Served, paymentorder.Served, paymentorder.Served)
		c, _ := b.caseOf(number)
		if s := c.States; s[0].Amount != 700_00 || s[0].Accrued != 7_00 || s[1].Amount != 300_00 || s[1].Accrued != 3_00 || s[1].Slice != 2 {
			b.Errorf("cut into %+v", s[:2])
		}
		b.pass(15)
		all := b.verdictsOf(number)
		if len(all) != 2 || all[0].Joint || all[1].Joint || all[0].Parts[0].Amount != 700_00 || all[1].Parts[0].Amount != 1000_00 {
			b.Fatalf("verdicts %+v", all)
		}
		if c, _ := b.caseOf(number); c.State() != paymentorder.CasePartlyDecided {
			b.Errorf("the case is %s", c.State())
		}
		b.must(b.orders.RequestTransfer(b.Context(), by, number, 1, 1, "Provköpings tingsrätt", 0))
		b.wantStates(number, paymentorder.VerdictGiven, paymentorder.Transferred, paymentorder.VerdictGiven, paymentorder.VerdictGiven, paymentorder.VerdictGiven)
		if c, _ := b.caseOf(number); c.State() != paymentorder.CaseClosed || len(c.Outcomes()) != 2 {
			b.Errorf("the case is %s: %v", c.State(), c.Outcomes())
		}
		b.pass(40)
		b.wantStates(number, paymentorder.LegalForce, paymentorder.Transferred, paymentorder.LegalForce, paymentorder.LegalForce, paymentorder.LegalForce)
		b.checkDeadlines()
	})
}

// A court may set a verdict aside in part: enforcement hears of that part, and
// the rest gains legal force.
func TestSetAsideInPart(t *testing.T) {
	each(t, func(b *bench) {
		number := b.reopened(claim(1))
		v := b.verdictsOf(number)[0]
		b.must(b.orders.Stay(b.Context(), by, number, 0))
		b.must(b.orders.SetAside(b.Context(), by, number, 1, 1, 250_00))
		b.wantStates(number, paymentorder.VerdictGiven, paymentorder.SetAside, paymentorder.VerdictGiven)
		interest := v.Parts[0].Accrued
		shares, err := interest.ProRata([]money.Amount{250_00, 750_00})
		b.must(err)
		want := []paymentorder.Overturned{{Case: v.Respondents[0].EnforcementCase, Day: calendar.Today(b.clock), Court: "Provköpings tingsrätt",
			Parts: []paymentorder.OverturnedPart{{Part: 1, Amount: 250_00, Accrued: shares[0]}}}}
		if diff := cmp.Diff(want, b.enforcer.overturned); diff != "" {
			b.Error(diff)
		}
		if got := b.verdictsOf(number)[0].SetAside[0]; got != 250_00+shares[0] {
			b.Errorf("%v is set aside", got)
		}
		if len(b.enforcer.stayed) != 1 {
			b.Errorf("stayed: %v", b.enforcer.stayed)
		}
		if diff := cmp.Diff(b.enforcer.stayed, b.enforcer.lifted); diff != "" {
			b.Errorf("stays that do not end in enforcement: %s", diff)
		}
		b.pass(40)
		b.wantStates(number, paymentorder.LegalForce, paymentorder.SetAside, paymentorder.LegalForce)
		c, _ := b.caseOf(number)
		var sum money.Amount
		for _, s := range c.States {
			sum += s.Amount + s.Accrued
			if s.Stayed {
				b.Error("the stay goes on")
			}
		}
		if sum != v.Total {
			b.Errorf("%v of %v is left", sum, v.Total)
		}
	})
}

// A stay reaches every case in enforcement that it concerns: one that comes to
// be concerned while it is prepared is not passed over.
func TestStayOfWhatHasChanged(t *testing.T) {
	each(t, func(b *bench) {
		number := b.decided(claim(2))
		reopen := func(respondent int64) {
			b.must(b.orders.RequestReopening(b.Context(), by, number, respondent, "Prov tingsrätt", 0))
		}
		reopen(1)
		b.enforcer.meanwhile = func() { reopen(2) }
		b.refusedWith(b.orders.Stay(b.Context(), by, number, 0), "changed")
		b.enforcer.meanwhile = nil
		b.must(b.orders.Stay(b.Context(), by, number, 0))
		if len(b.enforcer.stayed) != 2 {
			b.Errorf("stayed: %v", b.enforcer.stayed)
		}
	})
}

// Costs above the caps are contested in the excess alone, and the applicant is
// told at once.
func TestExcessIsContested(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(1)
		a.Parts[1].Amount, a.Total = 230_00, 1230_00
		number := b.lodge(a)
		c, _ := b.caseOf(number)
		if s := c.States; len(s) != 3 || s[1].Amount != 180_00 || s[1].State != paymentorder.Registered || s[2].Amount != 50_00 || s[2].State != paymentorder.Contested {
			b.Errorf("%+v", s)
		}
		if n := b.count(`SELECT COUNT(*) FROM notice_letter WHERE message = 'bf.objection_notice' AND case_number = $1`, number); n != 1 {
			b.Errorf("%d notices", n)
		}
		compensated := claim(1)
		compensated.Parts = append(compensated.Parts, filing.ClaimPart{Type: filing.LatePaymentCompensation, Amount: 450_00})
		compensated.Total += 450_00
		b.wantStates(b.lodge(compensated), paymentorder.Registered, paymentorder.Contested, paymentorder.Registered)
	})
}
