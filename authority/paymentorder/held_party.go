package paymentorder

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/identity"
)

// own lets the parties of the application be changed: the document that they
// stand in may be read in again.
func (l *life) own() {
	l.Application.Applicants = slices.Clone(l.Application.Applicants)
	l.Application.Respondents = slices.Clone(l.Application.Respondents)
}

// changeHeld makes a change of party data that is held for a case.
func (s *session) changeHeld(l *life, h holding, changes service.HeldParties) error {
	c, err := changes.Of(h.sourceDocument())
	if err != nil {
		return err
	}
	if problem := s.unfit(l, c); problem != "" {
		s.noteHeld(l, h, problem)
		return nil
	}
	s.of(h)
	s.alter(l, c)
	s.of(holding{})
	if c.Kind == filing.ChangedCreditor {
		l.assigned = append(l.assigned, c.Assignment)
	}
	return nil
}

// unfit tells why a change cannot be made in the case.
func (s *session) unfit(l *life, c *filing.PartyChange) filing.Code {
	respondent, problem := l.partyScope(c)
	switch {
	case problem != "":
		return problem
	case !c.About(l.factOf(c).Who):
		return service.NotTheParty(c)
	case c.Kind == filing.ChangedCreditor && l.applicantAt(c.Assignment.From.Identity) < 0:
		return service.CodeNotAssigned
	case c.Kind == filing.ChangedAddress && respondent > 0 && s.hidden[l.Application.Respondents[respondent-1].Identity]:
		return service.CodeProtected
	}
	return ""
}

// amended are the respondents of applications for which changes of party data are
// held.
func (c chunk) amended(held map[string][]holding) (all []identity.Number) {
	for _, d := range c.docs {
		a := application(d)
		if !slices.ContainsFunc(held[a.Reference], holding.ofParty) {
			continue
		}
		for i := range a.Respondents {
			all = append(all, a.Respondents[i].Identity)
		}
	}
	return all
}

// saveAssigned keeps the assignments of cases that have just been registered.
func (s *session) saveAssigned() error {
	for _, l := range s.lives {
		for _, a := range l.assigned {
			if err := s.saveAssignment(l, a); err != nil {
				return fmt.Errorf("paymentorder: keep an assignment in case %s: %w", l.Number, err)
			}
		}
		l.assigned = nil
	}
	return nil
}
