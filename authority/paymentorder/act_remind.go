package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/statute"
)

// RemindOfService reminds respondents that have been ordered to answer, all or
// one of them, to send in the receipt that shows service (BFL §29). days is the
// time to do so, 0 the usual.
func (o *Orders) RemindOfService(ctx context.Context, by service.Officer, number string, respondent, days int64) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventServiceReminded, respondent)
		if err != nil {
			return err
		}
		if days <= 0 {
			days = s.times.Receipt
		}
		return s.remind(l, pairs, days)
	})
}

// remind reminds each respondent of the pairs, whose time to send in the receipt
// is so many days.
func (s *session) remind(l *life, pairs []*pair, days int64) error {
	last := s.span(days, s.day, "BFL §29")
	for position, own := range byRespondent(pairs) {
		if len(own) == 0 {
			continue
		}
		l.service(int64(position + 1)).Reminded = s.day
		for _, p := range own {
			if err := l.happen(s, p, eventServiceReminded, p.Until); err != nil {
				return err
			}
		}
		facts := notice.Facts{"ordered": notice.Date(own[0].Since), "reply_by": notice.Date(last)}
		if err := s.toRespondent(l, int64(position+1), notice.ServiceReminder, facts); err != nil {
			return err
		}
	}
	return nil
}

// dueReminder reminds those of whom no receipt has come.
func (s *session) dueReminder(l *life) error {
	var pairs []*pair
	for _, p := range l.pairs {
		day, err := s.remindOn(l, p)
		if err != nil {
			return err
		}
		if !day.IsZero() && day <= s.day {
			pairs = append(pairs, p)
		}
	}
	return s.remind(l, pairs, s.times.Receipt)
}

// remindOn is the day on which the respondent of a pair is reminded of service,
// the zero day if it is not: a natural person is, once, while the authority tries
// to serve it (BFL §29).
func (s *session) remindOn(l *life, p *pair) (calendar.Day, error) {
	if p.State != Ordered || !p.Until.IsZero() {
		return 0, nil
	}
	who, how := &l.Application.Respondents[p.Respondent-1], &l.Service[p.Respondent-1]
	if !who.Identity.IsNatural() || who.Estate || !how.Failed.IsZero() || !how.Reminded.IsZero() {
		return 0, nil
	}
	length, _, err := s.statute.Period(statute.ServiceReminder, l.Registered.Time())
	if err != nil {
		return 0, fmt.Errorf("paymentorder: when to remind of service in case %s: %w", l.Number, err)
	}
	return calendar.Period(length).From(p.Since), nil
}

func (o *Orders) remindAct() service.Act {
	return act("remind_of_service", "Påminn om delgivning", "Remind of service", "BFL §29",
		params{whichRespondent(false), fromOne("days", false, "tid i dagar; annars den vanliga", "time in days; else the usual")},
		func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.RemindOfService(ctx, by, number, v.Number("respondent"), v.Number("days"))
		})
}
