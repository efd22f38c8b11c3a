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
// day is no fault: it runs from service (BFL §11). A rate above the Act needs a
// ground, and the Act gives no interest before the due date.
func (r *run) interest(k *partHandles, n layout.Node) {
	t := r.doc
	if !r.interestTerms(k, n) {
		return
	}
	if t.Num(n, k.interest) == agreedInterest {
		r.aboveAct(k, n)
		return
	}
	from, due := dayOf(t, n, k.interestFrom), dayOf(t, n, k.dueDate)
	if from != 0 && from < due {
		r.at("D311", t, n, k.interestFrom, from, due)
	}
}

// interestTerms judges whether kind, rate and accrued amount go together,
// whatever gives the right to interest; false where its kind is not known.
func (r *run) interestTerms(k *partHandles, n layout.Node) bool {
	t := r.doc
	if !t.Given(n, k.interest) {
		if t.Given(n, k.rate) || t.Given(n, k.interestFrom) || t.Num(n, k.accrued) != 0 {
			r.at("D308", t, n, k.interest)
		}
		return false
	}
	if !t.Has(n, k.interest) {
		return false
	}
	switch rated := t.Num(n, k.rate) != 0; {
	case t.Given(n, k.rate) && !t.Has(n, k.rate):
	case rated && t.Num(n, k.interest) == actInterest:
		r.at("D331", t, n, k.rate, money.Rate(t.Num(n, k.rate)))
	case !rated && t.Num(n, k.interest) == agreedInterest:
		r.at("D307", t, n, k.rate)
	}
	r.accrued(k, n)
	return true
}

// aboveAct: an agreed rate above that of the Act needs a ground (BFL §11).
func (r *run) aboveAct(k *partHandles, n layout.Node) {
	t := r.doc
	if t.Num(n, k.rate) == 0 || t.Given(n, k.interestGround) {
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
