package paymentorder

import (
	"context"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
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
		last := s.span(days, s.day, "BFL §29")
		for position, own := range byRespondent(pairs) {
			for _, p := range own {
				if err := l.happen(s, p, eventServiceReminded, p.Until); err != nil {
					return err
				}
			}
			if len(own) == 0 {
				continue
			}
			facts := notice.Facts{"ordered": notice.Date(own[0].Since), "reply_by": notice.Date(last)}
			if err := s.toRespondent(l, int64(position+1), notice.ServiceReminder, facts); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *Orders) remindAct() service.Act {
	return act("remind_of_service", "Påminn om delgivning", "Remind of service", "BFL §29",
		params{whichRespondent(false), fromOne("days", false, "tid i dagar; annars den vanliga", "time in days; else the usual")},
		func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.RemindOfService(ctx, by, number, v.Number("respondent"), v.Number("days"))
		})
}
