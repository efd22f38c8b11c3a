package enforcement_test

import (
	"fmt"
	"slices"
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

// The table state × change says what becomes of each change and of a change of
// party data, cell by cell: in the answer, and in the case.
func TestEveryChangeRule(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		strict, lapsing := twoBenches(t, open())
		for i, rule := range enforcement.ChangeRules() {
			b := strict
			if rule.State == enforcement.Lapsed {
				b = lapsing
			}
			s := &scene{bench: b, reference: fmt.Sprintf("R%d", i), debtor: 2 * i}
			s.begin(false)
			s.bring(rule.State)
			s.rule(rule)
			s.leave()
		}
	})
}

// rule sends one change of a cell.
func (s *scene) rule(rule enforcement.ChangeRule) {
	s.Helper()
	change := &filing.Change{CaseKey: key(s.number), Kind: rule.Change}
	switch rule.Change {
	case filing.ChangeAmount:
		change.Amount = 900_00
	case filing.ChangeDeferral:
		change.Until = s.in(10)
	}
	before := len(s.told(s.number))
	party := s.judgeParty(s.file(filing.XXPartyChange, 1), documents(relocated(key(s.number), s.debtor)))
	j := s.change(change)
	moved := len(s.told(s.number)) > before
	name := fmt.Sprintf("%s in %s", rule.Change, rule.State)
	switch {
	case rule.Code != "":
		if got := codes(j); !slices.Equal(got, []filing.Code{rule.Code}) || moved {
			s.Errorf("%s: %v, want %s; moved %t", name, got, rule.Code, moved)
		}
	case len(j.Errors) > 0 || j.Notes[1] != (service.Result{Effect: rule.Effect, CaseNumber: s.number}):
		s.Errorf("%s: %+v, want %s", name, j, rule.Effect)
	case moved != (rule.Effect == service.Applied):
		s.Errorf("%s is %s, and the story goes on %t", name, rule.Effect, moved)
	}
	ended := slices.Contains([]enforcement.State{enforcement.Lapsed, enforcement.Discontinued, enforcement.Dismissed,
		enforcement.RestructuringGranted, enforcement.Closed}, rule.State)
	if got := codes(party); ended != slices.Equal(got, []filing.Code{"D451"}) || !ended && len(got) > 0 {
		s.Errorf("a new address in %s: %v", rule.State, got)
	}
}
