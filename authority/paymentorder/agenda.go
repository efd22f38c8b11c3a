package paymentorder

import (
	"cmp"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// The kinds of deadline. Each follows from the state of the pairs, and the
// reminder from how service went, alone.
const (
	dueOrder      = "order"      // the order is issued
	dueCompletion = "completion" // the time to complete is over
	dueReminder   = "reminder"   // no receipt of service has come
	dueService    = "service"    // the applicant has not said who arranges service
	dueAnswer     = "answer"     // the time to answer is over
	dueTransfer   = "transfer"   // the time to ask for transfer is over
	dueEstate     = "estate"     // the time to name the estate is over
	dueReopening  = "reopening"  // the time for reopening is over
)

// deadlineOf names what time does to a state.
func deadlineOf(s State) string {
	switch s {
	case Registered:
		return dueOrder
	case CompletionRequested:
		return dueCompletion
	case Ordered:
		return dueService
	case Served:
		return dueAnswer
	case Contested:
		return dueTransfer
	case AwaitingEstate:
		return dueEstate
	case VerdictGiven:
		return dueReopening
	}
	return ""
}

// agenda is the deadlines of one case, by kind: the day after the first last day
// of a state.
type agenda map[string]calendar.Day

// add keeps the earliest day of a kind.
func (a agenda) add(kind string, day calendar.Day) {
	if first, there := a[kind]; !there || day < first {
		a[kind] = day
	}
}

// due is what a case waits for.
func (s *session) due(l *life) (agenda, error) {
	a := agenda{}
	for _, p := range l.pairs {
		if kind := deadlineOf(p.State); kind != "" && !p.Until.IsZero() {
			a.add(kind, p.Until.AddDays(1))
		}
		day, err := s.remindOn(l, p)
		if err != nil {
			return nil, err
		}
		if !day.IsZero() {
			a.add(dueReminder, day)
		}
	}
	return a, nil
}

// passed are the pairs in the state whose last day lies before the day.
func (l *life) passed(s State, day calendar.Day) []*pair {
	return l.where(func(p *pair) bool { return p.State == s && !p.Until.IsZero() && p.Until < day })
}

// saveDeadlines makes the deadlines of the cases what they wait for.
func (s *session) saveDeadlines() error {
	var fresh []service.Deadline
	for _, l := range s.lives {
		now, err := s.due(l)
		if err != nil {
			return err
		}
		some, err := s.moveDeadlines(l, now)
		if err != nil {
			return err
		}
		fresh = append(fresh, some...)
		l.before = now
	}
	slices.SortFunc(fresh, func(a, b service.Deadline) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Kind, b.Kind))
	})
	if len(fresh) == 0 {
		return nil
	}
	return service.Deadlines{}.SetAll(s.tx, fresh)
}

// moveDeadlines cancels and moves those of a case that stood, and returns the
// new ones.
func (s *session) moveDeadlines(l *life, now agenda) (fresh []service.Deadline, err error) {
	for kind := range l.before {
		if _, still := now[kind]; still {
			continue
		}
		if err := (service.Deadlines{}).Cancel(s.tx, filing.PaymentOrder, l.ID, kind); err != nil {
			return nil, err
		}
	}
	for kind, day := range now {
		d := service.Deadline{Service: filing.PaymentOrder, Subject: l.ID, Kind: kind, Due: day}
		stood, there := l.before[kind]
		if !there {
			fresh = append(fresh, d)
			continue
		}
		if stood == day {
			continue
		}
		if err := (service.Deadlines{}).Set(s.tx, d); err != nil {
			return nil, err
		}
	}
	return fresh, nil
}
