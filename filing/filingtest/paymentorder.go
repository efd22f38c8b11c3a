package filingtest

import (
	"fmt"

	"filtjanst/filing"
	"filtjanst/money"
)

func (b *Builder) confirmedCase() filing.Content {
	return &filing.ConfirmedCase{
		Reference: b.reference(), CaseNumber: b.caseNumber(), Registered: Today, Fee: 300 * money.Krona, Sum: b.amount(),
		State: pick(b, filing.StateRegistered, filing.StateDiscontinued),
	}
}

func (b *Builder) withdrawal() filing.Content {
	w := &filing.Withdrawal{
		CaseKey: b.caseKey(),
		Reason:  pick(b, "", filing.WithdrawnPaid, filing.WithdrawnSettled, filing.WithdrawnMistaken, filing.WithdrawnOther),
	}
	if w.Reason == filing.WithdrawnPaid {
		w.Paid = b.past(30)
	}
	w.OneRespondent = !w.Respondent.IsZero() && b.oneIn(3)
	return w
}

func (b *Builder) reduction() filing.Content {
	r := &filing.Reduction{
		CaseKey: b.caseKey(), Part: int64(b.random.IntN(4)), Kind: pick(b, filing.ReduceTo, filing.ReduceBy),
		Amount: b.amount(), Paid: maybe(b, b.past(30)),
	}
	r.OneRespondent = !r.Respondent.IsZero() && b.oneIn(3)
	return r
}

func (b *Builder) verdict() filing.Content {
	v := &filing.PaymentOrderVerdict{
		Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber(), VerdictNumber: fmt.Sprintf("U-%06d", b.random.IntN(999_999)),
		Date: b.past(10), Applicant: b.firm("Exempelfordran AB"), Enforced: b.oneIn(2),
	}
	for range 1 + b.random.IntN(3) {
		v.Respondents = append(v.Respondents, filing.VerdictRespondent{Person: b.named("Provsson Örjan"), EnforcementCase: maybe(b, b.caseNumber())})
	}
	v.Joint = len(v.Respondents) > 1
	for i := range 1 + b.random.IntN(4) {
		v.Parts = append(v.Parts, b.grantedPart(int64(i+1)))
	}
	for _, p := range v.Parts {
		v.Interest += p.Accrued
		v.Total += p.Amount + p.Accrued
		if p.Type != filing.Capital {
			v.Costs += p.Amount
		}
	}
	return v
}

func (b *Builder) grantedPart(number int64) filing.GrantedPart {
	p := filing.GrantedPart{Part: number, Amount: b.amount(), Type: pick(b, filing.Capital, filing.ReminderFee, filing.ApplicationFee, filing.OwnWork)}
	if p.Type != filing.Capital {
		return p
	}
	p.Accrued = b.amount()
	p.Interest = filing.Interest{Kind: filing.InterestAct, From: b.past(300)}
	if b.oneIn(3) {
		p.Interest.Kind, p.Interest.Rate = filing.InterestAgreed, 12*money.Percent
	}
	return p
}

func (b *Builder) paymentOrderEvent() filing.Content {
	return &filing.PaymentOrderEvent{
		Reference: maybe(b, b.reference()), CaseNumber: b.caseNumber(), Date: b.past(10),
		Event: pick(b, filing.EventCompletionAsked, filing.EventCompleted, filing.EventOrdered, filing.EventServed,
			filing.EventServiceFailed, filing.EventObjection, filing.EventLateObjection, filing.EventDismissed,
			filing.EventTransferred, filing.EventDiscontinued, filing.EventAwaitingEstate, filing.EventReopening,
			filing.EventSetAside, filing.EventVerdictStands, filing.EventLegalForce),
		Respondent: maybe(b, b.person()), Part: int64(b.random.IntN(3)), Amount: maybe(b, b.amount()), LastDay: maybe(b, b.coming(30)),
		Remark: maybe(b, "Delgivning misslyckades på adressen.\nSökanden får ordna delgivningen."),
	}
}
