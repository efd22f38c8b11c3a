package paymentorder

import (
	"context"
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/statute"
)

// RequestReopening takes a respondent's application for reopening (återvinning).
// One that came within a month from the verdict leads to court (BFL §§53–54),
// though it is noted when the verdict stands as having gained legal force (BFL
// §60); one that came later is dismissed.
func (o *Orders) RequestReopening(ctx context.Context, by service.Officer, number string, respondent int64, court string, received calendar.Day) error {
	return o.act(ctx, by, number, func(s *session, l *life) error { return s.reopen(l, respondent, court, received) })
}

func (s *session) reopen(l *life, respondent int64, court string, received calendar.Day) error {
	if court == "" {
		return service.Refuse("no_court", "Ange tingsrätten som målet lämnas till.", "Name the district court that the case goes to.")
	}
	pairs, err := l.those(eventReopeningLate, respondent)
	if err != nil {
		return err
	}
	if received, err = s.when(l, received); err != nil {
		return err
	}
	var early, late []*pair
	for _, p := range pairs {
		last, err := s.period(statute.ReopeningTime, p.decided, "BFL §53")
		if err != nil {
			return err
		}
		if received <= last {
			early = append(early, p)
		} else {
			late = append(late, p)
		}
	}
	if len(early) == 0 {
		return s.tooLate(l, late)
	}
	s.text = court
	decided := early[0].decided
	if err := l.each(s, early, eventReopening, 0); err != nil {
		return err
	}
	for _, p := range early {
		s.losesForce(l, p.Verdict)
	}
	facts := notice.Facts{"received": notice.Date(received), "decided": notice.Date(decided), "court": notice.Text(court)}
	return s.announceWhole(l, notice.ReopeningNotice, facts, early)
}

func (s *session) tooLate(l *life, late []*pair) error {
	for _, p := range late {
		if err := l.happen(s, p, eventReopeningLate, p.Until); err != nil {
			return err
		}
	}
	appeal, err := s.period(statute.OrderAppeal, s.day, "BFL §56")
	if err != nil {
		return err
	}
	facts := notice.Facts{"decided": notice.Date(s.day), "appeal_by": notice.Date(appeal),
		"reason": notice.Text("Ansökan om återvinning har kommit in senare än en månad från utslagets dag (53 § lagen om betalningsföreläggande och handräckning).")}
	for position, own := range byRespondent(late) {
		if len(own) == 0 {
			continue
		}
		if err := s.toRespondent(l, int64(position+1), notice.Dismissal, facts); err != nil {
			return err
		}
	}
	return nil
}

// announceWhole tells the applicant and the respondents of the pairs.
func (s *session) announceWhole(l *life, m notice.Message, facts notice.Facts, pairs []*pair) error {
	if err := s.toApplicant(l, m, facts); err != nil {
		return err
	}
	for position, own := range byRespondent(pairs) {
		if len(own) == 0 {
			continue
		}
		if err := s.toRespondent(l, int64(position+1), m, facts); err != nil {
			return err
		}
	}
	return nil
}

// TakeWriting takes a writing that came after the verdict, such as a late
// "objection", which may be a request for reopening. A clear one is read as
// such; otherwise the respondent is asked, and told what follows from silence
// (law.md §2.2).
func (o *Orders) TakeWriting(ctx context.Context, by service.Officer, number string, respondent int64, text string, clear bool, court string, received calendar.Day) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		if clear {
			return s.reopen(l, respondent, court, received)
		}
		pairs, err := l.those(eventLateWriting, respondent)
		if err != nil {
			return err
		}
		if received, err = s.when(l, received); err != nil {
			return err
		}
		for _, p := range pairs {
			if err := l.happen(s, p, eventLateWriting, p.Until); err != nil {
				return err
			}
		}
		for position, own := range byRespondent(pairs) {
			if len(own) == 0 {
				continue
			}
			facts := notice.Facts{"received": notice.Date(received), "decided": notice.Date(own[0].decided),
				"answer_by": notice.Date(s.span(s.times.Question, s.day, "")), "reopening_by": notice.Date(own[0].Until)}
			if text != "" {
				facts["writing"] = notice.Quote(text)
			}
			if err := s.toRespondent(l, int64(position+1), notice.ReopeningQuestion, facts); err != nil {
				return err
			}
		}
		return nil
	})
}

// Stay notes that the court has stayed enforcement (inhibition) while it tries
// the reopening; the cases in enforcement are told in the same transaction.
func (o *Orders) Stay(ctx context.Context, by service.Officer, number string, respondent int64) error {
	return o.setStay(ctx, by, number, respondent, true)
}

// LiftStay notes that the court has lifted the stay.
func (o *Orders) LiftStay(ctx context.Context, by service.Officer, number string, respondent int64) error {
	return o.setStay(ctx, by, number, respondent, false)
}

func (o *Orders) setStay(ctx context.Context, by service.Officer, number string, respondent int64, stayed bool) error {
	event := eventStayLifted
	if stayed {
		event = eventStay
	}
	follow, err := o.stayWork(ctx, by, number, respondent, stayed)
	if err != nil {
		return err
	}
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(event, respondent)
		if err != nil {
			return err
		}
		pairs = slices.DeleteFunc(pairs, func(p *pair) bool { return p.Stayed == stayed })
		if len(pairs) == 0 {
			return service.Refuse("so_already", "Det är redan så.", "It is so already.")
		}
		if err := follow.check(s, l); err != nil {
			return err
		}
		for _, p := range pairs {
			p.Stayed = stayed
		}
		if err := l.each(s, pairs, event, 0); err != nil {
			return err
		}
		return follow.work(s.tx)
	})
}

func (o *Orders) stayWork(ctx context.Context, by service.Officer, number string, respondent int64, stayed bool) (f following, err error) {
	f = following{work: func(store.Tx) error { return nil }, respondent: respondent,
		of: func(p *pair) bool { return p.State == Reopening && p.Stayed != stayed }}
	l, in, err := o.glance(ctx, number)
	if err != nil {
		return f, err
	}
	f.cases = l.enforced(in, respondent, f.of)
	switch {
	case o.enforcer == nil || len(f.cases) == 0:
	case stayed:
		f.work, err = o.enforcer.Stay(ctx, by, f.cases)
	default:
		f.work, err = o.enforcer.LiftStay(ctx, by, f.cases)
	}
	return f, err
}

// VerdictStands notes that the court has not changed the verdict; a stay ends.
func (o *Orders) VerdictStands(ctx context.Context, by service.Officer, number string, respondent int64) error {
	follow, err := o.stayWork(ctx, by, number, respondent, false)
	if err != nil {
		return err
	}
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventStands, respondent)
		if err == nil {
			err = follow.check(s, l)
		}
		if err != nil {
			return err
		}
		if err := s.stand(l, pairs); err != nil {
			return err
		}
		return follow.work(s.tx)
	})
}

// stand lets what is left of verdicts stand. The time for reopening is over, so
// they gain legal force when it next is looked for.
func (s *session) stand(l *life, pairs []*pair) error {
	for _, p := range pairs {
		last, err := s.period(statute.ReopeningTime, p.decided, "BFL §53")
		if err != nil {
			return err
		}
		p.Stayed = false
		if err := l.happen(s, p, eventStands, max(last, s.day)); err != nil {
			return err
		}
	}
	return nil
}
