package fee

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Report counts what a run did.
type Report struct {
	Invoices    int `json:"invoices"`
	CreditNotes int `json:"credit_notes"`
	SetOff      int `json:"set_off"`  // invoices that what was held went to
	Interest    int `json:"interest"` // charges of late interest
	Reminders   int `json:"reminders"`
}

// Run does what a weekday evening asks: it closes the month before once its
// closing day has come, makes credit notes, sets off what is held for payers,
// charges or waives late interest, and reminds of what is unpaid. A second run
// on the same day finds nothing left to do. What fails in one part does not
// keep the others.
func (f *Fees) Run(ctx context.Context, today calendar.Day) (Report, error) {
	var report Report
	var faults error
	for _, part := range []struct {
		count *int
		do    func(context.Context, calendar.Day) (int, error)
	}{
		{&report.Invoices, f.closeMonth},
		{&report.CreditNotes, f.creditNotes},
		{&report.SetOff, f.setOff},
		{&report.Interest, f.interest},
		{&report.Reminders, f.remind},
	} {
		n, err := part.do(ctx, today)
		*part.count, faults = n, errors.Join(faults, err)
	}
	return report, faults
}

// closeMonth closes the latest month whose closing day has come, if that was
// not done.
func (f *Fees) closeMonth(ctx context.Context, today calendar.Day) (int, error) {
	p := f.period(today)
	var closed bool
	err := f.db.Read(ctx, func(r store.Reader) error {
		return r.QueryRow(`SELECT COUNT(*) > 0 FROM fee_period WHERE last_day = $1`, p.Last).Scan(&closed)
	})
	if err != nil {
		return 0, fmt.Errorf("fee: look whether the month to %s is closed: %w", p.Last, err)
	}
	if closed {
		return 0, nil
	}
	return f.Close(ctx, p, today)
}

// period is the latest month that may be closed today.
func (f *Fees) period(today calendar.Day) Period {
	year, month, day := today.Date()
	if day < f.config.ClosingDay {
		month--
	}
	first := calendar.Date(year, month-1, 1)
	return Period{first, calendar.Date(year, month, 1) - 1}
}

// setOff pays invoices with what is held for their payers, the oldest first.
// It returns how many got something.
func (f *Fees) setOff(ctx context.Context, today calendar.Day) (int, error) {
	list := func(r store.Reader) ([]standing, error) {
		return store.Collect(scanStanding)(r.Query(selectStanding + `WHERE kind = 'invoice' AND state = 'issued' AND paid + credited < total
			AND NOT disputed AND code_id IN (SELECT code_id FROM fee_account WHERE credit > 0) ORDER BY due, id`))
	}
	return f.sweep(ctx, list, func(l *ledger, s *standing, _ supply) (bool, error) {
		disputed, err := disputedAmount(l.tx, *s)
		if err != nil {
			return false, err
		}
		part := min(l.credit, s.balance()-disputed)
		if part == 0 {
			return false, nil
		}
		l.credit -= part
		return true, s.settle(l, Event{Day: today, Kind: SetOff, Amount: part})
	})
}
