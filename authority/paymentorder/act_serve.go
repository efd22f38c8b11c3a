package paymentorder

import (
	"context"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/money"
)

// Serve notes that a respondent was served on a day, today for the zero day; the
// time to answer is counted from it (BFL §§25, 29).
func (o *Orders) Serve(ctx context.Context, by service.Officer, number string, respondent int64, day calendar.Day) error {
	return o.act(ctx, by, number, func(s *session, l *life) error { return s.serveBy(l, respondent, day) })
}

// serveBy serves by a receipt of the day, today for the zero day.
func (s *session) serveBy(l *life, respondent int64, day calendar.Day) error {
	pairs, err := l.those(eventServed, respondent)
	if err != nil {
		return err
	}
	if day, err = s.when(l, day); err != nil {
		return err
	}
	for _, p := range pairs {
		if day < p.Since {
			return service.Refuse("served_before_order", "Delgivningsdagen ligger före föreläggandet.", "The day of service is before the order.")
		}
	}
	return s.serve(l, pairs, day)
}

func (s *session) serve(l *life, pairs []*pair, day calendar.Day) error {
	for position, own := range byRespondent(pairs) {
		if len(own) == 0 {
			continue
		}
		l.service(int64(position + 1)).Served = day
		time, err := s.answerDays(l, int64(position+1))
		if err != nil {
			return err
		}
		if err := l.each(s, own, eventServed, s.calendar.Deadline(day, time, "BFL §25").Day); err != nil {
			return err
		}
	}
	return nil
}

// ServiceFailed notes that service of a respondent has failed, and offers the
// applicant to arrange it (BFL §30). attempts says what was done.
func (o *Orders) ServiceFailed(ctx context.Context, by service.Officer, number string, respondent int64, attempts []string) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventServiceFailed, respondent)
		if err != nil {
			return err
		}
		last := s.span(s.times.Service, s.day, "BFL §30")
		for _, p := range pairs {
			l.service(p.Respondent).Failed = s.day
		}
		if err := l.each(s, pairs, eventServiceFailed, last); err != nil {
			return err
		}
		facts := notice.Facts{"answer_by": notice.Date(last)}
		if len(attempts) > 0 {
			facts["attempts"] = notice.List(attempts...)
		}
		return s.toApplicant(l, notice.ServiceOffer, facts)
	})
}

// ServiceOffer takes the applicant's answer to the offer to arrange service: it
// does, or the application is dismissed in that part (BFL §30).
func (o *Orders) ServiceOffer(ctx context.Context, by service.Officer, number string, respondent int64, accepted bool) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventServiceAccepted, respondent)
		if err != nil {
			return err
		}
		pairs = offered(pairs)
		if len(pairs) == 0 {
			return service.Refuse("no_offer", "Sökanden har inte erbjudits att ordna delgivningen.", "The applicant has not been offered to arrange service.")
		}
		if accepted {
			return l.each(s, pairs, eventServiceAccepted, 0)
		}
		return s.dismiss(l, pairs, eventServiceDeclined, reasonNotServed)
	})
}

// offered are the pairs of which the applicant has an offer to answer.
func offered(pairs []*pair) []*pair {
	var kept []*pair
	for _, p := range pairs {
		if !p.Until.IsZero() {
			kept = append(kept, p)
		}
	}
	return kept
}

// Objection is what a respondent contests (bestridande).
type Objection struct {
	Respondent int64
	Part       int64        // 0: the whole claim
	Amount     money.Amount // of the part; 0: all of it
	Received   calendar.Day // when it reached the authority; zero: today
	Reasons    string
}

// Object takes an objection (BFL §§31, 33). One who answers has been reached:
// service counts from that day if it was not shown before. After the time to
// answer it is noted only, unless the setting says otherwise.
func (o *Orders) Object(ctx context.Context, by service.Officer, number string, b Objection) error {
	return o.act(ctx, by, number, func(s *session, l *life) (err error) {
		if _, err := l.respondentAt(b.Respondent); err != nil {
			return err
		}
		if b.Received, err = s.when(l, b.Received); err != nil {
			return err
		}
		if waiting := l.in(b.Respondent, Ordered); len(waiting) > 0 {
			if err := s.serve(l, waiting, b.Received); err != nil {
				return err
			}
		}
		pairs, err := l.those(eventObjection, b.Respondent)
		if err != nil {
			return err
		}
		if last := pairs[0].Until; b.Received > last && !s.lateCount {
			return s.lateObjection(l, pairs, b, last)
		}
		return s.contest(l, pairs, eventObjection, b.Part, b.Amount, b.Received, b.Reasons)
	})
}

func (s *session) lateObjection(l *life, pairs []*pair, b Objection, ended calendar.Day) error {
	for _, p := range pairs {
		if err := l.happen(s, p, eventLateObjection, p.Until); err != nil {
			return err
		}
	}
	for position, own := range byRespondent(pairs) {
		if len(own) == 0 {
			continue
		}
		if err := s.toRespondent(l, int64(position+1), notice.LateObjection, notice.Facts{
			"received": notice.Date(b.Received), "answer_ended": notice.Date(ended)}); err != nil {
			return err
		}
	}
	return nil
}

// RequestTransfer takes the applicant's request that what is contested be
// transferred to a court; it must have come within four weeks from the notice
// (BFL §§34, 36). respondent and part are 0 for all that is contested.
func (o *Orders) RequestTransfer(ctx context.Context, by service.Officer, number string, respondent, part int64, court string, received calendar.Day) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventTransferRequested, respondent)
		if err != nil {
			return err
		}
		if pairs, err = ofPart(l, pairs, part); err != nil {
			return err
		}
		if received, err = s.when(l, received); err != nil {
			return err
		}
		if pairs, err = inTime(pairs, received); err != nil {
			return err
		}
		knew := told(pairs)
		table, _ := l.claims(pairs)
		s.text = court
		if err := l.each(s, pairs, eventTransferRequested, 0); err != nil {
			return err
		}
		facts := notice.Facts{"decided": notice.Date(s.day), "court": notice.Text(court), "claims": table}
		if err := s.toApplicant(l, notice.TransferNotice, facts); err != nil {
			return err
		}
		for _, r := range knew {
			if err := s.toRespondent(l, r, notice.TransferNotice, facts); err != nil {
				return err
			}
		}
		return nil
	})
}

// inTime keeps the pairs whose time had not run out when something came.
func inTime(pairs []*pair, received calendar.Day) ([]*pair, error) {
	var kept []*pair
	for _, p := range pairs {
		if received <= p.Until {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return nil, service.Refuse("too_late", "Begäran har kommit in för sent (34 § BFL); målet avskrivs i den delen.",
			"The request came too late (BFL §34); the case is discontinued in that part.")
	}
	return kept, nil
}
