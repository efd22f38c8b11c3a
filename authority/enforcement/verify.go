package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Verify holds documents against the register, for all of them at once.
func (e *Enforcements) Verify(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	switch f.Transaction {
	case filing.VEApplication:
		return verifyApplications(r, f, docs)
	case filing.VEChange:
		return e.verifyChanges(r, f, docs)
	}
	return service.Judgement{}, fmt.Errorf("enforcement: %s is not taken in here", f.Transaction)
}

func placeOf(doc service.Document) filing.Place {
	return filing.Place{Document: int(doc.Number), Reference: doc.Content.OwnReference()}
}

// checking is the verification of one file of changes.
type checking struct {
	*desk
	found      finding
	applicants map[int64][]identity.Number // by application, where asked for
	lines      service.Lines[subject, entry]
	parties    service.PartyLines
	gone       map[departed]bool
	errs       map[int64]filing.Error // by document, the first of each
	warnings   map[int64]filing.Error
	notes      map[int64]service.Result
}

func (e *Enforcements) verifyChanges(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	c, err := e.check(r, f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	for _, doc := range docs {
		change, ok := doc.Content.(*filing.Change)
		if !ok {
			return service.Judgement{}, fmt.Errorf("enforcement: document %d is a %T, no change", doc.Number, doc.Content)
		}
		if err := c.verify(doc, change); err != nil {
			return service.Judgement{}, err
		}
	}
	return c.judgement(docs), nil
}

// check reads all that the documents are held against.
func (e *Enforcements) check(r store.Reader, f service.File, docs []service.Document) (*checking, error) {
	found, err := find(r, f, docs)
	if err != nil {
		return nil, fmt.Errorf("enforcement: find the cases of file %d: %w", f.ID, err)
	}
	day := calendar.Of(f.Arrived)
	c := &checking{desk: e.newDesk(nil, supply{day: day}, service.Officer{}, f.ID), found: found,
		lines: service.Lines[subject, entry]{}, parties: service.NewPartyLines(), errs: map[int64]filing.Error{}, warnings: map[int64]filing.Error{},
		notes: map[int64]service.Result{}}
	if tx, ok := r.(store.Tx); ok { // the one that settles the file and applies what is judged
		if err := guardUnread(tx, docs); err != nil {
			return nil, err
		}
		if err := lock(tx, found.groups(), day); err != nil {
			return nil, err
		}
	}
	if err := c.load(r, found.groups()); err != nil {
		return nil, err
	}
	if c.applicants, err = applicantsOf(r, found); err != nil {
		return nil, err
	}
	if c.gone, err = e.withdrawnBefore(r, docs); err != nil {
		return nil, err
	}
	for _, g := range c.order {
		if err := g.accrue(e.law, day); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *checking) judgement(docs []service.Document) service.Judgement {
	j := service.Judgement{Notes: map[int64]service.Result{}}
	for _, doc := range docs {
		if e, bad := c.errs[doc.Number]; bad {
			j.Errors = append(j.Errors, e)
			continue
		}
		if w, there := c.warnings[doc.Number]; there {
			j.Warnings = append(j.Warnings, w)
		}
		if n, there := c.notes[doc.Number]; there {
			j.Notes[doc.Number] = n
		}
	}
	return j
}

// refuse keeps the first error of a document.
func (c *checking) refuse(doc service.Document, code filing.Code, args ...any) {
	if _, there := c.errs[doc.Number]; !there {
		c.errs[doc.Number] = filing.NewError(code, placeOf(doc), args...)
	}
}

func (c *checking) refused(doc service.Document) bool {
	_, there := c.errs[doc.Number]
	return there
}

// verify holds a change against the register, and then against the lines before
// it that stand.
func (c *checking) verify(doc service.Document, change *filing.Change) error {
	if change.Kind == filing.ChangeDeferral && change.Until <= c.day {
		c.refuse(doc, codePast, change.Until)
		return nil
	}
	named := c.found.named(&change.CaseKey)
	if len(named) == 0 {
		return c.verifyUnread(doc, change)
	}
	if change.NamesAnother(named[0].reference) {
		c.refuse(doc, service.CodeTwoCases, change.CaseNumber, change.Reference)
		return nil
	}
	if !c.appliesFor(&change.CaseKey, named) {
		c.refuse(doc, service.CodeNotApplicant)
		return nil
	}
	targets := c.targets(&change.CaseKey, named)
	if len(targets) == 0 {
		c.refuse(doc, service.CodeNotRespondent)
		return nil
	}
	if err := c.verifyCases(doc, change, targets); err != nil || c.refused(doc) {
		return err
	}
	at := make([]subject, len(targets))
	for i, k := range targets {
		at[i] = subject{caseID: k.id}
	}
	c.compare(doc, change, at...)
	return nil
}

// verifyUnread passes a change of an application that waits to be read in.
func (c *checking) verifyUnread(doc service.Document, change *filing.Change) error {
	if !c.awaitsReading(doc, &change.CaseKey) {
		return nil
	}
	if err := c.verifyHeldDeferral(doc, change); err != nil {
		return err
	}
	effect := service.Held
	switch {
	case !c.withdrawn(doc, &change.CaseKey):
	case change.Kind == filing.ChangeWithdrawal:
		effect = service.Already
	default:
		c.refuse(doc, service.CodeWithdrawn, change.Reference)
	}
	if !c.refused(doc) && c.compare(doc, change, unreadSubject(doc, &change.CaseKey)) {
		c.notes[doc.Number] = service.Result{Effect: effect}
	}
	return nil
}

// awaitsReading tells whether the key names an application that waits to be read
// in, and refuses the document if not.
func (c *checking) awaitsReading(doc service.Document, key *filing.CaseKey) bool {
	switch {
	case key.CaseNumber != "":
		c.refuse(doc, service.CodeUnknownCase, key.CaseNumber)
	case doc.Unread == 0:
		c.refuse(doc, service.CodeUnknownReference, key.Sequence, key.Reference)
	}
	return !c.refused(doc)
}

// appliesFor holds the applicant of the key against the case.
func (c *checking) appliesFor(key *filing.CaseKey, named []located) bool {
	return key.Applicant.IsZero() || slices.Contains(c.applicants[named[0].application], key.Applicant)
}
