package portfolio

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// share is the documents that concern cases of one service.
type share struct {
	of   Changing
	docs []service.Document
}

// shares parts the documents by service; rest are those that none knows.
func (p *Portfolios) shares(r store.Reader, f service.File, docs []service.Document) (all []share, rest []service.Document, err error) {
	rest = docs
	for _, cases := range p.cases {
		of, ok := cases.(Changing)
		if !ok || len(rest) == 0 {
			continue
		}
		known, err := of.Knows(r, f, rest)
		if err != nil {
			return nil, nil, err
		}
		mine := share{of: of}
		var others []service.Document
		for _, d := range rest {
			if known[d.Number] {
				mine.docs = append(mine.docs, d)
			} else {
				others = append(others, d)
			}
		}
		if rest = others; len(mine.docs) > 0 {
			all = append(all, mine)
		}
	}
	return all, rest, nil
}

// Verify lets each service judge the documents of its cases.
func (p *Portfolios) Verify(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	shares, unknown, err := p.shares(r, f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	j := service.Judgement{Notes: map[int64]service.Result{}}
	for _, d := range unknown {
		j.Errors = append(j.Errors, unknownError(d))
	}
	for _, s := range shares {
		one, err := s.of.VerifyPartyChange(r, f, s.docs)
		if err != nil {
			return service.Judgement{}, err
		}
		j.Errors, j.Warnings = append(j.Errors, one.Errors...), append(j.Warnings, one.Warnings...)
		for number, note := range one.Notes {
			j.Notes[number] = note
		}
	}
	slices.SortStableFunc(j.Errors, func(a, b filing.Error) int { return a.Document - b.Document })
	return j, nil
}

func unknownError(d service.Document) filing.Error {
	place := filing.Place{Document: int(d.Number), Reference: d.Content.OwnReference()}
	k := &filing.CaseKey{}
	if keyed, ok := d.Content.(filing.Keyed); ok {
		k = keyed.Key()
	}
	if k.CaseNumber == "" {
		return filing.NewError(service.CodeUnknownReference, place, k.Sequence, k.Reference)
	}
	return filing.NewError(service.CodeUnknownCase, place, k.CaseNumber)
}

// Apply lets each service prepare the changes in its cases. The documents may
// be judged later than they are prepared: of those that name no case the work
// fails, since it is done only for what was not refused.
func (p *Portfolios) Apply(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	var known []share
	var unknown []service.Document
	err := p.db.Read(ctx, func(r store.Reader) (err error) {
		known, unknown, err = p.shares(r, f, docs)
		return err
	})
	if err != nil {
		return nil, err
	}
	work := make([]service.Work, len(known))
	for i, s := range known {
		if work[i], err = s.of.ApplyPartyChange(ctx, f, s.docs); err != nil {
			return nil, err
		}
	}
	return func(tx store.Tx) error {
		if len(unknown) > 0 {
			return fmt.Errorf("portfolio: document %d of file %d named no case when it was prepared", unknown[0].Number, f.ID)
		}
		for _, do := range work {
			if err := do(tx); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
