package paymentorder

import (
	"cmp"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// ruling is what becomes of a document: an effect, or the code that refuses it
// with its arguments.
type ruling struct {
	effect service.Effect
	code   filing.Code
	args   []any
}

func refused(code filing.Code, args ...any) ruling { return ruling{code: code, args: args} }

// change is a reduction (nedsättning) as the applicant asks for it.
type change struct {
	respondent int64 // 0: all
	part       int64 // 0: the claim as a whole
	measure    filing.ReductionKind
	amount     money.Amount
	paid       calendar.Day
}

// withdraw discontinues what is open, of one respondent or of all (BFL §22). If
// it was paid, those of a joint debt against whom it is enforced have it credited.
func (l *life) withdraw(s *session, respondent int64, paid bool, day calendar.Day) (ruling, error) {
	if r := l.ruleOn(filing.BFWithdrawal, respondent, 0); r.effect != service.Applied {
		return r, nil
	}
	pairs := l.open(respondent)
	if paid {
		most, err := s.most(l, pairs, cmp.Or(day, s.day))
		if err != nil {
			return ruling{}, err
		}
		s.credit(l, most, day)
	}
	return ruling{effect: service.Applied}, l.each(s, pairs, eventWithdrawal, 0)
}

// reduce lowers what is claimed in the open pairs. A claim for which several are
// jointly liable is lowered for each of them; otherwise the shares are lowered
// in proportion. What one of those who are jointly liable has paid is paid for
// the others too, and what lowers the claim against all who are open, or was
// paid, is credited to those against whom it is enforced. See order for what
// goes first.
func (l *life) reduce(s *session, c change) (ruling, error) {
	if r := l.ruleOn(filing.BFReduction, c.respondent, c.part); r.effect != service.Applied {
		return r, nil
	}
	groups := l.debts(c)
	cuts, r, err := l.cuts(groups, c)
	if err != nil || r.code != "" {
		return r, err
	}
	most := slices.Max(cuts)
	if paid := !c.paid.IsZero(); paid || c.respondent == 0 {
		s.credit(l, most, c.paid)
	}
	for _, others := range l.creditedToo(c) {
		groups, cuts = append(groups, others), append(cuts, min(most, owed(others, c.part)))
	}
	for i, pairs := range groups {
		if err := l.lower(s, pairs, cuts[i], c); err != nil {
			return ruling{}, err
		}
	}
	return ruling{effect: service.Applied}, nil
}

// creditedToo are the open pairs of the others, where one of those who are
// jointly liable has paid.
func (l *life) creditedToo(c change) [][]*pair {
	if !l.Application.Joint || c.respondent == 0 || c.paid.IsZero() {
		return nil
	}
	all := l.debts(change{part: c.part})
	return slices.DeleteFunc(all, func(pairs []*pair) bool { return pairs[0].Respondent == c.respondent })
}

// debts are the open pairs that a reduction concerns, gathered by respondent.
func (l *life) debts(c change) [][]*pair {
	var groups [][]*pair
	for r := range l.Application.Respondents {
		position := int64(r + 1)
		if c.respondent != 0 && c.respondent != position {
			continue
		}
		pairs := slices.DeleteFunc(l.open(position), func(p *pair) bool { return c.part != 0 && p.Part != c.part })
		if len(pairs) > 0 {
			groups = append(groups, pairs)
		}
	}
	return groups
}

// cuts is how much is taken from each respondent's debt. The amount of one
// claim part is without its accrued interest, as the application states it; that
// of the claim as a whole is with it.
func (l *life) cuts(groups [][]*pair, c change) ([]money.Amount, ruling, error) {
	debts := make([]money.Amount, len(groups))
	for i, pairs := range groups {
		debts[i] = owed(pairs, c.part)
	}
	claimed := slices.Max(debts)
	if !l.Application.Joint {
		var err error
		if claimed, err = money.Sum(debts...); err != nil {
			return nil, ruling{}, err
		}
	}
	by := c.amount
	if c.measure == filing.ReduceTo {
		by = claimed - c.amount
	}
	switch {
	case c.measure == filing.ReduceTo && (by <= 0 || c.amount < 0):
		return nil, refused(codeNotLower, c.amount, claimed), nil
	case by > claimed || by <= 0:
		return nil, refused(codeAboveClaim, c.amount, claimed), nil
	case by == claimed && l.nothingLeft(groups, c):
		return nil, refused(codeNothingLeft), nil
	}
	if !l.Application.Joint {
		cuts, err := by.ProRata(debts)
		return cuts, ruling{}, err
	}
	cuts := make([]money.Amount, len(groups))
	for i, debt := range debts {
		cuts[i] = min(by, debt)
		if c.measure == filing.ReduceTo {
			cuts[i] = max(0, debt-c.amount)
		}
	}
	return cuts, ruling{}, nil
}

func owed(pairs []*pair, part int64) (sum money.Amount) {
	for _, p := range pairs {
		sum += p.Amount
		if part == 0 {
			sum += p.Accrued
		}
	}
	return sum
}

// nothingLeft tells whether taking all of the groups leaves nothing open of
// those respondents: then the applicant must withdraw.
func (l *life) nothingLeft(groups [][]*pair, c change) bool {
	for _, pairs := range groups {
		for _, p := range l.open(pairs[0].Respondent) {
			if !slices.Contains(pairs, p) && p.claim() > 0 {
				return false
			}
			if c.part != 0 && slices.Contains(pairs, p) && p.Accrued > 0 {
				return false
			}
		}
	}
	return true
}

// lower takes the amount from the pairs of one respondent: in the order of UB
// 13:13, interest and costs before capital. A pair of which nothing is left is
// withdrawn.
func (l *life) lower(s *session, pairs []*pair, amount money.Amount, c change) error {
	for _, step := range l.order(pairs, c.part) {
		taken := min(amount, *step.of)
		if taken == 0 {
			continue
		}
		*step.of -= taken
		amount -= taken
		entry := lowering{day: s.day, paid: c.paid, file: s.file}
		if step.of == &step.pair.Accrued {
			entry.accrued = taken
		} else {
			entry.amount = taken
		}
		step.pair.lowered = append(step.pair.lowered, entry)
		event := eventReduction
		if step.pair.claim() == 0 && !l.interestLeft(step.pair) {
			event = eventWithdrawal
		}
		if err := l.lowered(s, step.pair, event, taken); err != nil {
			return err
		}
	}
	return nil
}

func (l *life) lowered(s *session, p *pair, event string, by money.Amount) error {
	until := p.Until
	if event == eventWithdrawal {
		until = 0
	}
	if err := l.happen(s, p, event, until); err != nil {
		return err
	}
	l.said[len(l.said)-1].amount = by
	return nil
}

// interestLeft tells whether interest on what was paid is still claimed.
func (l *life) interestLeft(p *pair) bool {
	return l.Application.Parts[p.Part-1].Interest.Kind != "" &&
		slices.ContainsFunc(p.lowered, func(w lowering) bool { return w.amount > 0 && !w.paid.IsZero() })
}

// step is one amount that a reduction takes from.
type step struct {
	pair *pair
	of   *money.Amount
}

// order is what a reduction takes from first: accrued interest, interest claimed
// as an amount, costs, and capital last (UB 13:13); within each in the order of
// the application, and of a part that is contested in part what is not contested
// first. A reduction of one part takes from its amount alone.
func (l *life) order(pairs []*pair, part int64) []step {
	var steps []step
	if part == 0 {
		for _, p := range pairs {
			steps = append(steps, step{p, &p.Accrued})
		}
	}
	sorted := slices.Clone(pairs)
	slices.SortStableFunc(sorted, func(a, b *pair) int { return l.rank(a) - l.rank(b) })
	for _, p := range sorted {
		steps = append(steps, step{p, &p.Amount})
	}
	return steps
}

func (l *life) rank(p *pair) int {
	rank := 2
	switch l.Application.Parts[p.Part-1].Type {
	case filing.Capital:
		rank = 4
	case filing.CapitalisedInterest:
		rank = 0
	}
	if p.State == Contested {
		rank++
	}
	return rank
}
