package filer

import (
	"cmp"
	"slices"

	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// statusLines gathers the lines of a status report by case: a case of payment
// order has one for each respondent.
type statusLines struct{ held []filing.CaseStatus }

// next takes a line, and gives the lines of the case before it once that is
// whole.
func (l *statusLines) next(s *filing.CaseStatus) (whole []filing.CaseStatus) {
	if !l.same(s) {
		whole, l.held = l.held, nil
	}
	l.held = append(l.held, *s)
	return whole
}

// same tells whether a line is of another respondent in the case that is held.
func (l *statusLines) same(s *filing.CaseStatus) bool {
	if len(l.held) == 0 || l.held[0].Service != s.Service || l.held[0].CaseNumber != s.CaseNumber {
		return false
	}
	return !slices.ContainsFunc(l.held, func(other filing.CaseStatus) bool { return samePerson(other.Respondent, s.Respondent) })
}

// samePerson tells whether two lines name the same respondent.
func samePerson(a, b filing.Person) bool {
	return a.Identity == b.Identity && (a.Identity != identity.Number{} || a.Name == b.Name)
}

// asOneCase is how a case stands by all its lines: as the respondent against whom
// it goes on, else as the one for whom it ended last. claimed is what the book
// holds as claimed: where the lines add up to it, each tells its share;
// otherwise each tells the whole of a joint debt.
func asOneCase(all []filing.CaseStatus, claimed money.Amount) filing.CaseStatus {
	s := slices.MaxFunc(all, func(a, b filing.CaseStatus) int {
		return cmp.Or(cmp.Compare(goesOn(a), goesOn(b)), cmp.Compare(a.Since, b.Since))
	})
	s.Respondent, s.Fees = all[0].Respondent, 0
	var sum money.Amount
	for _, line := range all {
		s.Fees += line.Fees
		sum += line.Claimed
	}
	join := func(a, b money.Amount) money.Amount { return max(a, b) }
	if sum == claimed {
		join = func(a, b money.Amount) money.Amount { return a + b }
	}
	s.Claimed, s.Reduced, s.Received, s.PaidOut, s.Remaining = 0, 0, 0, 0, 0
	for _, line := range all {
		s.Claimed, s.Reduced, s.Remaining = join(s.Claimed, line.Claimed), join(s.Reduced, line.Reduced), join(s.Remaining, line.Remaining)
		s.Received, s.PaidOut = join(s.Received, line.Received), join(s.PaidOut, line.PaidOut)
	}
	return s
}

func goesOn(s filing.CaseStatus) int {
	if ended(s.State) {
		return 0
	}
	return 1
}
