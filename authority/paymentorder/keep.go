package paymentorder

import (
	"filtjanst/calendar"
	"filtjanst/statute"
)

// keepCase is the last day on which a case is kept: some years after the end of
// the year in which it was closed (KFD 2:12).
func (o *Orders) keepCase(closed calendar.Day) (calendar.Day, error) {
	return o.keep(statute.KeepPaymentOrder, closed)
}

// keepVerdict is the last day on which a verdict is kept, from the year in which
// it gained legal force.
func (o *Orders) keepVerdict(legalForce calendar.Day) (calendar.Day, error) {
	return o.keep(statute.KeepVerdict, legalForce)
}

func (o *Orders) keep(s statute.Symbol, from calendar.Day) (calendar.Day, error) {
	length, _, err := o.statute.Period(s, from.Time())
	if err != nil {
		return 0, err
	}
	endOfYear := calendar.Date(from.Year(), 12, 31)
	return calendar.Period(length).From(endOfYear), nil
}
