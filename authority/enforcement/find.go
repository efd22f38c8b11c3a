package enforcement

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// located is a case with what documents name it by.
type located struct {
	id, group, application int64
	number                 string
	sequence               int64
	reference              string
}

// finding is the cases that the documents of a file name.
type finding struct {
	byNumber    map[string]located
	byReference map[string][]located
}

const selectLocated = `SELECT c.id, c.group_id, a.id, c.number, a.sequence, a.reference
	FROM enforcement_case c JOIN enforcement_application a ON a.id = c.application_id `

func scanLocated(rows *store.Rows) (l located, err error) {
	err = rows.Scan(&l.id, &l.group, &l.application, &l.number, &l.sequence, &l.reference)
	return l, err
}

// find finds cases of the sender's code for all documents at once. A main code
// reaches the cases of its sub-codes by their numbers; a reference counts within
// the series of its own code. A case of another filer is not found.
func find(r store.Reader, sender service.File, docs []service.Document) (finding, error) {
	f := finding{byNumber: map[string]located{}, byReference: map[string][]located{}}
	var numbers, references []string
	for _, doc := range docs {
		key := keyOf(doc)
		if key.CaseNumber != "" {
			numbers = append(numbers, key.CaseNumber)
			continue
		}
		references = append(references, key.Reference)
	}
	byNumber, err := listedFor(r, selectLocated+`WHERE `+reached(sender)+` AND c.number IN %s`, sender.CodeID, unique(numbers), scanLocated)
	if err != nil {
		return f, err
	}
	byReference, err := listedFor(r, selectLocated+`WHERE a.code_id = $1 AND a.reference IN %s ORDER BY c.id`, sender.CodeID, unique(references), scanLocated)
	if err != nil {
		return f, err
	}
	for _, l := range byNumber {
		f.byNumber[l.number] = l
	}
	for _, l := range byReference {
		f.byReference[l.reference] = append(f.byReference[l.reference], l)
	}
	return f, nil
}

// KnownCases tells which of the case numbers are of cases within reach of the
// code of the file.
func (*Enforcements) KnownCases(r store.Reader, f service.File, numbers []string) ([]string, error) {
	found, err := listedFor(r, selectLocated+`WHERE `+reached(f)+` AND c.number IN %s`, f.CodeID, unique(numbers), scanLocated)
	if err != nil {
		return nil, fmt.Errorf("enforcement: look for %d case numbers: %w", len(numbers), err)
	}
	known := make([]string, len(found))
	for i, l := range found {
		known[i] = l.number
	}
	return known, nil
}

// reached is the condition that a case is within reach of the code $1.
func reached(sender service.File) string {
	if sender.CodeID == sender.MainCodeID {
		return `a.main_code_id = $1`
	}
	return `a.code_id = $1`
}

func keyOf(doc service.Document) *filing.CaseKey {
	if k, ok := doc.Content.(filing.Keyed); ok {
		return k.Key()
	}
	return &filing.CaseKey{}
}

func unique(all []string) []string {
	slices.Sort(all)
	return slices.Compact(all)
}

// named are the cases that a key names, before its control identities are held
// against them.
func (f finding) named(key *filing.CaseKey) []located {
	if key.CaseNumber != "" {
		if l, ok := f.byNumber[key.CaseNumber]; ok {
			return []located{l}
		}
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.byReference[key.Reference]), func(l located) bool { return l.sequence != key.Sequence })
}

// groups are the debts of all cases found.
func (f finding) groups() []int64 {
	var ids []int64
	for _, l := range f.byNumber {
		ids = append(ids, l.group)
	}
	for _, all := range f.byReference {
		for _, l := range all {
			ids = append(ids, l.group)
		}
	}
	return distinct(ids)
}

// targets are the cases that a key concerns: of those that it names the ones
// against its respondent, or all if it names none.
func (d *desk) targets(key *filing.CaseKey, named []located) (all []*kase) {
	for _, l := range named {
		c := d.byID[l.id]
		if c != nil && (key.Respondent.IsZero() || key.Respondent == c.debtor) {
			all = append(all, c)
		}
	}
	return all
}

// Found is one case for people and other rooms.
type Found struct {
	ID         int64
	Number     string
	Reference  string
	CodeID     int64
	Code       string
	State      State
	Since      calendar.Day
	Registered calendar.Day
	Closed     calendar.Day // zero while open
	Reason     filing.FinalReason
	LinkGroup  string // number of the first linked case; "" for one alone
	Title      string
	Sequence   int64
}

const selectFound = `SELECT c.id, c.number, a.reference, a.code_id, a.code, c.state, c.since, c.registered, c.closed, c.reason,
	CASE WHEN g.cases > 1 THEN (SELECT f.number FROM enforcement_case f WHERE f.id = g.id) ELSE '' END, a.title_number, a.sequence
	FROM enforcement_case c JOIN enforcement_application a ON a.id = c.application_id JOIN enforcement_group g ON g.id = c.group_id `

func scanFound(rows *store.Rows) (f Found, err error) {
	err = rows.Scan(&f.ID, &f.Number, &f.Reference, &f.CodeID, &f.Code, &f.State, &f.Since, &f.Registered, &f.Closed, &f.Reason,
		&f.LinkGroup, &f.Title, &f.Sequence)
	return f, err
}

// Find lists the cases of a code with the own reference, the oldest first.
func (e *Enforcements) Find(r store.Reader, codeID int64, reference string) ([]Found, error) {
	all, err := store.Collect(scanFound)(r.Query(selectFound+`WHERE a.code_id = $1 AND a.reference = $2 ORDER BY c.id`, codeID, reference))
	if err != nil {
		return nil, fmt.Errorf("enforcement: find cases by reference: %w", err)
	}
	return all, nil
}

// Case finds a case by its number.
func (e *Enforcements) Case(r store.Reader, number string) (Found, bool, error) {
	all, err := store.Collect(scanFound)(r.Query(selectFound+`WHERE c.number = $1`, number))
	if err != nil || len(all) == 0 {
		return Found{}, false, err
	}
	return all[0], true, nil
}

// Story tells what has happened in a case.
func (e *Enforcements) Story(r store.Reader, number string) ([]service.Event, error) {
	c, found, err := e.Case(r, number)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, service.UnknownCase(number)
	}
	return e.events.Of(r, filing.Enforcement, c.ID)
}
