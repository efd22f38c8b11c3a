package enforcement

import (
	"slices"

	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/identity"
)

// amendment is something held that is made in an application before its cases
// are opened, or cannot be made at all.
type amendment struct {
	heldChange
	*filing.PartyChange             // nil of other kinds, which are only here if they do not fit
	problem             filing.Code // why it was not made
}

// openHeld opens the cases of an application with what was held for it.
func (d *desk) openHeld(o *opening, held []heldChange, changes service.HeldParties) error {
	fitting, all, err := d.amend(o, held, changes)
	if err != nil {
		return err
	}
	if err := d.open(o, fitting); err != nil {
		return err
	}
	for _, a := range all {
		if err := d.tellAmended(o, a); err != nil {
			return err
		}
	}
	return nil
}

// amend goes through what is held in the order in which it came: changes of party
// data are made in the application that is to be registered, and the others are
// held against its parties. What does not fit it changes nothing.
func (d *desk) amend(o *opening, held []heldChange, changes service.HeldParties) (fitting []heldChange, all []amendment, err error) {
	own := false
	for _, h := range held {
		if h.kind != heldParty {
			if problem := o.misnamed(h); problem != "" {
				all = append(all, amendment{heldChange: h, problem: problem})
				continue
			}
			fitting = append(fitting, h)
			continue
		}
		c, err := changes.Of(h.source())
		if err != nil {
			return nil, nil, err
		}
		problem := d.unfit(o, c)
		if problem == "" && !own { // the document may be read in again
			o.EnforcementApplication, own = ownCopy(o.EnforcementApplication), true
		}
		if problem == "" {
			o.alter(c)
		}
		all = append(all, amendment{h, c, problem})
	}
	return fitting, all, nil
}

// misnamed tells that the parties which a held change names are not those of the
// application.
func (o *opening) misnamed(h heldChange) filing.Code {
	switch {
	case !h.applicant.IsZero() && o.applicantAt(h.applicant) < 0:
		return service.CodeNotApplicant
	case !h.respondent.IsZero() && !slices.ContainsFunc(o.Respondents, func(r filing.Debtor) bool { return r.Identity == h.respondent }):
		return service.CodeNotRespondent
	}
	return ""
}

func ownCopy(a *filing.EnforcementApplication) *filing.EnforcementApplication {
	own := *a
	own.Applicants, own.Respondents = slices.Clone(a.Applicants), slices.Clone(a.Respondents)
	own.Title.Assignments = slices.Clone(a.Title.Assignments)
	return &own
}

// unfit tells why a change does not concern the parties of the application, or
// may not be made by file.
func (d *desk) unfit(o *opening, c *filing.PartyChange) filing.Code {
	at := o.debtorOf(c)
	switch {
	case at < 0 && !c.Respondent.IsZero():
		return service.CodeNotRespondent
	case at < 0 && c.OfRespondent:
		return service.CodeWhichRespondent
	case !c.Applicant.IsZero() && o.applicantAt(c.Applicant) < 0:
		return service.CodeNotApplicant
	case c.Kind == filing.ChangedCreditor && o.applicantAt(c.Assignment.From.Identity) < 0:
		return service.CodeNotAssigned
	case !c.About(o.party(c).Identity):
		return service.NotTheParty(c)
	case c.Kind == filing.ChangedAddress && c.OfRespondent && d.hidden[o.Respondents[at].Identity]:
		return service.CodeProtected
	}
	return ""
}

// amended are the debtors of applications for which changes of party data are
// held.
func amended(docs []service.Document, held map[string][]heldChange) (all []identity.Number) {
	for _, doc := range docs {
		a := doc.Content.(*filing.EnforcementApplication) // seen by applyApplications
		if !slices.ContainsFunc(held[a.Reference], func(h heldChange) bool { return h.kind == heldParty }) {
			continue
		}
		for i := range a.Respondents {
			all = append(all, a.Respondents[i].Identity)
		}
	}
	return all
}

// debtorOf is the index of the debtor that the key names; the only one need not
// be named.
func (o *opening) debtorOf(c *filing.PartyChange) int {
	if c.Respondent.IsZero() && len(o.Respondents) == 1 {
		return 0
	}
	return slices.IndexFunc(o.Respondents, func(r filing.Debtor) bool { return r.Identity == c.Respondent })
}

func (o *opening) applicantAt(n identity.Number) int {
	return slices.IndexFunc(o.Applicants, func(p filing.Party) bool { return p.Identity == n })
}

// party is whom the change concerns; the first applicant need not be named.
func (o *opening) party(c *filing.PartyChange) *filing.Party {
	if c.OfRespondent {
		return &o.Respondents[o.debtorOf(c)].Party
	}
	return &o.Applicants[max(0, o.applicantAt(c.Applicant))]
}

// alter makes a change that fits in the application.
func (o *opening) alter(c *filing.PartyChange) {
	who := o.party(c)
	switch c.Kind {
	case filing.ChangedAddress:
		who.CareOf, who.Street, who.PostalCode, who.Town, who.Country = c.Party.CareOf, c.Party.Street, c.Party.PostalCode, c.Party.Town, c.Party.Country
	case filing.ChangedName:
		who.Name = c.Party.Name
	case filing.ChangedWorkplace:
		o.Respondents[o.debtorOf(c)].Workplace = c.Workplace
	case filing.ChangedRepresentative:
		o.Representative = c.Representative
	case filing.ChangedPayee:
		o.Payee = c.Payee
	case filing.ChangedCreditor:
		o.Applicants[o.applicantAt(c.Assignment.From.Identity)] = *c.NewCreditor
		o.Title.Assignments = append(o.Title.Assignments, *c.Assignment)
		o.chainAwaited = o.chainAwaited || c.Assignment.Deposited == ""
	}
}

// tellAmended notes what was held in the cases it concerns; what was not made, in
// the first of the application.
func (d *desk) tellAmended(o *opening, a amendment) error {
	defer d.broughtBy(a.heldChange)()
	if a.problem != "" {
		return d.noteHeld(o.cases[0], a.what(), a.problem, a.amount)
	}
	for _, c := range o.cases {
		if a.OfRespondent && c.position != int64(o.debtorOf(a.PartyChange)+1) {
			continue
		}
		if _, err := d.note(c, eventOfParty(a.PartyChange.Kind), c.state(), c.state(), happening{}); err != nil {
			return err
		}
	}
	return nil
}

// what is the kind of what was held, as the case tells it.
func (a amendment) what() string {
	if a.PartyChange == nil {
		return string(a.kind)
	}
	return string(a.PartyChange.Kind)
}
