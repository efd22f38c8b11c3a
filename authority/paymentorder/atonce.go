package paymentorder

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// order is one document of a withdrawal or reduction file.
type order struct {
	doc        service.Document
	key        *filing.CaseKey
	target     target
	one        bool
	paid       calendar.Day
	withdrawal *filing.Withdrawal
	reduction  *filing.Reduction
	change     *filing.PartyChange // of party data
}

func orderOf(d service.Document, t target) (order, error) {
	o := order{doc: d, target: t}
	switch c := d.Content.(type) {
	case *filing.Withdrawal:
		o.withdrawal, o.key, o.one, o.paid = c, &c.CaseKey, c.OneRespondent, c.Paid
	case *filing.Reduction:
		o.reduction, o.key, o.one, o.paid = c, &c.CaseKey, c.OneRespondent, c.Paid
	default:
		return o, fmt.Errorf("paymentorder: document %d is a %T, not a withdrawal or a reduction", d.Number, d.Content)
	}
	return o, nil
}

// orders finds what the documents concern, and takes it under guard: the gates of
// application files that are not read in yet, then the cases.
func (s *session) orders(f service.File, docs []service.Document) ([]order, map[int64]*life, error) {
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
		if all[i], err = orderOf(d, targets[i]); err != nil {
			return nil, nil, err
		}
		if id := targets[i].caseID; id != 0 {
			cases = append(cases, id)
		}
	}
	lives, err := s.guard(cases)
	return all, lives, err
}

// takeGates keeps the evening from reading the files in until the commit.
func (s *session) takeGates(docs []service.Document) error {
	if s.tx == nil {
		return nil
	}
	var files []int64
	for _, d := range docs {
		if d.Unread != 0 {
			files = append(files, d.Unread)
		}
	}
	slices.Sort(files)
	for _, file := range slices.Compact(files) {
		if _, err := takeGate(s.tx, file, 0); err != nil {
			return fmt.Errorf("paymentorder: take the guard of file %d: %w", file, err)
		}
	}
	return nil
}

// do lets one document take effect in the cases at hand, or tells why not.
func (s *session) do(o order, lives map[int64]*life, held *heldBefore) (ruling, error) {
	if o.target.code != "" {
		return refused(o.target.code, o.target.args...), nil
	}
	if r := o.amountRuling(); r.code != "" {
		return r, nil
	}
	if o.target.file != 0 {
		return held.take(o), nil
	}
	l := lives[o.target.caseID]
	if l == nil { // purged meanwhile
		return refused(service.CodeUnknownCase, o.key.CaseNumber), nil
	}
	who, problem := l.scope(o.key.Applicant, o.key.Respondent, o.one)
	if problem != "" {
		return refused(problem), nil
	}
	if o.withdrawal != nil {
		s.text = string(o.withdrawal.Reason)
		return l.withdraw(s, who, o.withdrawal.Reason == filing.WithdrawnPaid, o.paid)
	}
	s.text = ""
	return l.reduce(s, change{respondent: who, part: o.reduction.Part, measure: o.reduction.Kind, amount: o.reduction.Amount, paid: o.paid})
}

// amountRuling refuses amounts that can never be meant.
func (o order) amountRuling() ruling {
	r := o.reduction
	if r == nil {
		return ruling{}
	}
	if r.Amount < 0 || r.Amount == 0 && r.Kind != filing.ReduceTo {
		return refused(codeNoAmount, r.Amount)
	}
	if r.Amount == 0 && r.Part == 0 {
		return refused(codeNothingLeft)
	}
	return ruling{}
}

// applyAtOnce prepares what withdrawals and reductions say. They were judged in
// the same transaction under the same guards, so none of them is refused.
func (o *Orders) applyAtOnce(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	fr, first, err := o.frameFor(ctx, f, docs)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error { return o.carryOut(o.within(tx, fr), f, docs, first) }, nil
}

// frameFor sets aside what the documents of a file may need, with as many ids of
// what is held as there are documents, from the first.
func (o *Orders) frameFor(ctx context.Context, f service.File, docs []service.Document) (fr frame, firstHeld int64, err error) {
	n, err := o.needOfDocs(ctx, f, docs)
	if err != nil {
		return frame{}, 0, err
	}
	fr = o.frame()
	fr.file = f.ID
	if fr.reserved, err = o.reserve(ctx, n, false); err != nil {
		return frame{}, 0, err
	}
	firstHeld, err = o.held.Next(ctx, len(docs))
	return fr, firstHeld, err
}

// unreadPairs is how many pairs are reckoned with in a case that may come to be
// before the document is applied.
const unreadPairs = 16

// needOfDocs counts, for each document, the pairs of its case.
func (o *Orders) needOfDocs(ctx context.Context, f service.File, docs []service.Document) (n need, err error) {
	err = o.db.Read(ctx, func(r store.Reader) error {
		n = need{cases: len(docs)}
		targets, err := resolve(r, f, docs)
		if err != nil {
			return err
		}
		var cases []int64
		for _, t := range targets {
			if t.caseID != 0 {
				cases = append(cases, t.caseID)
			}
		}
		sizes, err := pairsOf(r, cases)
		for _, id := range cases {
			n.pairs, n.decided = n.pairs+sizes[id].pairs, n.decided+sizes[id].decided
		}
		n.pairs += unreadPairs * (len(targets) - len(cases))
		return err
	})
	return n, err
}

func (o *Orders) carryOut(s *session, f service.File, docs []service.Document, firstHeld int64) error {
	all, lives, err := s.orders(f, docs)
	if err != nil {
		return err
	}
	held, err := s.heldBefore(all)
	if err != nil {
		return err
	}
	for _, one := range all {
		r, err := s.do(one, lives, held)
		if err == nil && r.code != "" {
			err = fmt.Errorf("refused with %s though it was approved", r.code)
		}
		if err == nil && r.effect == service.Held {
			s.held = append(s.held, one.holding(firstHeld+int64(len(s.held)), f))
		}
		if err != nil {
			return fmt.Errorf("paymentorder: document %d of file %s: %w", one.doc.Number, f.TransactionID, err)
		}
	}
	if err := s.tellWithdrawn(); err != nil {
		return err
	}
	if err := s.saveHeld(); err != nil {
		return err
	}
	return s.save()
}

func (o order) holding(id int64, f service.File) holding {
	h := holding{id: id, file: o.target.file, reference: o.key.Reference, codeID: f.CodeID, kind: holdWithdrawal, source: f.ID, document: o.doc.Number,
		applicant: o.key.Applicant, respondent: o.key.Respondent, oneRespondent: o.one, paid: o.paid}
	if o.change != nil {
		h.kind = holdParty
		return h
	}
	if r := o.reduction; r != nil {
		h.kind, h.part, h.measure, h.amount = holdReduction, r.Part, r.Kind, r.Amount
		return h
	}
	h.reason = string(o.withdrawal.Reason)
	return h
}

// saveHeld keeps what is held, and counts it at the gates of the files.
func (s *session) saveHeld() error {
	if len(s.held) == 0 {
		return nil
	}
	if err := s.hold(s.held); err != nil {
		return fmt.Errorf("paymentorder: hold %d documents: %w", len(s.held), err)
	}
	counts := map[int64]int64{}
	for _, h := range s.held {
		counts[h.file]++
	}
	for file, n := range counts {
		if _, err := takeGate(s.tx, file, n); err != nil {
			return fmt.Errorf("paymentorder: count what is held for file %d: %w", file, err)
		}
	}
	return nil
}
