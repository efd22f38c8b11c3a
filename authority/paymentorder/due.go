package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/statute"
)

// handlers say what time does, by kind of deadline.
func handlers() map[string]func(*session, *life) error {
	return map[string]func(*session, *life) error{
		dueOrder:      (*session).dueOrder,
		dueCompletion: (*session).dueCompletion,
		dueReminder:   (*session).dueReminder,
		dueService:    (*session).dueService,
		dueAnswer:     (*session).dueAnswer,
		dueTransfer:   (*session).dueTransfer,
		dueEstate:     (*session).dueEstate,
		dueReopening:  (*session).dueReopening,
	}
}

// Due does what follows when time has passed. A deadline is only an occasion to
// look: what happens follows from the last day of each pair.
func (o *Orders) Due(ctx context.Context, due []service.Deadline) (service.Work, error) {
	known := handlers()
	cases, verdicts := make([]int64, len(due)), false
	for i, d := range due {
		if known[d.Kind] == nil {
			return nil, fmt.Errorf("paymentorder: there is no deadline of kind %q", d.Kind)
		}
		cases[i] = d.Subject
		verdicts = verdicts || d.Kind == dueAnswer
	}
	n, err := o.needOf(ctx, cases...)
	if err != nil {
		return nil, err
	}
	f := o.frame()
	if f.reserved, err = o.reserve(ctx, n, verdicts); err != nil {
		return nil, err
	}
	return func(tx store.Tx) error { return o.pass(o.within(tx, f), due, cases) }, nil
}

func (o *Orders) pass(s *session, due []service.Deadline, cases []int64) error {
	lives, err := s.guard(cases)
	if err != nil {
		return err
	}
	for _, d := range due {
		if l := lives[d.Subject]; l != nil {
			delete(l.before, d.Kind)
		}
	}
	known := handlers()
	for _, d := range due {
		l := lives[d.Subject]
		if l == nil {
			continue
		}
		if err := known[d.Kind](s, l); err != nil {
			return fmt.Errorf("paymentorder: deadline %s of case %s: %w", d.Kind, l.Number, err)
		}
	}
	return s.save()
}

func (s *session) dueOrder(l *life) error { return s.issue(l, l.passed(Registered, s.day)) }

// issue orders the respondents of the pairs to answer (BFL §25). The time to
// answer is counted from service.
func (s *session) issue(l *life, pairs []*pair) error {
	if err := l.each(s, pairs, eventOrder, 0); err != nil {
		return err
	}
	return s.sendOrders(l, pairs)
}

func (s *session) sendOrders(l *life, pairs []*pair) error {
	if s.Orders.letters == nil {
		return nil
	}
	for position, own := range byRespondent(pairs) {
		if len(own) == 0 {
			continue
		}
		days, err := s.answerDays(l, int64(position+1))
		if err != nil {
			return err
		}
		table, sum := l.claims(own)
		facts := notice.Facts{
			"claims": table, "total": notice.Amount(sum), "answer_time": notice.Text(days.Swedish()),
			"no_enforcement": notice.Flag(l.Application.NoEnforcement), "joint": notice.Flag(l.Application.Joint),
		}
		if ground := l.Application.Parts[own[0].Part-1].Ground; ground != "" {
			facts["ground"] = notice.Quote(ground)
		}
		if err := s.toRespondent(l, int64(position+1), notice.OrderToAnswer, facts); err != nil {
			return err
		}
	}
	return nil
}

// byRespondent gathers pairs by respondent, from 0.
func byRespondent(pairs []*pair) [][]*pair {
	var groups [][]*pair
	for _, p := range pairs {
		for int64(len(groups)) < p.Respondent {
			groups = append(groups, nil)
		}
		groups[p.Respondent-1] = append(groups[p.Respondent-1], p)
	}
	return groups
}

// answerDays is the time to answer: as the order gives it, or the usual.
func (o *Orders) answerDays(l *life, respondent int64) (calendar.Period, error) {
	if days := l.Service[respondent-1].AnswerDays; days > 0 {
		return calendar.Period{Days: int(days)}, nil
	}
	length, _, err := o.statute.Period(statute.ResponseTimeUsual, l.Registered.Time())
	return calendar.Period(length), err
}

func (s *session) dueCompletion(l *life) error {
	return s.dismiss(l, l.passed(CompletionRequested, s.day), eventNotCompleted,
		"Ansökan har inte kompletterats inom den tid som förelagts (20 § lagen om betalningsföreläggande och handräckning).")
}

func (s *session) dueService(l *life) error {
	return s.dismiss(l, l.passed(Ordered, s.day), eventServiceDeclined, reasonNotServed)
}

// reasonNotServed is the ground of a dismissal under BFL §30.
const reasonNotServed = "Svaranden har inte kunnat delges och sökanden har inte åtagit sig att ordna delgivningen (30 § lagen om betalningsföreläggande och handräckning)."

func (s *session) dueEstate(l *life) error {
	return s.dismiss(l, l.passed(AwaitingEstate, s.day), eventEstateNotNamed,
		"Svaranden har avlidit, och dödsboet och dess företrädare har inte angetts inom den tid som förelagts.")
}

func (s *session) dueAnswer(l *life) error { return s.decide(l, l.passed(Served, s.day)) }

func (s *session) dueTransfer(l *life) error {
	pairs := l.passed(Contested, s.day)
	if len(pairs) == 0 {
		return nil
	}
	knew := told(pairs)
	if err := l.each(s, pairs, eventNoTransfer, 0); err != nil {
		return err
	}
	return s.announce(l, notice.Discontinuance, notice.Facts{"decided": notice.Date(s.day),
		"reason": notice.Text("Ansökan har bestritts och sökanden har inte i tid begärt att målet lämnas över till tingsrätt (37 § lagen om betalningsföreläggande och handräckning).")}, pairs, knew)
}

// dueReopening lets verdicts gain legal force (BFL §64): on the day after the last
// for reopening, whenever that is looked for.
func (s *session) dueReopening(l *life) error {
	pairs := l.passed(VerdictGiven, s.day)
	for _, p := range pairs {
		s.gainsForce(p.Verdict, p.Until.AddDays(1))
	}
	return l.each(s, pairs, eventLegalForce, 0)
}
