package enforcement

import (
	"slices"

	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/identity"
)

// amendment is a held change of party data, made in an application or not.
type amendment struct {
	heldChange
	*filing.PartyChange
	problem filing.Code // why it was not made
}

// openHeld opens the cases of an application with what was held for it.
func (d *desk) openHeld(o *opening, held []heldChange, changes service.HeldParties) error {
	fit, strays := o.sift(held)
	all, err := d.amend(o, held, changes)
	if err != nil {
		return err
	}
	if err := d.open(o, fit); err != nil {
		return err
	}
	for _, s := range strays {
		if err := d.tellStray(o, s); err != nil {
			return err
		}
	}
	for _, a := range all {
		if err := d.tellAmended(o, a); err != nil {
			return err
		}
	}
	return nil
}

// amend makes held changes of party data in an application that is to be
// registered. What does not fit it changes nothing.
func (d *desk) amend(o *opening, held []heldChange, changes service.HeldParties) (all []amendment, err error) {
	own := false
	for _, h := range held {
		if h.kind != heldParty {
			continue
		}
		c, err := changes.Of(h.source())
		if err != nil {
			return nil, err
		}
		problem, err := d.unfit(o, c)
		if err != nil {
			return nil, err
		}
		if problem == "" && !own { // the document may be read in again
			o.EnforcementApplication, own = ownCopy(o.EnforcementApplication), true
		}
		if problem == "" {
			o.alter(c)
		}
		all = append(all, amendment{h, c, problem})
	}
	return all, nil
}

func ownCopy(a *filing.EnforcementApplication) *filing.EnforcementApplication {
	own := *a
	own.Applicants, own.Respondents = slices.Clone(a.Applicants), slices.Clone(a.Respondents)
	own.Title.Assignments = slices.Clone(a.Title.Assignments)
	return &own
}

// unfit tells why a change does not concern the parties of the application, or
// may not be made by file.
func (d *desk) unfit(o *opening, c *filing.PartyChange) (problem filing.Code, err error) {
	at := o.debtorOf(c)
	switch {
	case at < 0 && !c.Respondent.IsZero():
		return codeNotRespondent, nil
	case at < 0 && c.OfRespondent:
		return codeWhichRespondent, nil
	case !c.Applicant.IsZero() && o.applicantAt(c.Applicant) < 0:
		return codeNotApplicant, nil
	case c.Kind == filing.ChangedCreditor && o.applicantAt(c.Assignment.From.Identity) < 0:
		return codeNotAssigned, nil
	case !c.About(o.party(c).Identity):
		return notTheParty(c), nil
	case c.Kind != filing.ChangedAddress || !c.OfRespondent || d.e.letters == nil:
		return "", nil
	}
	who := o.Respondents[at].Identity
	hidden, err := d.e.letters.Protected(d.tx, d.day, who)
	if hidden[who] {
		problem = codeProtected
	}
	return problem, err
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

// tellAmended notes a held change in the cases it concerns.
func (d *desk) tellAmended(o *opening, a amendment) error {
	defer d.broughtBy(a.heldChange)()
	for _, c := range o.cases {
		if a.problem != "" {
			return d.noteHeld(c, string(a.PartyChange.Kind), a.problem, 0)
		}
		if a.OfRespondent && c.position != int64(o.debtorOf(a.PartyChange)+1) {
			continue
		}
		if _, err := d.note(c, eventOfParty(a.PartyChange.Kind), c.state(), c.state(), happening{}); err != nil {
			return err
		}
	}
	return nil
}
