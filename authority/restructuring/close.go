package restructuring

import (
	"cmp"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// close ends the matter, which has moved to a state in which nothing more
// happens: no deadline stands, and the time of keeping is known (KFD 2:18).
func (a *act) close() error {
	last, err := a.keptUntil()
	if err != nil {
		return err
	}
	_, err = a.tx.Exec(`UPDATE restructuring_matter SET closed = $1, purge_after = $2 WHERE id = $3`, a.day, last, a.ID)
	if err != nil {
		return fmt.Errorf("restructuring: close matter %s: %w", a.Number, err)
	}
	a.Closed = a.day
	if err := a.room.letters.KeepUntil(a.tx, filing.Restructuring, last, a.Number); err != nil {
		return err
	}
	return service.Deadlines{}.CancelAll(a.tx, filing.Restructuring, a.ID)
}

// keptUntil is the end of the year five years after that of closing; of a
// granted restructuring seven years after that of the decision, five of an
// F-restructuring, though not before it is closed and no money can wait in it.
func (a *act) keptUntil() (calendar.Day, error) {
	symbol := statute.KeepRestructuring
	switch {
	case !a.Granted.IsZero() && a.Business:
		symbol = statute.KeepRestructuringBusiness
	case !a.Granted.IsZero():
		symbol = statute.KeepRestructuringGranted
	}
	p, _, err := a.room.period(symbol, a.day)
	if err != nil {
		return 0, err
	}
	waits, err := a.accountTime()
	if err != nil {
		return 0, err
	}
	from := cmp.Or(a.Granted, a.day)
	return max(calendar.Date(from.Year()+p.Years, time.December, 31), a.day, waits), nil
}
