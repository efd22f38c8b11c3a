package paymentorder

import (
	"cmp"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// The kinds of deadline. Each follows from the state of the pairs alone.
const (
	dueOrder      = "order"      // the order is issued
	dueCompletion = "completion" // the time to complete is over
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

// due is what the state of the pairs waits for.
func (l *life) due() agenda {
	a := agenda{}
	for _, p := range l.pairs {
		kind := deadlineOf(p.State)
		if kind == "" || p.Until.IsZero() {
			continue
		}
		day := p.Until.AddDays(1)
		if first, there := a[kind]; !there || day < first {
			a[kind] = day
		}
	}
	return a
}

// passed are the pairs in the state whose last day lies before the day.
func (l *life) passed(s State, day calendar.Day) []*pair {
	return l.where(func(p *pair) bool { return p.State == s && !p.Until.IsZero() && p.Until < day })
}

// saveDeadlines makes the deadlines of the cases what their states wait for.
func saveDeadlines(tx store.Tx, lives []*life) error {
	var fresh []service.Deadline
	for _, l := range lives {
		now := l.due()
		for kind := range l.before {
			if _, still := now[kind]; still {
				continue
			}
			if err := (service.Deadlines{}).Cancel(tx, filing.PaymentOrder, l.ID, kind); err != nil {
				return err
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
			if err := (service.Deadlines{}).Set(tx, d); err != nil {
				return err
			}
		}
		l.before = now
	}
	slices.SortFunc(fresh, func(a, b service.Deadline) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Kind, b.Kind))
	})
	if len(fresh) == 0 {
		return nil
	}
	return service.Deadlines{}.SetAll(tx, fresh)
}
