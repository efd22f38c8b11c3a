package enforcement

import (
	"slices"

	"filtjanst/filing"
	"filtjanst/identity"
)

// lacking is what must be lodged before the handling of an application can
// start: any title but the authority's own verdict, a running note in original,
// and the documents by which the claim went from the creditor in the title to
// the applicant (UB 2:2, 2:5).
func lacking(a *filing.EnforcementApplication) (all []Lacking) {
	t := &a.Title
	if t.Kind != filing.TitleVerdict && !t.Lodged {
		all = append(all, LacksTitle)
	}
	if (t.Original || t.Kind == filing.TitleNegotiableNote) && !t.Lodged {
		all = append(all, LacksOriginal)
	}
	if !chainIsWhole(t, a.Applicants) {
		all = append(all, LacksChain)
	}
	return all
}

// lacking is what the application lacks, with what has been changed since it was
// filed.
func (o *opening) lacking() []Lacking {
	all := lacking(o.EnforcementApplication)
	if o.chainAwaited && !slices.Contains(all, LacksChain) {
		all = append(all, LacksChain)
	}
	return all
}

// chainIsWhole tells whether the assignments lead from the creditor in the
// title to an applicant, and their documents are here.
func chainIsWhole(t *filing.Title, applicants []filing.Party) bool {
	is := func(n identity.Number) bool {
		return slices.ContainsFunc(applicants, func(p filing.Party) bool { return p.Identity == n })
	}
	holder := t.Creditor.Identity
	if holder == (identity.Number{}) || len(t.Assignments) == 0 && is(holder) {
		return true
	}
	for _, a := range t.Assignments {
		if a.From.Identity != holder || a.Deposited == "" && !t.Lodged {
			return false
		}
		holder = a.To.Identity
	}
	return is(holder)
}
