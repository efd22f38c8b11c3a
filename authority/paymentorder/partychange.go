package paymentorder

import (
	"cmp"
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Knows tells, by number, which documents name a case of this service by case
// number or by sequence number and own reference, or an application that is not
// read in yet.
func (o *Orders) Knows(r store.Reader, f service.File, docs []service.Document) (map[int64]bool, error) {
	targets, err := resolve(r, f, docs)
	known := map[int64]bool{}
	for i, t := range targets {
		known[docs[i].Number] = t.caseID != 0 || t.file != 0 && docs[i].UnreadIn == filing.BFApplication
	}
	return known, err
}

// VerifyPartyChange judges changes of party data (xx.party_change) in cases of
// this service, as Verify does. Those for an application that is not read in yet
// are held (R70).
func (o *Orders) VerifyPartyChange(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	s := o.looking(r, f)
	all, lives, err := s.changes(f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	if err := s.findHidden(respondentsOf(lives)); err != nil {
		return service.Judgement{}, err
	}
	held, err := s.heldBefore(all)
	if err != nil {
		return service.Judgement{}, err
	}
	j := service.Judgement{Notes: map[int64]service.Result{}}
	lines := service.NewPartyLines()
	for _, o := range all {
		l := lives[o.target.caseID]
		r := s.judgeChange(o, l, lines, held)
		if r.code == "" {
			j.Notes[o.doc.Number] = service.Result{Effect: r.effect, CaseNumber: numberOf(l)}
			continue
		}
		j.Errors = append(j.Errors, filing.NewError(r.code, filing.Place{Reference: o.change.Reference, Document: int(o.doc.Number)}, r.args...))
	}
	return j, nil
}

// factOf is what a change changes in a case.
func (l *life) factOf(c *filing.PartyChange) service.PartyFact {
	at := service.PartyFact{Application: l.ID, Kind: c.Kind, OfRespondent: c.OfRespondent, Who: cmp.Or(c.Applicant, l.Application.Applicants[0].Identity)}
	if c.OfRespondent {
		at.Who = cmp.Or(c.Respondent, l.Application.Respondents[0].Identity)
	}
	return at
}

// changes finds what changes of party data concern, and takes it under guard as
// orders does.
func (s *session) changes(f service.File, docs []service.Document) ([]order, map[int64]*life, error) {
	if err := s.takeGates(docs); err != nil {
		return nil, nil, err
	}
	targets, err := resolve(s.reader, f, docs)
	if err != nil {
		return nil, nil, err
	}
	all := make([]order, len(docs))
	var cases []int64
	for i, d := range docs {
		c, ok := d.Content.(*filing.PartyChange)
		if !ok {
			return nil, nil, fmt.Errorf("paymentorder: document %d is a %T, not a change of party data", d.Number, d.Content)
		}
		all[i] = order{doc: d, target: targets[i], key: &c.CaseKey, one: c.OfRespondent && !c.Respondent.IsZero(), change: c}
		if id := targets[i].caseID; id != 0 {
			cases = append(cases, id)
		}
	}
	lives, err := s.guard(cases)
	return all, lives, err
}

// judgeChange tells what becomes of a change, after those before it.
func (s *session) judgeChange(o order, l *life, lines service.PartyLines, held *heldBefore) ruling {
	c := o.change
	switch {
	case o.target.code != "":
		return refused(o.target.code, o.target.args...)
	case o.target.file != 0 && s.files == nil:
		return refused(service.CodeUnknownReference, c.Sequence, c.Reference)
	case o.target.file != 0:
		code, args := lines.Hold(o.doc, c, held.gone(o))
		return ruling{effect: service.Held, code: code, args: args}
	case l == nil:
		return refused(service.CodeUnknownCase, c.CaseNumber)
	}
	if r := s.changeIn(l, c); r.code != "" {
		return r
	}
	code, first := lines.Stand(o.doc.Number, c, l.factOf(c))
	return ruling{effect: service.Applied, code: code, args: []any{first}}
}

// changeIn tells whether a change can be made in a case.
func (s *session) changeIn(l *life, c *filing.PartyChange) ruling {
	respondent, problem := l.partyScope(c)
	switch {
	case problem == service.CodeWhichRespondent:
		return refused(problem, l.Number)
	case problem != "":
		return refused(problem)
	case !l.any(open) && !l.any(decided):
		sv, en := l.pairs[0].State.words()
		return refused(codeEnded, l.Number, sv, en)
	case !c.Tells():
		return refused(service.CodeNoChange)
	case !c.About(l.factOf(c).Who):
		return refused(service.NotTheParty(c))
	case c.Kind == filing.ChangedAddress && respondent > 0 && s.hidden[l.Application.Respondents[respondent-1].Identity]:
		return refused(service.CodeProtected, l.Number)
	case c.Kind == filing.ChangedCreditor && l.applicantAt(c.Assignment.From.Identity) < 0:
		return refused(service.CodeNotAssigned)
	}
	return ruling{}
}

// respondentsOf are the respondents of cases.
func respondentsOf(lives map[int64]*life) (all []identity.Number) {
	for _, l := range lives {
		all = append(all, l.respondents()...)
	}
	return all
}

// findHidden asks which of the persons have protected data.
func (s *session) findHidden(persons []identity.Number) (err error) {
	if s.Orders.letters != nil && len(persons) > 0 {
		s.hidden, err = s.Orders.letters.Protected(s.reader, s.day, persons...)
	}
	return err
}

// partyScope is the respondent whose data change, 0 for those of others. The
// only respondent of a case need not be named.
func (l *life) partyScope(c *filing.PartyChange) (position int64, problem filing.Code) {
	one := c.OfRespondent
	if one && c.Respondent.IsZero() {
		if len(l.Application.Respondents) > 1 {
			return 0, service.CodeWhichRespondent
		}
		one = false
	}
	position, problem = l.scope(c.Applicant, c.Respondent, one)
	if c.OfRespondent && !one {
		position = 1
	}
	return position, problem
}

// ApplyPartyChange prepares a chunk of changes of party data that were judged.
func (o *Orders) ApplyPartyChange(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	fr, first, err := o.frameFor(ctx, f, docs)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error { return o.within(tx, fr).applyChanges(f, docs, first) }, nil
}

func (s *session) applyChanges(f service.File, docs []service.Document, firstHeld int64) error {
	all, lives, err := s.changes(f, docs)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.target.file != 0 {
			s.held = append(s.held, o.holding(firstHeld+int64(len(s.held)), f))
			continue
		}
		l := lives[o.target.caseID]
		if l == nil {
			return fmt.Errorf("paymentorder: the case of document %d of file %s is gone", o.doc.Number, f.TransactionID)
		}
		if err := s.applyChange(l, o.change); err != nil {
			return err
		}
	}
	if err := s.saveHeld(); err != nil {
		return err
	}
	return s.save()
}
