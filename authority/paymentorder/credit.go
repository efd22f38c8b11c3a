package paymentorder

import (
	"context"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Paid is money that the applicant has got on a joint debt from one against whom
// there is no verdict yet, while others are enforced against.
type Paid struct {
	CaseNumber string
	Reference  string // the applicant's own
	CodeID     int64
	Day        calendar.Day // when it was paid
	Amount     money.Amount
}

// Crediting lowers what is enforced of joint debts by what was paid, within the
// transaction of who was told of it. Cases of which nothing is enforced are
// passed over. It may run twice and then does the same.
type Crediting func(tx store.Tx, all []Paid) error

// prepareCredit sets aside what crediting needs, if some of those who are jointly
// liable have verdicts and others have not.
func (o *Orders) prepareCredit(ctx context.Context, n need) (Crediting, error) {
	if o.enforcer == nil || n.decided == 0 {
		return nil, nil
	}
	return o.enforcer.Crediting(ctx, n.decided)
}

// credit notes what was paid on a joint debt, for those against whom it is
// enforced already. Without a day it was paid today. Where each who has a verdict
// has something open too, what was paid is of that, and not of what is enforced.
func (s *session) credit(l *life, amount money.Amount, day calendar.Day) {
	decided := l.where(func(p *pair) bool { return p.Verdict != 0 && len(l.open(p.Respondent)) == 0 })
	if !l.Application.Joint || len(decided) == 0 || amount == 0 || l.Application.NoEnforcement {
		return
	}
	if day.IsZero() {
		day = s.day
	}
	s.paid = append(s.paid, Paid{CaseNumber: l.Number, Reference: l.Application.Reference, CodeID: l.CodeID, Day: day, Amount: amount})
}

// saveCredits lets what was paid be credited in enforcement.
func (s *session) saveCredits() error {
	switch {
	case s.enforcer == nil || len(s.paid) == 0:
		return nil
	case s.crediting == nil:
		return store.ErrShort
	}
	return s.crediting(s.tx, s.paid)
}

// most is the most that any respondent owes of the pairs on a day, with the
// interest that has run.
func (s *session) most(l *life, pairs []*pair, day calendar.Day) (most money.Amount, err error) {
	by := map[int64]money.Amount{}
	for _, p := range pairs {
		ran, err := s.running(p, l.Application.Parts[p.Part-1].Interest, l.Service[p.Respondent-1].Served, day)
		if err != nil {
			return 0, err
		}
		by[p.Respondent] += p.claim() + ran
		most = max(most, by[p.Respondent])
	}
	return most, nil
}
