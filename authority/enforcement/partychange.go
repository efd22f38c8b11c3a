package enforcement

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Knows tells, by number, which documents name a case of this service, or an
// application that is not read in yet.
func (e *Enforcements) Knows(r store.Reader, f service.File, docs []service.Document) (map[int64]bool, error) {
	found, err := find(r, f, docs)
	if err != nil {
		return nil, fmt.Errorf("enforcement: find the cases of file %d: %w", f.ID, err)
	}
	known := map[int64]bool{}
	for _, doc := range docs {
		known[doc.Number] = len(found.named(keyOf(doc))) > 0 || doc.UnreadIn == filing.VEApplication
	}
	return known, nil
}

// VerifyPartyChange judges changes of party data (xx.party_change) in cases of
// this service, as Verify does.
func (e *Enforcements) VerifyPartyChange(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	c, err := e.check(r, f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	if err := c.findHidden(r, c.debtors()); err != nil {
		return service.Judgement{}, err
	}
	for _, doc := range docs {
		change, ok := doc.Content.(*filing.PartyChange)
		if !ok {
			return service.Judgement{}, fmt.Errorf("enforcement: document %d is a %T, no change of party data", doc.Number, doc.Content)
		}
		c.verifyParty(doc, change)
	}
	return c.judgement(docs), nil
}

func (c *checking) verifyParty(doc service.Document, change *filing.PartyChange) {
	named := c.found.named(&change.CaseKey)
	if len(named) == 0 {
		c.verifyUnreadParty(doc, change)
		return
	}
	targets := c.targets(&change.CaseKey, named)
	switch {
	case change.NamesAnother(named[0].reference):
		c.refuse(doc, service.CodeTwoCases, change.CaseNumber, change.Reference)
	case !c.appliesFor(&change.CaseKey, named):
		c.refuse(doc, service.CodeNotApplicant)
	case len(targets) == 0:
		c.refuse(doc, service.CodeNotRespondent)
	case change.OfRespondent && change.Respondent.IsZero() && len(targets) > 1:
		c.refuse(doc, service.CodeWhichRespondent, targets[0].number)
	case !anyOpen(targets):
		sv, en := targets[0].state().words()
		c.refuse(doc, codeClosed, targets[0].number, sv, en)
	case !change.Tells():
		c.refuse(doc, service.CodeNoChange)
	case !change.About(c.factOf(change, targets[0]).Who):
		c.refuse(doc, service.NotTheParty(change))
	case change.Kind == filing.ChangedAddress && change.OfRespondent && c.anyProtected(targets):
		c.refuse(doc, service.CodeProtected, targets[0].number)
	case change.Kind == filing.ChangedCreditor && !slices.Contains(c.applicants[named[0].application], change.Assignment.From.Identity):
		c.refuse(doc, service.CodeNotAssigned)
	default:
		c.standParty(doc, change, targets[0])
	}
}

// standParty lets a change stand that goes together with the lines before it.
func (c *checking) standParty(doc service.Document, change *filing.PartyChange, k *kase) {
	if code, first := c.parties.Stand(doc.Number, change, c.factOf(change, k)); code != "" {
		c.refuse(doc, code, first)
		return
	}
	c.notes[doc.Number] = service.Result{Effect: service.Applied, CaseNumber: k.number}
}

// verifyUnreadParty passes a change of an application that waits to be read in,
// which is held (R70).
func (c *checking) verifyUnreadParty(doc service.Document, change *filing.PartyChange) {
	if !c.awaitsReading(doc, &change.CaseKey) {
		return
	}
	if c.e.files == nil {
		c.refuse(doc, service.CodeUnknownReference, change.Sequence, change.Reference)
		return
	}
	if code, args := c.parties.Hold(doc, change, c.withdrawn(doc, &change.CaseKey)); code != "" {
		c.refuse(doc, code, args...)
		return
	}
	c.notes[doc.Number] = service.Result{Effect: service.Held}
}

// factOf is what a change changes in the application of a case.
func (c *checking) factOf(change *filing.PartyChange, k *kase) service.PartyFact {
	fact := service.PartyFact{Application: k.application, Kind: change.Kind, OfRespondent: change.OfRespondent}
	applicants := c.applicants[k.application]
	switch {
	case change.OfRespondent:
		fact.Who = k.debtor
	case len(applicants) > 0:
		fact.Who = cmp.Or(change.Applicant, applicants[0])
	}
	return fact
}

func anyOpen(all []*kase) bool {
	return slices.ContainsFunc(all, func(c *kase) bool { return c.open() })
}

// debtors are those of the cases found.
func (c *checking) debtors() (all []identity.Number) {
	for _, k := range c.byID {
		all = append(all, k.debtor)
	}
	return all
}

// findHidden asks which of the debtors have protected data.
func (d *desk) findHidden(r store.Reader, debtors []identity.Number) (err error) {
	if d.e.letters != nil && len(debtors) > 0 {
		d.hidden, err = d.e.letters.Protected(r, d.day, debtors...)
	}
	return err
}

func (c *checking) anyProtected(targets []*kase) bool {
	return slices.ContainsFunc(targets, func(k *kase) bool { return c.hidden[k.debtor] })
}

// ApplyPartyChange prepares a chunk of changes of party data that were judged.
func (e *Enforcements) ApplyPartyChange(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	s, err := e.supplyFor(ctx, f, docs)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error { return e.makePartyChanges(tx, s, f, docs) }, nil
}

func (e *Enforcements) makePartyChanges(tx store.Tx, s supply, f service.File, docs []service.Document) error {
	d, named, err := e.deskFor(tx, s, f, docs)
	if err != nil {
		return err
	}
	var held []heldChange
	for _, doc := range docs {
		change := doc.Content.(*filing.PartyChange) // judged before
		cases := named.named(&change.CaseKey)
		if doc.Unread != 0 && len(cases) == 0 {
			h := hold(f, doc, s)
			h.kind = heldParty
			held = append(held, h)
			continue
		}
		if err := d.changeParty(change, d.targets(&change.CaseKey, cases)); err != nil {
			return fmt.Errorf("enforcement: document %d of file %d: %w", doc.Number, f.ID, err)
		}
	}
	if err := holdChanges(tx, held); err != nil {
		return err
	}
	return d.flush()
}

// eventOfParty is the room's word for each kind of change; no state follows
// from most of them.
func eventOfParty(k filing.PartyChangeKind) string { return string(k) + "_changed" }

// changeParty writes a change in the application of the cases, and in what is
// known of the debtors.
func (d *desk) changeParty(change *filing.PartyChange, targets []*kase) error {
	written := false
	for _, c := range targets {
		if !c.open() {
			continue
		}
		if _, err := d.note(c, eventOfParty(change.Kind), c.state(), c.state(), happening{}); err != nil {
			return err
		}
		if !written || change.OfRespondent {
			if err := d.writeParty(change, c); err != nil {
				return err
			}
		}
		written = true
		if change.Kind == filing.ChangedCreditor {
			if err := d.assigned(change, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// assigned lets a case wait for the documents of an assignment, unless the
// agreement is deposited: a title in use needs the whole chain (UB 2:2).
func (d *desk) assigned(change *filing.PartyChange, c *kase) error {
	if change.Assignment.Deposited != "" {
		return nil
	}
	if len(c.awaits) == 0 {
		return d.orderCompletion(c, []Lacking{LacksChain})
	}
	if !slices.Contains(c.awaits, LacksChain) {
		c.awaits, c.touched = append(c.awaits, LacksChain), true
	}
	return nil
}
