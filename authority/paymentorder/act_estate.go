package paymentorder

import (
	"context"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/filing"
)

// NoteDeath notes that a respondent has died: the applicant is asked who acts for
// the estate (dödsbo).
func (o *Orders) NoteDeath(ctx context.Context, by service.Officer, number string, respondent int64) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		if _, err := l.respondentAt(respondent); err != nil {
			return err
		}
		pairs, err := l.those(eventDied, respondent)
		if err != nil {
			return err
		}
		last := s.span(s.times.Estate, s.day, "")
		if err := l.each(s, pairs, eventDied, last); err != nil {
			return err
		}
		return s.toApplicant(l, notice.EstateRequest, notice.Facts{"answer_by": notice.Date(last)})
	})
}

// NameEstate takes who acts for the estate of a respondent; the order is issued
// anew against the estate, which must be served.
func (o *Orders) NameEstate(ctx context.Context, by service.Officer, number string, respondent int64, actor filing.Party) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		if _, err := l.respondentAt(respondent); err != nil {
			return err
		}
		pairs, err := l.those(eventEstateNamed, respondent)
		if err != nil {
			return err
		}
		for position, own := range byRespondent(pairs) {
			if len(own) == 0 {
				continue
			}
			state := l.service(int64(position + 1))
			state.Served, state.Failed, state.Reminded = 0, 0, 0
			if err := s.saveEstate(l, int64(position+1), actor); err != nil {
				return err
			}
		}
		if err := l.each(s, pairs, eventEstateNamed, 0); err != nil {
			return err
		}
		return s.sendOrders(l, pairs)
	})
}
