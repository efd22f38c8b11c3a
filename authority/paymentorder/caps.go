package paymentorder

import (
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// excess is, by claim part, what is claimed above the law: costs above the caps
// of IKL and an application fee above the fee. It counts as unwarranted and is
// handled as contested in that part, without completion (BFL §23). Own work
// above its cap is let through for the special reasons that the application
// states (BFL §48).
func (o *Orders) excess(a *filing.Application, day calendar.Day) ([]money.Amount, error) {
	var over []money.Amount
	var invoices, compensation money.Amount
	costs := false
	for i := range a.Parts {
		switch a.Parts[i].Type {
		case filing.Capital:
			invoices++
			continue
		case filing.LatePaymentCompensation:
			compensation += a.Parts[i].Amount
		}
		costs = true
	}
	if !costs {
		return nil, nil
	}
	left, err := o.caps(max(1, invoices), day)
	if err != nil {
		return nil, err
	}
	for i := range a.Parts {
		p := &a.Parts[i]
		limit, capped := left[p.Type]
		if !capped {
			continue
		}
		within := min(limit, p.Amount)
		left[p.Type] = limit - within
		above := p.Amount - within
		if p.Type == filing.CollectionCost || p.Type == filing.ReminderFee {
			// IKL §5: only what exceeds late-payment compensation.
			covered := min(compensation, within)
			compensation -= covered
			above += covered
		}
		if above > 0 && over == nil {
			over = make([]money.Amount, len(a.Parts))
		}
		if above > 0 {
			over[i] = above
		}
	}
	return over, nil
}

// caps are the most that may be claimed of each kind of cost.
func (o *Orders) caps(invoices money.Amount, day calendar.Day) (map[filing.ClaimPartType]money.Amount, error) {
	caps := map[filing.ClaimPartType]money.Amount{}
	for kind, c := range map[filing.ClaimPartType]struct {
		symbol statute.Symbol
		times  money.Amount
	}{
		filing.CollectionCost:          {statute.CollectionDemand, 1},
		filing.ReminderFee:             {statute.Reminder, invoices},
		filing.LatePaymentCompensation: {statute.LatePaymentCompensation, invoices},
		filing.ApplicationFee:          {statute.ApplicationFee, 1},
	} {
		ore, _, err := o.statute.Amount(c.symbol, day.Time())
		if err != nil {
			return nil, err
		}
		caps[kind] = money.Amount(ore) * c.times
	}
	return caps, nil
}
