package enforcement

import (
	"fmt"
	"time"

	"filtjanst/calendar"
	"filtjanst/money"
	"filtjanst/statute"
)

// law looks numbers of law up, and counts time by them.
type law struct {
	table     *statute.Table
	working   *calendar.Calendar
	ratesFrom calendar.Day // first day for which the rate of the Interest Act is known
}

func newLaw(t *statute.Table, c *calendar.Calendar) law {
	return law{table: t, working: c, ratesFrom: calendar.FromTime(money.LateSince(t, statute.LateInterestAddition))}
}

func (l law) amount(s statute.Symbol, on calendar.Day) (money.Amount, error) {
	ore, _, err := l.table.Amount(s, on.Time())
	if err != nil {
		return 0, fmt.Errorf("enforcement: %w", err)
	}
	return money.Amount(ore), nil
}

func (l law) period(s statute.Symbol, on calendar.Day) (calendar.Period, error) {
	p, _, err := l.table.Period(s, on.Time())
	if err != nil {
		return calendar.Period{}, fmt.Errorf("enforcement: %w", err)
	}
	return calendar.Period(p), nil
}

// after is the day so long after the start, by law.
func (l law) after(s statute.Symbol, start calendar.Day) (calendar.Day, error) {
	p, err := l.period(s, start)
	if err != nil {
		return 0, err
	}
	return p.From(start), nil
}

// before is the day so long before another, by law.
func (l law) before(s statute.Symbol, end calendar.Day) (calendar.Day, error) {
	p, err := l.period(s, end)
	if err != nil {
		return 0, err
	}
	return p.Before(end), nil
}

// keepUntil is the last day on which a case closed on the day is kept: years
// after the end of the year of closing (KFD 2:6).
func (l law) keepUntil(closed calendar.Day) (calendar.Day, error) {
	p, err := l.period(statute.KeepEnforcement, closed)
	if err != nil {
		return 0, err
	}
	return p.From(calendar.Date(closed.Year(), time.December, 31)), nil
}
