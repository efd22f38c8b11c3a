package paymentorder

import (
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// interestFrom is the first day of interest that is not claimed as an accrued
// amount: the day stated, else that of service (BFL §11). The zero day means
// that none is claimed.
func interestFrom(i filing.Interest, served calendar.Day) calendar.Day {
	switch {
	case i.Kind == "":
		return 0
	case i.Accrued > 0 && !i.AccruedTo.IsZero():
		return i.AccruedTo.AddDays(1)
	case !i.From.IsZero():
		return i.From
	}
	return served
}

// running is the interest that has run on a slice until a day, that day
// included: on what is claimed now, and on what was paid meanwhile until it was
// paid. What the applicant has given up without payment bears none.
func (o *Orders) running(p *pair, i filing.Interest, served, to calendar.Day) (money.Amount, error) {
	from := interestFrom(i, served)
	if from.IsZero() {
		return 0, nil
	}
	sum, err := o.interest(i, p.Amount, from, to)
	for _, w := range p.lowered {
		if err != nil {
			return 0, err
		}
		if w.paid.IsZero() || w.amount == 0 {
			continue
		}
		var more money.Amount
		if more, err = o.interest(i, w.amount, from, min(w.paid, to)); err == nil {
			sum, err = sum.Add(more)
		}
	}
	return sum, err
}

// interest is that on a capital for the days from one to another, both counted: a
// verdict has the interest of its own day, and enforcement goes on with the next.
// By the Interest Act it is computed from the first day for which a reference
// rate is known.
func (o *Orders) interest(i filing.Interest, capital money.Amount, from, to calendar.Day) (money.Amount, error) {
	if to < from || capital == 0 {
		return 0, nil
	}
	if i.Kind == filing.InterestAgreed {
		got, err := money.Fixed(capital, i.Rate, from.Time(), to.Time(), money.BothDays)
		return got.Amount, err
	}
	if from = max(from, calendar.FromTime(money.LateSince(o.statute, statute.LateInterestAddition))); to < from {
		return 0, nil
	}
	got, err := money.Late(o.statute, statute.LateInterestAddition, capital, from.Time(), to.Time(), money.BothDays)
	return got.Amount, err
}

// after are the terms of interest for the time after a verdict.
func after(i filing.Interest, verdict calendar.Day) filing.Interest {
	if i.Kind == "" {
		return filing.Interest{}
	}
	return filing.Interest{Kind: i.Kind, Rate: i.Rate, From: verdict.AddDays(1)}
}
