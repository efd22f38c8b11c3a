package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// subject is what a line of a file is about: a case, a debt of linked cases, or
// an application that is not read in.
type subject struct {
	caseID, group int64
	unread        int64
	reference     string
}

// entry is a change that stands.
type entry struct {
	doc    service.Document
	change *filing.Change
	who    identity.Number // the debtor it is about; zero for all
}

func unreadSubject(doc service.Document, key *filing.CaseKey) subject {
	return subject{unread: doc.Unread, reference: key.Reference}
}

// compare holds a change against the lines before it about the same, and lets
// it stand if it goes together with them.
func (c *checking) compare(doc service.Document, change *filing.Change, at ...subject) bool {
	l := entry{doc: doc, change: change}
	if at[0].unread != 0 {
		l.who = change.Respondent
	}
	if first, clash := c.lines.Against(l, clashOfChanges, at...); clash != service.Together {
		c.refuse(doc, clash.Code(), first.doc.Number)
		return false
	}
	debts := c.debts(change, at)
	if first, clash := c.lines.Against(l, clashOfAmounts, debts...); clash != service.Together {
		c.refuse(doc, clash.Code(), first.doc.Number)
		return false
	}
	c.lines.Add(l, at...)
	c.lines.Add(l, debts...)
	return true
}

// debts are the debts of the cases whose amount is changed.
func (c *checking) debts(change *filing.Change, at []subject) (all []subject) {
	if change.Kind != filing.ChangeAmount {
		return nil
	}
	for _, s := range at {
		if k := c.byID[s.caseID]; k != nil {
			all = append(all, subject{group: k.group.id})
		}
	}
	return all
}

// clashOfChanges tells how two changes of one case, or of one application, go
// together: a withdrawal with nothing else, and each other kind once.
func clashOfChanges(first, later entry) service.Clash {
	if first.who != later.who && !first.who.IsZero() && !later.who.IsZero() {
		return service.Together
	}
	a, b := first.change, later.change
	switch {
	case a.Kind == filing.ChangeWithdrawal && b.Kind == filing.ChangeWithdrawal:
		if later.who.IsZero() && !first.who.IsZero() || first.mayBeStray(later) {
			return service.Together // now all of them, or for certain
		}
		return service.Repeats
	case a.Kind == filing.ChangeWithdrawal || b.Kind == filing.ChangeWithdrawal:
		return service.Contradicts
	case a.Kind != b.Kind:
		return service.Together
	case a.Amount == b.Amount && a.Until == b.Until:
		return service.Repeats
	}
	return service.Contradicts
}

// mayBeStray tells whether a change that is held may name an applicant that the
// application does not have, and the later one not.
func (l entry) mayBeStray(later entry) bool {
	named := l.change.Applicant
	return l.doc.Unread != 0 && !named.IsZero() && named != later.change.Applicant
}

// clashOfAmounts tells how amounts of one debt go together: the same may be
// given in each of the linked cases.
func clashOfAmounts(first, later entry) service.Clash {
	if first.change.Amount == later.change.Amount {
		return service.Together
	}
	return service.Contradicts
}

// departed is an application that is not read in, or one debtor of it, that is
// withdrawn or stopped already.
type departed struct {
	file      int64
	reference string          // "": the whole file
	debtor    identity.Number // zero: all
	applicant identity.Number // as the withdrawal names it; zero if it does not
}

// withdrawn tells whether what is held before withdraws all that the document
// is about. A withdrawal that may yet turn out to name somebody else's
// application takes nothing from a later one.
func (c *checking) withdrawn(doc service.Document, key *filing.CaseKey) bool {
	var all identity.Number
	return slices.ContainsFunc([]departed{
		{file: doc.Unread},
		{doc.Unread, key.Reference, all, all},
		{doc.Unread, key.Reference, all, key.Applicant},
		{doc.Unread, key.Reference, key.Respondent, all},
		{doc.Unread, key.Reference, key.Respondent, key.Applicant},
	}, func(d departed) bool { return c.gone[d] })
}

// withdrawnBefore reads the withdrawals and stops that are held for the
// applications of documents.
func (e *Enforcements) withdrawnBefore(r store.Reader, docs []service.Document) (map[departed]bool, error) {
	references := map[int64][]string{}
	for _, doc := range docs {
		if doc.Unread != 0 {
			references[doc.Unread] = append(references[doc.Unread], keyOf(doc).Reference)
		}
	}
	gone := map[departed]bool{}
	for file, own := range references {
		held, err := heldFor(r, file, unique(own))
		if err != nil {
			return nil, fmt.Errorf("enforcement: read what is withdrawn of file %d: %w", file, err)
		}
		stopped, err := e.stops.Known(r, file)
		if err != nil {
			return nil, err
		}
		for reference := range stopped {
			gone[departed{file: file, reference: reference}] = true
		}
		for reference, all := range held {
			for _, h := range all {
				if h.kind == filing.ChangeWithdrawal {
					gone[departed{file, reference, h.respondent, h.applicant}] = true
				}
			}
		}
	}
	return gone, nil
}
