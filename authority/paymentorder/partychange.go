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
	s, err := o.looking(r, f)
	if err != nil {
		return service.Judgement{}, err
	}
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
	lines := service.Lines[partyFact, filedChange]{}
	for _, o := range all {
		c, l := filedChange{o.doc.Number, o.change}, lives[o.target.caseID]
		var r ruling
		if o.target.file != 0 {
			r = s.holdChange(c, o, lines, held)
		} else {
			r = s.judgeChange(c, o.target, l, lines)
		}
		if r.code == "" {
			j.Notes[o.doc.Number] = service.Result{Effect: r.effect, CaseNumber: numberOf(l)}
			continue
		}
		j.Errors = append(j.Errors, filing.NewError(r.code, filing.Place{Reference: c.Reference, Document: int(o.doc.Number)}, r.args...))
	}
	return j, nil
}

// partyFact is what a change of party data changes: one fact of one party of a
// case, or of an application that is not read in.
type partyFact struct {
	caseID, file int64
	reference    string
	kind         filing.PartyChangeKind
	ofRespondent bool
	who          identity.Number
}

// filedChange is a line of a file of changes.
type filedChange struct {
	number int64
	*filing.PartyChange
}

// factOf is what a change changes in a case.
func factOf(c filedChange, l *life) partyFact {
	at := partyFact{caseID: l.ID, kind: c.Kind, ofRespondent: c.OfRespondent, who: cmp.Or(c.Applicant, l.Application.Applicants[0].Identity)}
	if c.OfRespondent {
		at.who = cmp.Or(c.Respondent, l.Application.Respondents[0].Identity)
	}
	return at
}

// stands holds a change against the lines before it about the same, and lets it
// stand if it goes together with them.
func stands(lines service.Lines[partyFact, filedChange], c filedChange, at partyFact) ruling {
	first, clash := lines.Against(c, func(first, later filedChange) service.Clash {
		if later.SameChange(first.PartyChange) {
			return service.Repeats
		}
		return service.Contradicts
	}, at)
	if clash != service.Together {
		return refused(clash.Code(), first.number)
	}
	lines.Add(c, at)
	return ruling{effect: service.Applied}
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

func (s *session) judgeChange(c filedChange, t target, l *life, lines service.Lines[partyFact, filedChange]) ruling {
	if t.code != "" {
		return refused(t.code, t.args...)
	}
	if l == nil {
		return refused(codeUnknownCase, c.CaseNumber)
	}
	respondent, problem := l.partyScope(c.PartyChange)
	switch {
	case problem == codeWhichRespondent:
		return refused(problem, l.Number)
	case problem != "":
		return refused(problem)
	case !l.any(open) && !l.any(decided):
		sv, en := l.pairs[0].State.words()
		return refused(codeEnded, l.Number, sv, en)
	case !c.Tells():
		return refused(codeNoChange)
	case !c.About(factOf(c, l).who):
		return refused(notTheParty(c.PartyChange))
	case c.Kind == filing.ChangedAddress && respondent > 0 && s.hidden[l.Application.Respondents[respondent-1].Identity]:
		return refused(codeProtected, l.Number)
	case c.Kind == filing.ChangedCreditor && l.applicantAt(c.Assignment.From.Identity) < 0:
		return refused(codeNotAssigned)
	}
	return stands(lines, c, factOf(c, l))
}

// notTheParty is the code of a change whose new data are another's.
func notTheParty(c *filing.PartyChange) filing.Code {
	if c.OfRespondent {
		return codeNotRespondent
	}
	return codeNotApplicant
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
			return 0, codeWhichRespondent
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
