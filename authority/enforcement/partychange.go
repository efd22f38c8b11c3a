package enforcement

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// The codes of changes of party data, beside those of other changes.
const (
	codeNoChange    filing.Code = "D357"
	codeNotAssigned filing.Code = "D358"
	codeProtected   filing.Code = "D359"
)

// Knows tells, by number, which documents name a case of this service.
func (e *Enforcements) Knows(r store.Reader, f service.File, docs []service.Document) (map[int64]bool, error) {
	found, err := find(r, f.CodeID, docs)
	if err != nil {
		return nil, fmt.Errorf("enforcement: find the cases of file %d: %w", f.ID, err)
	}
	known := map[int64]bool{}
	for _, doc := range docs {
		known[doc.Number] = len(found.named(keyOf(doc))) > 0
	}
	return known, nil
}

// partyKey is what two changes of one file may not both concern.
type partyKey struct {
	application  int64
	kind         filing.PartyChangeKind
	ofRespondent bool
	respondent   identity.Number
}

// VerifyPartyChange judges changes of party data (xx.party_change) in cases of
// this service, as Verify does.
func (e *Enforcements) VerifyPartyChange(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	c, err := e.check(r, f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	if err := c.findProtected(r); err != nil {
		return service.Judgement{}, err
	}
	first := map[partyKey]service.Document{}
	for _, doc := range docs {
		change, ok := doc.Content.(*filing.PartyChange)
		if !ok {
			return service.Judgement{}, fmt.Errorf("enforcement: document %d is a %T, no change of party data", doc.Number, doc.Content)
		}
		c.verifyParty(doc, change, first)
	}
	return c.judgement(docs), nil
}

func (c *checking) verifyParty(doc service.Document, change *filing.PartyChange, first map[partyKey]service.Document) {
	named := c.found.named(&change.CaseKey)
	if len(named) == 0 {
		c.verifyUnknown(doc, change)
		return
	}
	targets := c.partyTargets(change, named)
	control := filing.Change{CaseKey: change.CaseKey}
	switch k := c.byID[named[0].id]; {
	case len(targets) == 0 || !c.appliesFor(&control, named):
		c.refuse(doc, codeOtherParty, k.number)
	case !anyOpen(targets):
		sv, en := k.state().words()
		c.refuse(doc, codeClosed, k.number, sv, en)
	case !tellsSomething(change):
		c.refuse(doc, codeNoChange)
	case change.Kind == filing.ChangedAddress && change.OfRespondent && c.anyProtected(targets):
		c.refuse(doc, codeProtected, k.number)
	case change.Kind == filing.ChangedCreditor && change.Assignment.Date > c.arrived:
		c.refuse(doc, codeFuture, change.Assignment.Date)
	case change.Kind == filing.ChangedCreditor && !holdsClaim(c.applicants[named[0].application], change.Assignment):
		c.refuse(doc, codeNotAssigned)
	default:
		c.notes[doc.Number] = service.Result{Effect: service.Applied, CaseNumber: k.number}
	}
	key := partyKey{named[0].application, change.Kind, change.OfRespondent, change.Respondent}
	if other, twice := first[key]; twice {
		c.refuse(doc, codeContradicts, other.Number)
		return
	}
	first[key] = doc
}

func (c *checking) verifyUnknown(doc service.Document, change *filing.PartyChange) {
	if change.CaseNumber != "" {
		c.refuse(doc, codeUnknownCase, change.CaseNumber)
		return
	}
	c.refuse(doc, codeUnknownRef, change.Reference, change.Sequence)
}

// partyTargets are the cases of the key, of the respondent it names.
func (d *desk) partyTargets(change *filing.PartyChange, named []located) (all []*kase) {
	for _, l := range named {
		c := d.byID[l.id]
		if change.Respondent == (identity.Number{}) || change.Respondent == c.debtor {
			all = append(all, c)
		}
	}
	return all
}

func anyOpen(all []*kase) bool {
	for _, c := range all {
		if c.open() {
			return true
		}
	}
	return false
}

// findProtected asks which debtors of the cases found have protected data.
func (c *checking) findProtected(r store.Reader) (err error) {
	if c.e.letters == nil {
		return nil
	}
	var all []identity.Number
	for _, k := range c.byID {
		all = append(all, k.debtor)
	}
	c.hidden, err = c.e.letters.Protected(r, c.day, all...)
	return err
}

func (c *checking) anyProtected(targets []*kase) bool {
	return slices.ContainsFunc(targets, func(k *kase) bool { return c.hidden[k.debtor] })
}

func holdsClaim(applicants []identity.Number, a *filing.Assignment) bool {
	for _, n := range applicants {
		if n == a.From.Identity {
			return true
		}
	}
	return false
}

// tellsSomething tells whether the change holds what its kind needs.
func tellsSomething(c *filing.PartyChange) bool {
	switch c.Kind {
	case filing.ChangedAddress:
		return c.Party != nil && c.Party.Town != ""
	case filing.ChangedName:
		return c.Party != nil && c.Party.Name != ""
	case filing.ChangedWorkplace:
		return c.OfRespondent && c.Workplace != ""
	case filing.ChangedRepresentative:
		return c.Representative == nil || c.Representative.Name != ""
	case filing.ChangedPayee:
		return c.Payee != nil && c.Payee.Account != ""
	case filing.ChangedCreditor:
		return c.Assignment != nil && c.NewCreditor != nil && c.NewCreditor.Identity == c.Assignment.To.Identity
	}
	return false
}

// ApplyPartyChange prepares a chunk of changes of party data that were judged.
func (e *Enforcements) ApplyPartyChange(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	cases := 0
	err := e.db.Read(ctx, func(r store.Reader) error {
		found, err := find(r, f.CodeID, docs)
		if err != nil {
			return err
		}
		cases, err = countCases(r, found.groups())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("enforcement: find the cases of file %d: %w", f.ID, err)
	}
	s, err := e.supply(ctx, cases+len(docs))
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error {
		found, err := find(tx, f.CodeID, docs)
		if err != nil {
			return err
		}
		d := e.newDesk(tx, s, service.Officer{}, f.ID)
		if err := d.take(found.groups()); err != nil {
			return err
		}
		for _, doc := range docs {
			change := doc.Content.(*filing.PartyChange) // judged before
			named := found.named(&change.CaseKey)
			if err := d.changeParty(change, d.partyTargets(change, named)); err != nil {
				return fmt.Errorf("enforcement: document %d of file %d: %w", doc.Number, f.ID, err)
			}
		}
		return d.flush()
	}, nil
}

// eventOfParty is the room's word for each kind of change; no state follows
// from most of them.
func eventOfParty(k filing.PartyChangeKind) string { return string(k) + "_changed" }

// changeParty writes a change in the application of the cases, and in what is
// known of the debtors.
func (d *desk) changeParty(change *filing.PartyChange, targets []*kase) error {
	for i, c := range targets {
		if !c.open() {
			continue
		}
		if _, err := d.note(c, eventOfParty(change.Kind), c.state(), c.state(), happening{}); err != nil {
			return err
		}
		if i == 0 || change.OfRespondent {
			if err := d.writeParty(change, c); err != nil {
				return err
			}
		}
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
