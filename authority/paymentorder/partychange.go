package paymentorder

import (
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
	first := map[changeKey]int64{}
	for i, d := range docs {
		c, ok := d.Content.(*filing.PartyChange)
		if !ok {
			return j, fmt.Errorf("paymentorder: document %d is a %T, not a change of party data", d.Number, d.Content)
		}
		r := s.judgeChange(c, targets[i], lives[targets[i].caseID], hidden)
		key := changeKey{targets[i].caseID, c.Kind, c.OfRespondent, c.Respondent}
		if _, twice := first[key]; r.code == "" && twice {
			r = refused(codeContradicts, first[key])
		}
		if r.code == "" {
			first[key] = d.Number
			j.Notes[d.Number] = service.Result{Effect: service.Applied, CaseNumber: lives[targets[i].caseID].Number}
			continue
		}
		j.Errors = append(j.Errors, filing.NewError(r.code, filing.Place{Reference: c.Reference, Document: int(d.Number)}, r.args...))
	}
	return j, nil
}

// changeKey is what two changes of one file may not both concern.
type changeKey struct {
	caseID       int64
	kind         filing.PartyChangeKind
	ofRespondent bool
	respondent   identity.Number
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
	respondent, problem := l.scope(c.Applicant, c.Respondent, c.OfRespondent)
	switch {
	case problem != "":
		return refused(problem)
	case !l.any(open) && !l.any(decided):
		sv, en := l.pairs[0].State.words()
		return refused(codeEnded, l.Number, sv, en)
	case !says(c):
		return refused(codeNoChange)
	case c.Kind == filing.ChangedAddress && respondent > 0 && hidden[l.Application.Respondents[respondent-1].Identity]:
		return refused(codeProtected, l.Number)
	case c.Kind == filing.ChangedCreditor && l.applicantAt(c.Assignment.From.Identity) < 0:
		return refused(codeNotAssigned)
	case c.Kind == filing.ChangedCreditor && c.Assignment.Date > s.day:
		return refused(codePaidInFuture, c.Assignment.Date, s.day)
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

// says tells whether the change holds what its kind needs.
func says(c *filing.PartyChange) bool {
	switch c.Kind {
	case filing.ChangedAddress:
		return c.Party != nil && c.Party.Town != ""
	case filing.ChangedName:
		return c.Party != nil && c.Party.Name != ""
	case filing.ChangedWorkplace:
		return c.OfRespondent && c.Workplace != ""
	case filing.ChangedRepresentative:
		return c.Representative == nil || c.Representative.Name != ""
	case filing.ChangedPayee:
		return c.Payee != nil && c.Payee.Account != ""
	case filing.ChangedCreditor:
		return c.Assignment != nil && c.NewCreditor != nil && c.NewCreditor.Identity == c.Assignment.To.Identity
	}
	return false
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
