package enforcement

import (
	"cmp"
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Apply makes cases of applications, and applies changes.
func (e *Enforcements) Apply(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	if len(docs) == 0 {
		return func(store.Tx) error { return nil }, nil
	}
	switch f.Transaction {
	case filing.VEApplication:
		return e.applyApplications(ctx, f, docs)
	case filing.VEChange:
		return e.applyChanges(ctx, f, docs)
	}
	return nil, fmt.Errorf("enforcement: %s is not taken in here", f.Transaction)
}

func (e *Enforcements) applyApplications(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	var cases int64
	for _, doc := range docs {
		a, ok := doc.Content.(*filing.EnforcementApplication)
		if !ok || len(a.Respondents) == 0 {
			return nil, fmt.Errorf("enforcement: document %d of file %d is no application with a debtor", doc.Number, f.ID)
		}
		cases += int64(len(a.Respondents))
	}
	b, err := e.setAsideFor(ctx, f.ID, docs[0].Number, int64(len(docs)), cases)
	if err != nil {
		return nil, err
	}
	steps, parties, err := e.foresee(ctx, f.ID, docs)
	if err != nil {
		return nil, err
	}
	s, err := e.supply(ctx, int(cases)+steps)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error { return e.readIn(tx, s, f, docs, b, parties) }, nil
}

// readIn registers the applications of a chunk, and applies what was held for
// them.
func (e *Enforcements) readIn(tx store.Tx, s supply, f service.File, docs []service.Document, b berth, parties service.HeldParties) error {
	held, err := e.takeHeld(tx, f.ID, docs)
	if err != nil {
		return err
	}
	d := e.newDesk(tx, s, service.Officer{}, f.ID)
	if err := d.findHidden(tx, amended(docs, held)); err != nil {
		return err
	}
	for i, doc := range docs {
		a := doc.Content.(*filing.EnforcementApplication) // seen by applyApplications
		o := &opening{EnforcementApplication: a, id: b.firstApplication + int64(i), origin: filing.OriginFile,
			file: f.ID, document: doc.Number, sequence: f.Sequence, codeID: f.CodeID, mainCodeID: f.MainCodeID, code: f.PartyCode, arrived: f.Arrived,
			notice: cmp.Or(a.Notice, f.Notice)}
		b.assign(o)
		if err := d.openHeld(o, held[a.Reference], parties); err != nil {
			return fmt.Errorf("enforcement: register document %d of file %d: %w", doc.Number, f.ID, err)
		}
	}
	if err := d.barOpened(); err != nil {
		return err
	}
	if err := d.warnOfRepeats(f.MainCodeID); err != nil {
		return err
	}
	if err := forget(tx, f.ID, held); err != nil {
		return err
	}
	return d.flush()
}

// takeHeld takes what is held or stopped for the applications of a chunk, under
// guard.
func (e *Enforcements) takeHeld(tx store.Tx, file int64, docs []service.Document) (map[string][]heldChange, error) {
	stopped, err := e.stops.Take(tx, file)
	if err != nil {
		return nil, err
	}
	if err := guardFile(tx, file); err != nil {
		return nil, err
	}
	held, err := heldFor(tx, file, referencesOf(docs))
	if err != nil {
		return nil, err
	}
	for _, reference := range referencesOf(docs) {
		if by, yes := stopped.Of(reference); yes {
			held[reference] = append(held[reference], heldChange{file: file, reference: reference, kind: filing.ChangeWithdrawal, by: by})
		}
	}
	return held, nil
}

func referencesOf(docs []service.Document) []string {
	references := make([]string, len(docs))
	for i, doc := range docs {
		references[i] = doc.Content.OwnReference()
	}
	return references
}

// assign gives an application the next ids and case numbers of the berth.
func (b *berth) assign(o *opening) {
	n := int64(len(o.Respondents))
	o.firstCase = b.firstCase
	for i := range n {
		o.numbers = append(o.numbers, formatNumber(b.series, b.firstSerial+i))
	}
	b.firstCase += n
	b.firstSerial += n
}

func (e *Enforcements) applyChanges(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	s, err := e.supplyFor(ctx, f, docs)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error { return e.makeChanges(tx, s, f, docs) }, nil
}

// supplyFor sets aside what changes by a file may need in the cases they name.
func (e *Enforcements) supplyFor(ctx context.Context, f service.File, docs []service.Document) (supply, error) {
	var cases int
	err := e.db.Read(ctx, func(r store.Reader) error {
		found, err := find(r, f, docs)
		if err != nil {
			return err
		}
		cases, err = countCases(r, found.groups())
		return err
	})
	if err != nil {
		return supply{}, fmt.Errorf("enforcement: find the cases of file %d: %w", f.ID, err)
	}
	return e.supply(ctx, cases+len(docs))
}

// deskFor locks the cases that changes by a file name, and what is not read in
// yet.
func (e *Enforcements) deskFor(tx store.Tx, s supply, f service.File, docs []service.Document) (*desk, finding, error) {
	if err := guardUnread(tx, docs); err != nil {
		return nil, finding{}, err
	}
	named, err := find(tx, f, docs)
	if err != nil {
		return nil, finding{}, err
	}
	d := e.newDesk(tx, s, service.Officer{}, f.ID)
	return d, named, d.take(named.groups())
}

func (e *Enforcements) makeChanges(tx store.Tx, s supply, f service.File, docs []service.Document) error {
	d, named, err := e.deskFor(tx, s, f, docs)
	if err != nil {
		return err
	}
	var held []heldChange
	for _, doc := range docs {
		change := doc.Content.(*filing.Change)
		targets := d.targets(&change.CaseKey, named.named(&change.CaseKey))
		if len(targets) == 0 && doc.Unread != 0 {
			h := hold(f, doc, s)
			h.kind, h.amount, h.until = change.Kind, change.Amount, change.Until
			held = append(held, h)
			continue
		}
		for _, c := range targets {
			if err := d.change(c, change.Kind, change.Amount, change.Until); err != nil {
				return fmt.Errorf("enforcement: document %d of file %d: %w", doc.Number, f.ID, err)
			}
		}
	}
	if err := holdChanges(tx, held); err != nil {
		return err
	}
	return d.flush()
}

// guardUnread takes the guard rows of the files that changes are held for, in
// order.
func guardUnread(tx store.Tx, docs []service.Document) error {
	var files []int64
	for _, doc := range docs {
		if doc.Unread != 0 {
			files = append(files, doc.Unread)
		}
	}
	for _, file := range distinct(files) {
		if err := guardFile(tx, file); err != nil {
			return err
		}
	}
	return nil
}

// hold is what is held of every document.
func hold(f service.File, doc service.Document, s supply) heldChange {
	key := keyOf(doc)
	return heldChange{file: doc.Unread, reference: key.Reference, byFile: f.ID, document: doc.Number, at: s.at,
		applicant: key.Applicant, respondent: key.Respondent}
}
