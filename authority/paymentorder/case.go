package paymentorder

import (
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Case is one case (mål) for a payment order.
type Case struct {
	ID          int64
	Number      string // case number (målnummer), opaque
	File        int64  // the file that it came in
	CodeID      int64  // party code of the filer
	MainCodeID  int64
	Code        string
	Arrived     time.Time
	Registered  calendar.Day
	Fee         money.Amount
	Application filing.Application // as filed, with the party data of today
	States      []PairState        // by respondent, claim part and slice
	Service     []ServiceState     // by respondent
	Closed      calendar.Day       // no pair was open any longer
	Blocked     bool               // its data are withheld (blockering)
}

// PairState is the state of one respondent in one claim part, both counted
// from 1. A part that is contested in part is cut into slices.
type PairState struct {
	Respondent, Part, Slice int64
	State                   State
	Since                   calendar.Day
	Until                   calendar.Day // last day of the state, where time ends it
	Amount                  money.Amount // claimed of the pair now, without accrued interest
	Accrued                 money.Amount // accrued interest claimed as an amount; with a verdict, interest granted
	Stayed                  bool         // enforcement is stayed (inhibition)
	Verdict                 int64        // id of the verdict that granted it
}

// claim is all that is claimed as an amount.
func (p *PairState) claim() money.Amount { return p.Amount + p.Accrued }

// ServiceState is how service of process went with one respondent.
type ServiceState struct {
	Served     calendar.Day
	AnswerDays int64        // time to answer, where the order gave another than usual
	Failed     calendar.Day // service failed
	Reminded   calendar.Day // last reminded of it
}

// Open tells whether any pair is open: the case is then open too.
func (c *Case) Open() bool {
	for i := range c.States {
		if c.States[i].State.Open() {
			return true
		}
	}
	return false
}

// State is the state of the case, which follows from its pairs and is never set
// by itself (files.md §8.2).
func (c *Case) State() CaseState {
	granted := false
	for i := range c.States {
		s := c.States[i].State
		granted = granted || s == VerdictGiven || s == Reopening || s == LegalForce
	}
	switch {
	case c.Open() && granted:
		return CasePartlyDecided
	case c.Open():
		return CaseOpen
	}
	return CaseClosed
}

// Outcomes are the states in which the pairs are, each once, in the order of
// the table.
func (c *Case) Outcomes() []State {
	there := map[State]bool{}
	for i := range c.States {
		there[c.States[i].State] = true
	}
	var all []State
	for _, s := range states() {
		if there[s.State] {
			all = append(all, s.State)
		}
	}
	return all
}

// CaseState is the state of a whole case.
type CaseState string

// The states of a case.
const (
	CaseOpen          CaseState = "open"
	CasePartlyDecided CaseState = "partly_decided"
	CaseClosed        CaseState = "closed"
)

// Case finds a case by its number.
func (o *Orders) Case(r store.Reader, number string) (Case, bool, error) {
	return oneCase(r, `number = $1`, number)
}

// CaseByReference finds the case of an own reference in a file.
func (o *Orders) CaseByReference(r store.Reader, file int64, reference string) (Case, bool, error) {
	return oneCase(r, `c.file = $1 AND reference = $2`, file, reference)
}

func oneCase(r store.Reader, where string, args ...any) (Case, bool, error) {
	l, err := readLives(r, where, args)
	if err == nil && len(l) == 1 {
		err = readDetails(r, l)
	}
	if err != nil {
		return Case{}, false, fmt.Errorf("paymentorder: read a case: %w", err)
	}
	if len(l) == 0 {
		return Case{}, false, nil
	}
	return l[0].whole(), true, nil
}
