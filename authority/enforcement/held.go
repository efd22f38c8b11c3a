package enforcement

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// heldChange is a change of an application that is not read in yet (R70).
type heldChange struct {
	file       int64 // of the application
	reference  string
	byFile     int64
	document   int64
	at         time.Time
	kind       filing.ChangeKind
	amount     money.Amount
	until      calendar.Day
	applicant  identity.Number // as a control that the key is right; zero: not given
	respondent identity.Number // zero: all
	by         service.Officer // of a stop
}

// heldParty is the kind of a change of party data that is held.
const heldParty filing.ChangeKind = "party"

// guardFile makes those who read a file in, and those who hold changes for it,
// go one after the other.
func guardFile(tx store.Tx, file int64) error {
	_, err := tx.Exec(`INSERT INTO enforcement_file (file, changes) VALUES ($1, 1)
		ON CONFLICT (file) DO UPDATE SET changes = enforcement_file.changes + 1`, file)
	if err != nil {
		return fmt.Errorf("enforcement: guard file %d: %w", file, err)
	}
	return nil
}

func holdChanges(tx store.Tx, all []heldChange) error {
	if len(all) == 0 {
		return nil
	}
	columns := []string{"file", "reference", "by_file", "document", "at", "kind", "amount", "until", "applicant", "respondent"}
	_, err := tx.CopyIn("enforcement_held", columns, rowsOf(all, func(h heldChange) []any {
		return []any{h.file, h.reference, h.byFile, h.document, store.Micros(h.at), string(h.kind), ore(h.amount), h.until,
			store.Identity(h.applicant), store.Identity(h.respondent)}
	}))
	if err != nil {
		return fmt.Errorf("enforcement: hold %d changes: %w", len(all), err)
	}
	return nil
}

// heldFor reads what is held for applications of a file, by their references and
// in the order in which it came.
func heldFor(r store.Reader, file int64, references []string) (map[string][]heldChange, error) {
	all, err := listedFor(r, `SELECT file, reference, by_file, document, at, kind, amount, until, applicant, respondent
		FROM enforcement_held WHERE file = $1 AND reference IN %s ORDER BY at, by_file, document`, file, references, scanHeld)
	if err != nil {
		return nil, fmt.Errorf("enforcement: read the changes held for file %d: %w", file, err)
	}
	by := map[string][]heldChange{}
	for _, h := range all {
		by[h.reference] = append(by[h.reference], h)
	}
	return by, nil
}

// foresee tells how many steps the changes held for the applications may take,
// beside those of their registration, and reads those of party data. One that is
// held later than this is met when the chunk is tried again.
func (e *Enforcements) foresee(ctx context.Context, file int64, docs []service.Document) (steps int, parties service.HeldParties, err error) {
	var held map[string][]heldChange
	err = e.db.Read(ctx, func(r store.Reader) (err error) {
		held, err = heldFor(r, file, referencesOf(docs))
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	var sources []service.HeldDocument
	for _, doc := range docs {
		all := held[doc.Content.OwnReference()]
		steps += len(all) * len(doc.Content.(*filing.EnforcementApplication).Respondents)
		for _, h := range all {
			if h.kind == heldParty {
				sources = append(sources, h.source())
			}
		}
	}
	parties, err = service.ReadHeldParties(ctx, e.files, sources)
	return steps, parties, err
}

func scanHeld(rows *store.Rows) (h heldChange, err error) {
	var applicant, respondent string
	var at int64
	err = rows.Scan(&h.file, &h.reference, &h.byFile, &h.document, &at, &h.kind, (*int64)(&h.amount), &h.until, &applicant, &respondent)
	h.at = store.Moment(at)
	if err == nil {
		h.applicant, err = store.ParseIdentity(applicant)
	}
	if err == nil {
		h.respondent, err = store.ParseIdentity(respondent)
	}
	return h, err
}

// forget deletes what was held and is applied now.
func forget(tx store.Tx, file int64, held map[string][]heldChange) error {
	if len(held) == 0 {
		return nil
	}
	return executedFor(tx, `DELETE FROM enforcement_held WHERE file = $1 AND reference IN %s`, file, slices.Sorted(maps.Keys(held)))
}

// source is the document that says the change.
func (h heldChange) source() service.HeldDocument {
	return service.HeldDocument{File: h.byFile, Number: h.document}
}

// concerns tells whether the change is about the case.
func (h heldChange) concerns(c *kase) bool {
	return h.respondent.IsZero() || h.respondent == c.debtor
}

// eventHeldRefused notes what was held and could not be done.
const eventHeldRefused = "held_not_applicable"

// applyHeld applies a held change of the kind to the cases of a debt. One that
// does not fit what was read in changes nothing, and is noted.
func (d *desk) applyHeld(g *group, h heldChange, kind filing.ChangeKind) error {
	if h.kind != kind {
		return nil
	}
	defer d.broughtBy(h)()
	before := len(d.events)
	var first *kase
	for _, c := range g.cases {
		if !h.concerns(c) {
			continue
		}
		if first == nil {
			first = c
		}
		if err := d.change(c, h.kind, h.amount, h.until); err != nil {
			return err
		}
	}
	if first == nil || kind == filing.ChangeWithdrawal || len(d.events) > before || first.deferredUntil(h.until) {
		return nil
	}
	return d.noteHeld(first, string(h.kind), unfitting(first.state(), kind), h.amount)
}

// unfitting is why a held change, which brought nothing about, does not fit.
func unfitting(s State, kind filing.ChangeKind) filing.Code {
	if rule := changeRule(s, kind); rule.Code != "" {
		return rule.Code
	}
	if kind == filing.ChangeDeferral {
		return codeNoDeferral
	}
	return codeNotBelow
}

// noteHeld notes in a case what was held for it and could not be done, and why.
func (d *desk) noteHeld(c *kase, kind string, problem filing.Code, amount money.Amount) error {
	c.refused = cmp.Or(c.refused, problem)
	_, err := d.note(c, eventHeldRefused, c.state(), c.state(), happening{amount: amount, text: kind + " " + string(problem)})
	return err
}

// broughtBy lets what follows be told as brought by what was held, until the
// function it returns is called.
func (d *desk) broughtBy(h heldChange) func() {
	file, by := d.file, d.by
	d.file, d.by = h.byFile, h.by
	return func() { d.file, d.by = file, by }
}

// change applies one change to one case. What is already so is left.
func (d *desk) change(c *kase, kind filing.ChangeKind, amount money.Amount, until calendar.Day) error {
	switch kind {
	case filing.ChangeWithdrawal:
		return d.withdraw(c)
	case filing.ChangeDeferral:
		return d.grant(c, until)
	}
	return d.lower(c, amount)
}
