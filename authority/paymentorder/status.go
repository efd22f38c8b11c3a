package paymentorder

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Status tells where the cases stand that are asked for, a line for each
// respondent. next is the case to go on after; 0 when there is no more. What is
// blocked is left out.
func (o *Orders) Status(r store.Reader, of service.CasesOf) (all []filing.CaseStatus, next int64, err error) {
	most := min(of.Limit, store.MostAmong)
	which, args := `code_id = $1 AND id > $2`, []any{of.CodeID, of.After, most}
	if of.Reference != "" {
		which, args = which+` AND reference = $4`, append(args, of.Reference)
	}
	lives, err := readLives(r, `c.id IN (SELECT id FROM paymentorder_case WHERE `+which+` AND NOT blocked ORDER BY id LIMIT $3)`, args)
	if err == nil && len(lives) > 0 {
		err = readStanding(r, lives)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("paymentorder: read the status of cases of code %d: %w", of.CodeID, err)
	}
	for _, l := range lives {
		for i := range l.Application.Respondents {
			status, err := o.statusOf(l, i, of.Day)
			if err != nil {
				return nil, 0, fmt.Errorf("paymentorder: status of case %s: %w", l.Number, err)
			}
			all = append(all, status)
		}
		next = l.ID
	}
	if len(lives) < most {
		next = 0
	}
	return all, next, nil
}

// statusOf is one line. What is left of a verdict that is enforced is told by the
// case in enforcement, not here too. The fee stands with the first respondent.
func (o *Orders) statusOf(l *life, at int, day calendar.Day) (filing.CaseStatus, error) {
	respondent := &l.Application.Respondents[at]
	s := filing.CaseStatus{Service: filing.PaymentOrder, Reference: l.Application.Reference, CaseNumber: l.Number,
		Registered: l.Registered, Respondent: filing.Person{Identity: respondent.Identity, Name: respondent.Name}}
	if at == 0 {
		s.Fees = l.Fee
	}
	for i := range l.Application.Parts {
		part := &l.Application.Parts[i]
		s.Claimed += l.share(part.Amount, at) + l.share(part.Interest.Accrued, at)
	}
	var lead *pair
	for _, p := range l.pairs {
		if p.Respondent != int64(at+1) {
			continue
		}
		if lead == nil || rankOf(p.State) < rankOf(lead.State) {
			lead = p
		}
		for _, w := range p.lowered {
			s.Reduced += w.amount + w.accrued
		}
		left, err := o.remaining(l, p, day)
		if err != nil {
			return s, err
		}
		s.Remaining += left
	}
	s.State, s.Since = string(lead.State), lead.Since
	return s, nil
}

// rankOf orders states by how much is still to come: the state of a respondent is
// that of the pair which goes on longest, and where all have ended that of one on
// which a verdict stands.
func rankOf(s State) int {
	if s == LegalForce {
		return placeOf(Reopening)
	}
	return placeOf(s)
}

// placeOf is where a state stands in the table.
func placeOf(s State) int {
	return slices.IndexFunc(states(), func(i stateInfo) bool { return i.State == s })
}

func (o *Orders) remaining(l *life, p *pair, day calendar.Day) (money.Amount, error) {
	terms := l.Application.Parts[p.Part-1].Interest
	switch {
	case p.State.Open():
		interest, err := o.running(p, terms, l.Service[p.Respondent-1].Served, day)
		return p.claim() + interest, err
	case p.State.granted() && l.Application.NoEnforcement:
		interest, err := o.interest(terms, p.Amount, p.decided.AddDays(1), day)
		if terms.Kind == "" {
			interest = 0
		}
		return p.claim() + interest, err
	}
	return 0, nil
}

// granted tells whether a verdict stands on the pair.
func (s State) granted() bool { return s == VerdictGiven || s == Reopening || s == LegalForce }

// Story tells what happened in a case.
func (o *Orders) Story(r store.Reader, caseID int64) ([]service.Event, error) {
	return o.events.Of(r, filing.PaymentOrder, caseID)
}
