package paymentorder

import (
	"filtjanst/authority/service"
	"filtjanst/filing"
)

// Ruling is one cell of the table state × act (DESIGN decision 11).
type Ruling struct {
	Act    filing.Transaction
	State  State
	Effect service.Effect // "" where the act is refused
	// Codes refuse: the first where enforcement follows the verdict or it does
	// not matter, the second where the applicant has opted out of it.
	Codes []filing.Code
}

// Rulings is the table: what becomes of a withdrawal or a reduction in each
// state. A document that concerns pairs in several states is applied to those
// where it can be, and refused only if there is none.
func Rulings() []Ruling {
	var all []Ruling
	for _, act := range []filing.Transaction{filing.BFWithdrawal, filing.BFReduction} {
		for _, s := range states() {
			all = append(all, rule(act, s))
		}
	}
	return all
}

func rule(act filing.Transaction, s stateInfo) Ruling {
	r := Ruling{Act: act, State: s.State}
	switch {
	case s.stage == open:
		r.Effect = service.Applied
	case s.State == VerdictGiven || s.State == Reopening || s.State == LegalForce:
		r.Codes = []filing.Code{codeEnforced, codeVerdictStands}
	case s.State == Transferred:
		r.Codes = []filing.Code{codeAtCourt}
	case s.State == Discontinued && act == filing.BFWithdrawal:
		r.Effect = service.Already
	case s.State == Discontinued:
		r.Codes = []filing.Code{service.CodeWithdrawn}
	default:
		r.Codes = []filing.Code{codeEnded}
	}
	return r
}

// ruleOn looks the act up for the pairs that it concerns. Where none can take
// it, the refusal that tells the filer most comes first: that of a verdict, then
// the court's, then an end.
func (l *life) ruleOn(act filing.Transaction, respondent, part int64) ruling {
	found := map[State]Ruling{}
	for _, p := range l.pairs {
		if respondent != 0 && p.Respondent != respondent || part != 0 && p.Part != part {
			continue
		}
		if r := rule(act, stateInfo{State: p.State, stage: stageOf()[p.State]}); r.Effect == service.Applied {
			return ruling{effect: service.Applied}
		} else {
			found[p.State] = r
		}
	}
	for _, s := range []State{VerdictGiven, Reopening, LegalForce, Transferred, SetAside, Dismissed, Discontinued} {
		if r, there := found[s]; there {
			return l.told(r)
		}
	}
	return refused(codeNoPart, part, int64(len(l.Application.Parts)))
}

// told fills in what a refusal says.
func (l *life) told(r Ruling) ruling {
	if r.Effect != "" {
		return ruling{effect: r.Effect}
	}
	switch code := r.Codes[0]; {
	case code == codeEnforced && l.Application.NoEnforcement:
		return refused(codeVerdictStands, l.Number)
	case code == codeEnforced:
		return refused(codeEnforced, l.Number) // and the number of the case in enforcement
	case code == codeEnded:
		sv, en := r.State.words()
		return refused(code, l.Number, sv, en)
	default:
		return refused(code, l.Number)
	}
}
