package filer

import (
	"strconv"

	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// confirmation takes in the case numbers of applications for payment orders.
func (t *taking) confirmation() error {
	var cases []ledger.Case
	details := remarks{}
	facts, err := lines(t, func(f filing.FileFacts, c *filing.ConfirmedCase) error {
		cases = append(cases, confirmedCase(c))
		details.refused(c.CaseNumber, c.HeldRefused, c.HeldCode)
		details.warned(c.CaseNumber, c.Warning, c.Repeats)
		return nil
	})
	if err != nil {
		return err
	}
	return t.confirm(facts, filing.BFApplication, cases, details)
}

// remarks are, by case number, what confirmations tell besides the cases.
type remarks map[string]map[string]string

func (r remarks) add(caseNumber, name, value string) {
	if value == "" {
		return
	}
	if r[caseNumber] == nil {
		r[caseNumber] = map[string]string{}
	}
	r[caseNumber][name] = value
}

// refused tells that what had been sent for an application before it was read in
// could not be done.
func (r remarks) refused(caseNumber string, refused bool, code string) {
	if refused {
		r.add(caseNumber, "held", "refused")
		r.add(caseNumber, "held_code", code)
	}
}

// warned tells of a warning, and of the case that has the same claim or title.
func (r remarks) warned(caseNumber, code, repeats string) {
	r.add(caseNumber, "warning", code)
	r.add(caseNumber, "repeats", repeats)
}

func confirmedCase(c *filing.ConfirmedCase) ledger.Case {
	k := ledger.Case{
		Service: filing.PaymentOrder, Number: c.CaseNumber, Reference: c.Reference, Registered: c.Registered, Since: c.Registered,
		State: string(filing.StateRegistered), Open: true, Claimed: c.Sum, Fees: c.Fee,
	}
	if c.State == filing.StateDiscontinued {
		k.State, k.Open, k.Reason = stateDiscontinued, false, string(filing.FinalWithdrawn)
	}
	return k
}

// confirm matches confirmed cases to the application file that they came in, and
// tells of them with the details by case number.
func (t *taking) confirm(facts filing.FileFacts, transaction filing.Transaction, cases []ledger.Case, details remarks) error {
	t.r.ReadIn = facts.ReadIn.String()
	files, err := t.Files(ledger.Filter{
		Code: facts.PartyCode, Transaction: transaction, Sequence: facts.Sequence, States: []ledger.State{ledger.Approved, ledger.Confirmed},
	})
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return problem("the confirmation answers number %d of %s, of which the book has no approved file", facts.Sequence, facts.PartyCode)
	}
	match, fresh, err := t.Confirm(latest(files), cases)
	if err != nil {
		return err
	}
	t.r.Match = &match
	for _, c := range fresh {
		if err := t.tellConfirmed(facts, c, details[c.Number]); err != nil {
			return err
		}
	}
	return nil
}

func (t *taking) tellConfirmed(facts filing.FileFacts, c ledger.Case, details map[string]string) error {
	return t.Tell(ledger.Event{
		Kind: ledger.EventConfirmed, Code: c.State, Day: c.Registered, PartyCode: facts.PartyCode, Sequence: facts.Sequence,
		Reference: c.Reference, CaseNumber: c.Number, Amounts: map[string]money.Amount{"claimed": c.Claimed, "fee": c.Fees}, Details: details,
	})
}

// adopt gives a case that the book did not have what the file says of it, and
// returns the own reference under which its events are told: that of the line,
// or the one that the book knows.
func (t *taking) adopt(c *ledger.Case, facts filing.FileFacts, reference string) string {
	if c.Code == "" {
		c.Code = firstOf(facts.PartyCode, t.desk.Config.Code)
	}
	if c.Reference == "" {
		c.Reference = reference
	}
	if c.Reference == "" {
		t.r.Foreign++
	}
	return c.Reference
}

// verdicts takes in verdicts, and the enforcement cases that they opened.
func (t *taking) verdicts() error {
	_, err := lines(t, t.verdict)
	return err
}

func (t *taking) verdict(facts filing.FileFacts, v *filing.PaymentOrderVerdict) error {
	c, err := t.Case(filing.PaymentOrder, v.CaseNumber)
	if err != nil {
		return err
	}
	reference := t.adopt(&c, facts, v.Reference)
	c.Title = v.VerdictNumber
	state, open := stateVerdict, false
	if c.Respondents -= int64(len(v.Respondents)); c.Respondents > 0 {
		state, open = statePartly, true
	}
	c.Moved(state, open, v.Date)
	if err := t.Put(c); err != nil {
		return err
	}
	for _, r := range v.Respondents {
		if err := t.opened(facts, c, v, r); err != nil {
			return err
		}
	}
	e := ledger.Event{
		Kind: ledger.EventVerdict, Code: "not_enforced", Day: v.Date, PartyCode: facts.PartyCode, Sequence: facts.Sequence,
		Reference: reference, CaseNumber: c.Number, Details: map[string]string{"verdict": v.VerdictNumber},
		Amounts: map[string]money.Amount{"total": v.Total, "interest": v.Interest, "costs": v.Costs},
	}
	if v.Enforced {
		e.Code = "enforced"
	}
	if first := v.Respondents; len(first) > 0 && first[0].EnforcementCase != "" {
		e.Details["enforcement_case"] = first[0].EnforcementCase
	}
	return t.Tell(e)
}

// opened notes the enforcement case that a verdict has opened against one
// respondent; its confirmation tells the rest.
func (t *taking) opened(facts filing.FileFacts, parent ledger.Case, v *filing.PaymentOrderVerdict, r filing.VerdictRespondent) error {
	if r.EnforcementCase == "" {
		return nil
	}
	c, err := t.Case(filing.Enforcement, r.EnforcementCase)
	if err != nil {
		return err
	}
	t.adopt(&c, facts, parent.Reference)
	c.Parent, c.Title, c.Origin, c.Debtor = parent.Number, v.VerdictNumber, filing.OriginPaymentOrder, t.desk.digest.Debtor(r.Identity)
	if c.State == "" {
		c.State, c.Since, c.Claimed = string(filing.StateRegistered), v.Date, v.Total
	}
	return t.Put(c)
}

// caseEvents takes in what happened in cases between confirmation and verdict.
func (t *taking) caseEvents() error {
	_, err := lines(t, t.caseEvent)
	return err
}

func (t *taking) caseEvent(facts filing.FileFacts, e *filing.PaymentOrderEvent) error {
	c, err := t.Case(filing.PaymentOrder, e.CaseNumber)
	if err != nil {
		return err
	}
	reference := t.adopt(&c, facts, e.Reference)
	move(&c, e)
	if err := t.Put(c); err != nil {
		return err
	}
	told := ledger.Event{
		Kind: ledger.EventCase, Code: string(e.Event), Day: e.Date, PartyCode: facts.PartyCode, Sequence: facts.Sequence,
		Reference: reference, CaseNumber: c.Number, Details: map[string]string{},
	}
	if e.Amount != 0 {
		told.Amounts = map[string]money.Amount{"amount": e.Amount}
	}
	if !e.LastDay.IsZero() {
		told.Details["last_day"] = e.LastDay.String()
	}
	if e.Part != 0 {
		told.Details["part"] = strconv.FormatInt(e.Part, 10)
	}
	if e.Remark != "" {
		told.Details["remark"] = e.Remark
	}
	if !e.Respondent.IsZero() {
		told.Details["respondent"] = e.Respondent.Masked()
	}
	return t.Tell(told)
}

// move puts the case in the state that the event leads to. One that concerns
// some of it only leaves the rest as it was. What follows a verdict concerns all
// claim parts that the verdict is on; the others had ended before it.
func move(c *ledger.Case, e *filing.PaymentOrderEvent) {
	to, moves := moves()[e.Event]
	if !moves {
		return
	}
	of := !e.Respondent.IsZero()                                            // one respondent
	if to.decided && of && c.Open && (c.Title != "" || c.Respondents > 1) { // it goes on against others
		return
	}
	partly := !to.decided && (e.Part != 0 || of && c.Respondents > 1)
	if partly && (to.open || !c.Open) { // the rest is as it was
		return
	}
	if partly {
		if e.Part == 0 {
			c.Respondents--
		}
		to = standing{state: statePartly, open: true}
	}
	if c.Moved(to.state, to.open, e.Date) {
		c.LastDay = e.LastDay
	}
}

// standing is a state, whether the applicant can still withdraw in it, and whether
// it is that of a verdict.
type standing struct {
	state         string
	open, decided bool
}

// moves is where the events of bf.event lead (files.md §8.2).
func moves() map[filing.PaymentOrderEventKind]standing {
	return map[filing.PaymentOrderEventKind]standing{
		filing.EventCompletionAsked: {state: "completion_requested", open: true},
		filing.EventCompleted:       {state: stateRegistered, open: true},
		filing.EventOrdered:         {state: stateOrdered, open: true},
		filing.EventServed:          {state: stateServed, open: true},
		filing.EventObjection:       {state: stateContested, open: true},
		filing.EventAwaitingEstate:  {state: "awaiting_estate", open: true},
		filing.EventDismissed:       {state: "dismissed"},
		filing.EventTransferred:     {state: "transferred"},
		filing.EventDiscontinued:    {state: stateDiscontinued},
		filing.EventReopening:       {state: "reopening", decided: true},
		filing.EventSetAside:        {state: "set_aside"},
		filing.EventVerdictStands:   {state: stateVerdict, decided: true},
		filing.EventLegalForce:      {state: stateLegalForce, decided: true},
	}
}
