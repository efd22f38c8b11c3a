package enforcement

import (
	"cmp"
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
	hidden     map[identity.Number]bool    // debtors with protected data, where asked for
	arrived    calendar.Day
	earlier    map[subject][]service.Document
	errs       map[int64]filing.Error // by document, the first of each
	warnings   map[int64]filing.Error
	notes      map[int64]service.Result
}

// subject is what a change is about: a case, or an application that is not
// read in, or one debtor of it.
type subject struct {
	caseID     int64
	unread     int64
	reference  string
	respondent identity.Number
}

func (e *Enforcements) verifyChanges(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	c, err := e.check(r, f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	for _, doc := range docs {
		if err := c.verify(doc); err != nil {
			return service.Judgement{}, err
		}
	}
	return c.judgement(docs), nil
}

// check reads all that the documents are held against.
func (e *Enforcements) check(r store.Reader, f service.File, docs []service.Document) (*checking, error) {
	found, err := find(r, f.CodeID, docs)
	if err != nil {
		return nil, fmt.Errorf("enforcement: find the cases of file %d: %w", f.ID, err)
	}
	day := calendar.Of(f.Arrived)
	c := &checking{desk: e.newDesk(nil, supply{day: day}, service.Officer{}, f.ID), found: found, arrived: day,
		earlier: map[subject][]service.Document{}, errs: map[int64]filing.Error{}, warnings: map[int64]filing.Error{},
		notes: map[int64]service.Result{}}
	if tx, ok := r.(store.Tx); ok { // the one that settles the file and applies what is judged
		if err := lock(tx, found.groups()); err != nil {
			return nil, err
		}
	}
	if err := c.load(r, found.groups()); err != nil {
		return nil, err
	}
	if c.applicants, err = applicantsOf(r, found); err != nil {
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

func (c *checking) verify(doc service.Document) error {
	change, ok := doc.Content.(*filing.Change)
	if !ok {
		return fmt.Errorf("enforcement: document %d is no change", doc.Number)
	}
	c.verifyDays(doc, change)
	named := c.found.named(&change.CaseKey)
	if len(named) == 0 {
		c.verifyUnread(doc, change)
		return nil
	}
	targets := c.found.targets(change, c.desk)
	if len(targets) == 0 || !c.appliesFor(change, named) {
		c.refuse(doc, codeOtherParty, cmp.Or(change.CaseNumber, change.Reference))
		return nil
	}
	for _, target := range targets {
		c.compare(doc, change, subject{caseID: target.id})
		if err := c.verifyCase(doc, change, target); err != nil {
			return err
		}
	}
	return nil
}

// verifyDays refuses payments to come and deferrals that have passed.
func (c *checking) verifyDays(doc service.Document, change *filing.Change) {
	if change.Paid > c.arrived {
		c.refuse(doc, codeFuture, change.Paid)
	}
	if change.Kind == filing.ChangeDeferral && change.Until <= c.arrived {
		c.refuse(doc, codePast, change.Until)
	}
}

// verifyUnread passes a change of an application that waits to be read in.
func (c *checking) verifyUnread(doc service.Document, change *filing.Change) {
	switch {
	case change.CaseNumber != "":
		c.refuse(doc, codeUnknownCase, change.CaseNumber)
	case doc.Unread == 0:
		c.refuse(doc, codeUnknownRef, change.Reference, change.Sequence)
	default:
		c.notes[doc.Number] = service.Result{Effect: service.Held}
		c.compare(doc, change, subject{unread: doc.Unread, reference: change.Reference, respondent: change.Respondent})
		if change.Kind == filing.ChangeDeferral {
			c.verifyLength(doc, change, c.arrived)
		}
	}
}

// appliesFor holds the applicant of the key against the case.
func (c *checking) appliesFor(change *filing.Change, named []located) bool {
	return change.Applicant == (identity.Number{}) || slices.Contains(c.applicants[named[0].application], change.Applicant)
}
