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
// number or by sequence number and own reference.
func (o *Orders) Knows(r store.Reader, f service.File, docs []service.Document) (map[int64]bool, error) {
	targets, err := resolve(r, f, docs)
	known := map[int64]bool{}
	for i, t := range targets {
		known[docs[i].Number] = t.caseID != 0
	}
	return known, err
}

// VerifyPartyChange judges changes of party data (xx.party_change) in cases of
// this service, as Verify does.
func (o *Orders) VerifyPartyChange(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	s, err := o.looking(r, f)
	if err != nil {
		return service.Judgement{}, err
	}
	targets, lives, err := s.changes(f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	hidden, err := s.protected(lives)
	if err != nil {
		return service.Judgement{}, err
	}
	j := service.Judgement{Notes: map[int64]service.Result{}}
	lines := service.Lines[partyFact, filedChange]{}
	for i, d := range docs {
		c, ok := d.Content.(*filing.PartyChange)
		if !ok {
			return j, fmt.Errorf("paymentorder: document %d is a %T, not a change of party data", d.Number, d.Content)
		}
		r := s.judgeChange(c, targets[i], lives[targets[i].caseID], hidden)
		if r.code == "" {
			r = stands(lines, filedChange{d.Number, c}, lives[targets[i].caseID])
		}
		if r.code == "" {
			j.Notes[d.Number] = service.Result{Effect: service.Applied, CaseNumber: lives[targets[i].caseID].Number}
			continue
		}
		j.Errors = append(j.Errors, filing.NewError(r.code, filing.Place{Reference: c.Reference, Document: int(d.Number)}, r.args...))
	}
	return j, nil
}

// partyFact is what a change of party data changes: one fact of one party.
type partyFact struct {
	caseID       int64
	kind         filing.PartyChangeKind
	ofRespondent bool
	who          identity.Number
}

// filedChange is a line of a file of changes.
type filedChange struct {
	number int64
	*filing.PartyChange
}

// stands holds a change of a case against the lines before it about the same,
// and lets it stand if it goes together with them.
func stands(lines service.Lines[partyFact, filedChange], c filedChange, l *life) ruling {
	at := partyFact{l.ID, c.Kind, c.OfRespondent, cmp.Or(c.Applicant, l.Application.Applicants[0].Identity)}
	if c.OfRespondent {
		at.who = cmp.Or(c.Respondent, l.Application.Respondents[0].Identity)
	}
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

func (s *session) changes(f service.File, docs []service.Document) ([]target, map[int64]*life, error) {
	targets, err := resolve(s.reader, f, docs)
	if err != nil {
		return nil, nil, err
	}
	var cases []int64
	for i := range targets {
		if targets[i].file != 0 { // an application that is not a case yet
			k := keyOf(docs[i])
			targets[i] = target{code: codeUnknownReference, args: []any{k.Sequence, k.Reference}}
		}
		if targets[i].caseID != 0 {
			cases = append(cases, targets[i].caseID)
		}
	}
	lives, err := s.guard(cases)
	return targets, lives, err
}

func (s *session) judgeChange(c *filing.PartyChange, t target, l *life, hidden map[identity.Number]bool) ruling {
	if t.code != "" {
		return refused(t.code, t.args...)
	}
	if l == nil {
		return refused(codeUnknownCase, c.CaseNumber)
	}
	respondent, problem := l.partyScope(c)
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
	case c.Kind == filing.ChangedAddress && respondent > 0 && hidden[l.Application.Respondents[respondent-1].Identity]:
		return refused(codeProtected, l.Number)
	case c.Kind == filing.ChangedCreditor && l.applicantAt(c.Assignment.From.Identity) < 0:
		return refused(codeNotAssigned)
	}
	return ruling{effect: service.Applied}
}

// protected tells which respondents of the cases have protected data.
func (s *session) protected(lives map[int64]*life) (map[identity.Number]bool, error) {
	if s.Orders.letters == nil {
		return nil, nil
	}
	var all []identity.Number
	for _, l := range lives {
		for i := range l.Application.Respondents {
			all = append(all, l.Application.Respondents[i].Identity)
		}
	}
	return s.Orders.letters.Protected(s.reader, s.day, all...)
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
	n, err := o.needOfDocs(ctx, f, docs)
	if err != nil {
		return nil, err
	}
	fr := o.frame()
	fr.file = f.ID
	if fr.reserved, err = o.reserve(ctx, n, false); err != nil {
		return nil, err
	}
	return func(tx store.Tx) error {
		s := o.within(tx, fr)
		targets, lives, err := s.changes(f, docs)
		if err != nil {
			return err
		}
		for i, d := range docs {
			l := lives[targets[i].caseID]
			if l == nil {
				return fmt.Errorf("paymentorder: the case of document %d of file %s is gone", d.Number, f.TransactionID)
			}
			if err := s.applyChange(l, d.Content.(*filing.PartyChange)); err != nil {
				return err
			}
		}
		return s.save()
	}, nil
}
