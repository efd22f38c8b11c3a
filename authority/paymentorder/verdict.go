package paymentorder

import (
	"slices"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// Verdict (utslag) is one verdict as it is kept.
type Verdict struct {
	ID     int64
	CaseID int64
	CodeID int64
	filing.PaymentOrderVerdict
	LegalForce calendar.Day   // laga kraft
	SetAside   []money.Amount // of Total, by a court, for each respondent
}

// verdict is a verdict that is being given.
type verdict struct {
	Verdict
	life        *life
	positions   []int64 // of its respondents in the case
	pairs       []*pair
	until       calendar.Day // last day to apply for reopening
	batch, line int64
}

// decide gives the verdicts of one case against respondents whose time to answer
// is over. Those who are jointly liable and against whom the same is granted at
// the same time have one verdict; the others one each.
func (s *session) decide(l *life, pairs []*pair) error {
	var given []*verdict
	for r := range l.Application.Respondents {
		position := int64(r + 1)
		own := slices.DeleteFunc(slices.Clone(pairs), func(p *pair) bool { return p.Respondent != position })
		if len(own) == 0 {
			continue
		}
		parts, err := s.grant(l, own)
		if err != nil {
			return err
		}
		if len(parts) == 0 { // what was paid left no interest
			if err := l.each(s, own, eventWithdrawal, 0); err != nil {
				return err
			}
			continue
		}
		if v := same(given, parts); v != nil && l.Application.Joint {
			v.positions, v.pairs = append(v.positions, position), append(v.pairs, own...)
			continue
		}
		given = append(given, &verdict{life: l, positions: []int64{position}, pairs: own,
			Verdict: Verdict{PaymentOrderVerdict: filing.PaymentOrderVerdict{Parts: parts}}})
	}
	for _, v := range given {
		if err := s.pronounce(v); err != nil {
			return err
		}
	}
	return nil
}

func same(given []*verdict, parts []filing.GrantedPart) *verdict {
	for _, v := range given {
		if slices.Equal(v.Parts, parts) {
			return v
		}
	}
	return nil
}

// grant is what one respondent is to pay, part by part, with interest to today.
func (s *session) grant(l *life, pairs []*pair) ([]filing.GrantedPart, error) {
	var parts []filing.GrantedPart
	for _, p := range pairs {
		terms := l.Application.Parts[p.Part-1]
		interest, err := s.running(p, terms.Interest, l.Service[p.Respondent-1].Served, s.day)
		if err != nil {
			return nil, err
		}
		accrued, err := p.Accrued.Add(interest)
		if err != nil {
			return nil, err
		}
		p.granted = accrued
		if n := len(parts); n > 0 && parts[n-1].Part == p.Part {
			parts[n-1].Amount += p.Amount
			parts[n-1].Accrued += accrued
			continue
		}
		parts = append(parts, filing.GrantedPart{Part: p.Part, Type: terms.Type, Amount: p.Amount,
			Interest: after(terms.Interest, s.day), Accrued: accrued})
	}
	return slices.DeleteFunc(parts, func(g filing.GrantedPart) bool { return g.Amount+g.Accrued == 0 }), nil
}

// pronounce completes a verdict and moves its pairs.
func (s *session) pronounce(v *verdict) (err error) {
	l := v.life
	if v.ID, err = s.reserved.verdicts.Take(); err != nil {
		return err
	}
	a := &l.Application
	v.CaseID, v.CodeID, v.CaseNumber, v.Reference, v.Date = l.ID, l.CodeID, l.Number, a.Reference, s.day
	v.Applicant = filing.Person{Identity: a.Applicants[0].Identity, Name: a.Applicants[0].Name}
	v.Joint, v.Enforced = len(v.positions) > 1, !a.NoEnforcement
	for _, r := range v.positions {
		p := &a.Respondents[r-1]
		v.Respondents = append(v.Respondents, filing.VerdictRespondent{Person: filing.Person{Identity: p.Identity, Name: p.Name}})
	}
	if err := v.sum(); err != nil {
		return err
	}
	if v.until, err = s.period(statute.ReopeningTime, s.day, "BFL §53"); err != nil {
		return err
	}
	for _, p := range v.pairs {
		p.Verdict, p.Accrued, p.decided = v.ID, p.granted, s.day
	}
	s.given = append(s.given, v)
	return l.each(s, v.pairs, eventNoObjection, v.until)
}

func (v *verdict) sum() (err error) {
	for _, p := range v.Parts {
		if p.Type == filing.ApplicationFee || p.Type == filing.OwnWork {
			v.Costs += p.Amount
		}
		if v.Interest, err = v.Interest.Add(p.Accrued); err != nil {
			return err
		}
		if v.Total, err = money.Sum(v.Total, p.Amount, p.Accrued); err != nil {
			return err
		}
	}
	return nil
}

// period is the last day of a time that the law gives, counted from a day.
func (o *Orders) period(s statute.Symbol, from calendar.Day, section string) (calendar.Day, error) {
	length, _, err := o.statute.Period(s, from.Time())
	if err != nil {
		return 0, err
	}
	return o.calendar.Deadline(from, calendar.Period(length), section).Day, nil
}

// span is the last day of a time that the authority sets, counted from a day.
func (o *Orders) span(days int64, from calendar.Day, section string) calendar.Day {
	return o.calendar.Deadline(from, calendar.Period{Days: int(days)}, section).Day
}
