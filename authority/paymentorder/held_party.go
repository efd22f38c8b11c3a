package paymentorder

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// changeHeld makes the changes of party data that are held for a case. What does
// not fit the application is noted in the case and changes nothing.
func (s *session) changeHeld(l *life, held []holding, changes service.HeldParties) error {
	own := false
	for _, h := range held {
		if h.kind != holdParty {
			continue
		}
		c, err := changes.Of(h.sourceDocument())
		if err != nil {
			return err
		}
		problem, err := s.unfit(l, c)
		if err != nil {
			return err
		}
		if problem != "" {
			s.noteHeld(l, h, problem)
			continue
		}
		if !own { // the document may be read in again
			l.Application.Applicants = slices.Clone(l.Application.Applicants)
			l.Application.Respondents = slices.Clone(l.Application.Respondents)
			own = true
		}
		s.of(h)
		s.alter(l, c)
		s.of(holding{})
		if c.Kind == filing.ChangedCreditor {
			l.assigned = append(l.assigned, c.Assignment)
		}
	}
	return nil
}

// unfit tells why a change cannot be made in the case.
func (s *session) unfit(l *life, c *filing.PartyChange) (filing.Code, error) {
	respondent, problem := l.partyScope(c)
	switch {
	case problem != "":
		return problem, nil
	case !c.About(factOf(filedChange{PartyChange: c}, l).who):
		return notTheParty(c), nil
	case c.Kind == filing.ChangedCreditor && l.applicantAt(c.Assignment.From.Identity) < 0:
		return codeNotAssigned, nil
	case c.Kind != filing.ChangedAddress || respondent == 0 || s.Orders.letters == nil:
		return "", nil
	}
	who := l.Application.Respondents[respondent-1].Identity
	hidden, err := s.Orders.letters.Protected(s.reader, s.day, who)
	if hidden[who] {
		problem = codeProtected
	}
	return problem, err
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

// holdChange tells what becomes of a change for an application that is not read
// in yet.
func (s *session) holdChange(c filedChange, o order, lines service.Lines[partyFact, filedChange], held *heldBefore) ruling {
	switch {
	case s.files == nil:
		return refused(codeUnknownReference, c.Sequence, c.Reference)
	case !c.Tells():
		return refused(codeNoChange)
	case held.gone(o):
		return refused(codeWithdrawn, c.Reference)
	}
	at := partyFact{file: o.target.file, reference: c.Reference, kind: c.Kind, ofRespondent: c.OfRespondent, who: c.Applicant}
	if c.OfRespondent {
		at.who = c.Respondent
	}
	if !c.About(at.who) {
		return refused(notTheParty(c.PartyChange))
	}
	if r := stands(lines, c, at); r.code != "" {
		return r
	}
	return ruling{effect: service.Held}
}
