package filing

import (
	"filtjanst/layout"
	"filtjanst/money"
)

// Indexes of the symbols of claim_part.interest.
const (
	actInterest = iota
	agreedInterest
)

// interest judges what is claimed on a capital part. Interest without a start
// day is no fault: it runs from service (BFL §11).
func (r *run) interest(k *partHandles, n layout.Node) {
	t := r.doc
	if !t.Given(n, k.interest) {
		if t.Given(n, k.rate) || t.Given(n, k.interestFrom) || t.Num(n, k.accrued) != 0 {
			r.at("D308", t, n, k.interest)
		}
		return
	}
	if !t.Has(n, k.interest) {
		return
	}
	switch t.Num(n, k.interest) {
	case actInterest:
		if t.Has(n, k.rate) && t.Num(n, k.rate) != 0 {
			r.at("D331", t, n, k.rate, money.Rate(t.Num(n, k.rate)))
		}
		from, due := dayOf(t, n, k.interestFrom), dayOf(t, n, k.dueDate)
		if from != 0 && from < due {
			r.at("D311", t, n, k.interestFrom, from, due)
		}
	case agreedInterest:
		r.agreed(k, n)
	}
	r.accrued(k, n)
}

func (r *run) agreed(k *partHandles, n layout.Node) {
	t := r.doc
	if !t.Has(n, k.rate) || t.Num(n, k.rate) == 0 {
		if !t.Given(n, k.rate) || t.Has(n, k.rate) {
			r.at("D307", t, n, k.rate)
		}
		return
	}
	if t.Given(n, k.interestGround) {
		return
	}
	from, to := dayOf(t, n, k.interestFrom), dayOf(t, n, k.accruedTo)
	if from == 0 {
		from = r.today
	}
	if to < from {
		to = max(from, r.today)
	}
	rate := money.Rate(t.Num(n, k.rate))
	if act, known := r.law.lowest(from, to); known && rate > act {
		r.at("D306", t, n, k.rate, rate, act)
	}
}

func (r *run) accrued(k *partHandles, n layout.Node) {
	t := r.doc
	from, to := dayOf(t, n, k.interestFrom), dayOf(t, n, k.accruedTo)
	if to > r.today {
		r.at("W415", t, n, k.accruedTo, to, r.today)
	}
	if from != 0 && to != 0 && to < from {
		r.at("D312", t, n, k.interestFrom, from, to)
	}
	if !t.Given(n, k.accrued) {
		// From a coming day, or from service, nothing has accrued yet.
		if from != 0 && from < r.today {
			r.at("W404", t, n, k.accrued)
		}
		return
	}
	switch accrued := money.Amount(t.Num(n, k.accrued)); {
	case accrued < 0:
		r.at("D317", t, n, k.accrued, accrued)
	case accrued > 0 && !t.Given(n, k.accruedTo):
		r.at("D309", t, n, k.accruedTo, accrued)
	}
}
