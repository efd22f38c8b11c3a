package restructuring

import (
	"cmp"
	"fmt"
	"slices"

	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

// matchPurpose is for what a filer is told that its debtor is in a
// restructuring, as kept with each match (R60).
const matchPurpose = "restructuring opened: claim to be reported"

// match finds the filers who have the debtor in their portfolio or list, and
// keeps each match that a permit allows.
func (a *act) match() error {
	found, err := a.room.watchers(a.tx, a.Debtor.Identity)
	if err != nil {
		return err
	}
	for _, p := range a.room.portfolios {
		more, err := p(a.tx, a.Debtor.Identity)
		if err != nil {
			return err
		}
		found = append(found, more...)
	}
	slices.SortFunc(found, func(x, y Match) int {
		return cmp.Or(cmp.Compare(x.CodeID, y.CodeID), cmp.Compare(x.Reference, y.Reference), cmp.Compare(x.CaseNumber, y.CaseNumber))
	})
	return a.keepMatches(slices.Compact(found))
}

func (m *Matters) watchers(r store.Reader, debtor identity.Number) ([]Match, error) {
	all, err := store.Collect(func(rows *store.Rows) (match Match, err error) {
		err = rows.Scan(&match.CodeID, &match.Reference)
		return match, err
	})(r.Query(`SELECT code_id, reference FROM restructuring_watch WHERE identity = $1 ORDER BY code_id, reference`, store.Identity(debtor)))
	if err != nil {
		return nil, fmt.Errorf("restructuring: find the lists that hold %s: %w", debtor, err)
	}
	return all, nil
}

// keepMatches keeps those of the matches, which come by code, that a permit
// allows.
func (a *act) keepMatches(found []Match) (err error) {
	var allowed leave
	for i, match := range found {
		if i == 0 || match.CodeID != found[i-1].CodeID {
			if allowed, err = a.room.leave(a.tx, match.CodeID, opening, a.day); err != nil {
				return err
			}
		}
		if allowed.permit == 0 {
			continue
		}
		if err := a.keepMatch(match, allowed); err != nil {
			return err
		}
	}
	return nil
}

func (a *act) keepMatch(match Match, l leave) error {
	serial, err := service.Series(filing.Restructuring).Take(a.tx, matchSeries, 1)
	if err != nil {
		return err
	}
	_, err = a.tx.Exec(`INSERT INTO restructuring_match (serial, matter_id, code_id, code, reference, case_number, permit, purpose,
		person, day, at, outgoing) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (matter_id, code_id, reference, case_number) DO NOTHING`,
		serial, a.ID, match.CodeID, l.code, match.Reference, match.CaseNumber, l.permit, matchPurpose,
		store.Identity(a.Debtor.Identity), a.day, store.Micros(a.at), l.switchedOn)
	if err != nil {
		return fmt.Errorf("restructuring: keep a match of matter %s: %w", a.Number, err)
	}
	return nil
}

// leave is what a code may be told.
type leave struct {
	code       string
	permit     int64 // of its main code (R62); 0 if there is none in force
	switchedOn bool  // the extension
}

// leave tells whether a message of the service may go to the code on the day.
// Suspension does not stop messages (R22).
func (m *Matters) leave(r store.Reader, codeID int64, tx filing.Transaction, day calendar.Day) (l leave, err error) {
	code, found, err := m.parties.ByID(r, codeID)
	if err != nil || !found {
		return leave{}, err
	}
	l.code = code.Code
	p, found, err := m.permits.Of(r, code.MainID, filing.Restructuring)
	if err != nil {
		return leave{}, err
	}
	if found && p.State != permit.Revoked && p.From <= day && (p.Until.IsZero() || day <= p.Until) {
		l.permit = p.ID
	}
	l.switchedOn, err = m.extension(r, codeID, tx)
	return l, err
}

// Logged is one kept match, as a look-up is kept (R60).
type Logged struct {
	Match
	MatterNumber string
	Permit       int64
	Purpose      string
	Day          calendar.Day
	Told         calendar.Day // when it went out; zero if it did not
}

// Matches lists the matches of a matter.
func (*Matters) Matches(r store.Reader, matter int64) ([]Logged, error) {
	all, err := store.Collect(func(rows *store.Rows) (l Logged, err error) {
		err = rows.Scan(&l.CodeID, &l.Code, &l.Reference, &l.CaseNumber, &l.MatterNumber, &l.Permit, &l.Purpose, &l.Day, &l.Told)
		return l, err
	})(r.Query(`SELECT t.code_id, t.code, t.reference, t.case_number, m.number, t.permit, t.purpose, t.day, t.told
		FROM restructuring_match t JOIN restructuring_matter m ON m.id = t.matter_id WHERE t.matter_id = $1 ORDER BY t.serial`, matter))
	if err != nil {
		return nil, fmt.Errorf("restructuring: list the matches of matter %d: %w", matter, err)
	}
	return all, nil
}
