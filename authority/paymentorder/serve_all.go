package paymentorder

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Receipt is a receipt of service that has come back.
type Receipt struct {
	Number     string // of the case
	Respondent int64  // 0 for all
	Day        calendar.Day
}

// ServeAll notes service by several receipts in one transaction; none of it if
// one is refused.
func (o *Orders) ServeAll(ctx context.Context, by service.Officer, all []Receipt) error {
	if err := by.Check(); err != nil {
		return err
	}
	cases, err := o.findAll(ctx, all)
	if err != nil {
		return err
	}
	n, err := o.needOf(ctx, cases...)
	if err != nil {
		return err
	}
	f := o.frame()
	f.by = by
	if f.reserved, err = o.reserve(ctx, n, false); err != nil {
		return err
	}
	return o.db.Do(ctx, func(tx store.Tx) error { return o.serveAll(o.within(tx, f), all, cases) })
}

func (o *Orders) serveAll(s *session, all []Receipt, cases []int64) error {
	lives, err := s.guard(cases)
	if err != nil {
		return err
	}
	for i, r := range all {
		l := lives[cases[i]]
		if l == nil {
			return service.UnknownCase(r.Number)
		}
		if err := s.serveBy(l, r.Respondent, r.Day); err != nil {
			return err
		}
	}
	return s.save()
}

// findAll finds the case of each receipt.
func (o *Orders) findAll(ctx context.Context, all []Receipt) (cases []int64, err error) {
	err = o.db.Read(ctx, func(r store.Reader) error {
		cases = make([]int64, len(all))
		for i, one := range all {
			if cases[i], err = caseID(r, one.Number); err != nil {
				return err
			}
		}
		return nil
	})
	return cases, err
}
