package extract

import (
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Every tells how often something is delivered.
type Every string

// The frequencies.
const (
	Never   Every = "never"
	Daily   Every = "daily"   // Monday to Friday
	Weekly  Every = "weekly"  // on a weekday
	Monthly Every = "monthly" // on a day of the month
)

// Turn is one kind of delivery of a subscription: how often, and on which day
// of the week (1 Monday to 5 Friday) or of the month (1 to 28).
type Turn struct {
	Every Every
	On    int
}

// Schedule is when a subscription is delivered. The first delivery is full,
// whatever the schedule says; on a day with both the full one goes.
type Schedule struct{ Whole, Difference Turn }

// StandardSchedules are the schedules of subscriptions that name none: public
// cases daily, payment orders and balances weekly, as bureaus report it.
func StandardSchedules() map[filing.Transaction]Schedule {
	return map[filing.Transaction]Schedule{
		filing.CEExtract:             {Whole: Turn{Monthly, 1}, Difference: Turn{Every: Daily}},
		filing.CEPaymentOrderExtract: {Whole: Turn{Monthly, 1}, Difference: Turn{Weekly, 1}},
		filing.CEDebtBalanceExtract:  {Whole: Turn{Monthly, 1}, Difference: Turn{Weekly, 1}},
	}
}

func (s Schedule) check() error {
	if s.Difference.Every == Never && s.Whole.Every == Never {
		return service.Refuse("bad_schedule", "Prenumerationen saknar leveranser.", "The subscription has no deliveries.")
	}
	for _, t := range []Turn{s.Whole, s.Difference} {
		if !t.valid() {
			return service.Refuse("bad_schedule", fmt.Sprintf("Leveransdagen %s %d finns inte.", t.Every, t.On),
				fmt.Sprintf("There is no day of delivery %s %d.", t.Every, t.On))
		}
	}
	return nil
}

func (t Turn) valid() bool {
	switch t.Every {
	case Never, Daily:
		return t.On == 0
	case Weekly:
		return t.On >= 1 && t.On <= 5
	case Monthly:
		return t.On >= 1 && t.On <= 28
	}
	return false
}

// falls tells whether the turn falls on the day.
func (t Turn) falls(d calendar.Day) bool {
	switch t.Every {
	case Daily:
		return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	case Weekly:
		return int(d.Weekday()) == t.On
	case Monthly:
		return d.Day() == t.On
	}
	return false
}

// fell tells whether the turn fell on a day after the one given and not after
// today.
func (t Turn) fell(after, today calendar.Day) bool {
	for d := today; d > after && d > today-monthAtMost; d-- {
		if t.falls(d) {
			return true
		}
	}
	return false
}

// monthAtMost is the longest time between two days of a turn, and a day.
const monthAtMost = 32

// next is the first day after today on which anything is delivered; false when
// nothing ever is.
func (s Schedule) next(today calendar.Day) (calendar.Day, bool) {
	for d := today + 1; d <= today+monthAtMost; d++ {
		if s.Whole.falls(d) || s.Difference.falls(d) {
			return d, true
		}
	}
	return 0, false
}
