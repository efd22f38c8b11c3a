package enforcement

import (
	"slices"

	"filtjanst/filing"
)

// stray is a held change that names somebody who is no party of the application.
type stray struct {
	heldChange
	problem filing.Code
}

// sift parts held changes by whether those whom they name are parties of the
// application.
func (o *opening) sift(held []heldChange) (fit []heldChange, strays []stray) {
	for _, h := range held {
		if problem := o.stranger(h); problem != "" {
			strays = append(strays, stray{h, problem})
			continue
		}
		fit = append(fit, h)
	}
	return fit, strays
}

// stranger tells which of those whom the change names is no party. A change of
// party data is held against the application by its document.
func (o *opening) stranger(h heldChange) filing.Code {
	switch {
	case h.kind == heldParty:
		return ""
	case !h.applicant.IsZero() && o.applicantAt(h.applicant) < 0:
		return codeNotApplicant
	case !h.respondent.IsZero() && !slices.ContainsFunc(o.Respondents, func(r filing.Debtor) bool { return r.Identity == h.respondent }):
		return codeNotRespondent
	}
	return ""
}

// tellStray notes in the first case that a held change was not made.
func (d *desk) tellStray(o *opening, s stray) error {
	defer d.broughtBy(s.heldChange)()
	return d.noteHeld(o.cases[0], string(s.kind), s.problem, s.amount)
}
