package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// OwnReference is the own reference of the application.
func (a *Application) OwnReference() string { return a.Reference }

// OwnReference is the own reference of the application.
func (c *ConfirmedCase) OwnReference() string { return c.Reference }

// Reduction (nedsättning) lowers a claim, since the debtor has paid a part or
// the applicant gives it up.
type Reduction struct {
	CaseKey
	OneRespondent bool  // only against the respondent named in the key
	Part          int64 // claim part in the order of the application, from 1; 0 = the claim as a whole
	Kind          ReductionKind
	Amount        money.Amount // new amount, or what it is lowered by
	Paid          calendar.Day // when the debtor paid, if he did
}

// ReductionKind tells what the amount of a reduction is.
type ReductionKind string

// The kinds of reduction.
const (
	ReduceTo ReductionKind = "to" // the new, lower amount
	ReduceBy ReductionKind = "by" // what the claim is lowered by
)

// PaymentOrderVerdict (utslag) is one verdict in a payment-order case. A case in which
// respondents or parts are decided at different times has several (files.md
// §8.2).
type PaymentOrderVerdict struct {
	Reference     string
	CaseNumber    string
	VerdictNumber string // reference to the verdict (R56)
	Date          calendar.Day
	Applicant     Person // the first of several
	Respondents   []VerdictRespondent
	Joint         bool // solidariskt ansvar
	Parts         []GrantedPart
	Interest      money.Amount // computed to the day of the verdict
	Costs         money.Amount // application fee and own work among the parts
	Total         money.Amount // all parts with their interest
	Enforced      bool         // enforced without request (UB 2:1)
}

// OwnReference is the own reference of the application.
func (v *PaymentOrderVerdict) OwnReference() string { return v.Reference }

// VerdictRespondent is one against whom a verdict was given. EnforcementCase
// is the number of the case opened for him, "" where none was.
type VerdictRespondent struct {
	Person
	EnforcementCase string
}

// GrantedPart is what a verdict grants of one claim part.
type GrantedPart struct {
	Part     int64 // in the order of the application, from 1
	Type     ClaimPartType
	Amount   money.Amount
	Interest Interest     // its terms, for the time after the verdict
	Accrued  money.Amount // interest to the day of the verdict
}

// PaymentOrderEvent is one line of bf.event: what happened between
// confirmation and verdict (files.md §4.7).
type PaymentOrderEvent struct {
	Reference  string
	CaseNumber string
	Event      PaymentOrderEventKind
	Date       calendar.Day
	Respondent identity.Number // whom it concerns; zero = all
	Part       int64           // claim part; 0 = all
	Amount     money.Amount    // contested or dismissed
	LastDay    calendar.Day    // when something must have been done, such as asking for transfer
	Remark     string
}

// OwnReference is the own reference of the application.
func (e *PaymentOrderEvent) OwnReference() string { return e.Reference }

// PaymentOrderEventKind names what happened.
type PaymentOrderEventKind string

// The events that bf.event tells of.
const (
	EventCompletionAsked PaymentOrderEventKind = "completion_requested" // föreläggande att komplettera
	EventCompleted       PaymentOrderEventKind = "completed"
	EventOrdered         PaymentOrderEventKind = "ordered"        // föreläggande utfärdat
	EventServed          PaymentOrderEventKind = "served"         // delgiven
	EventServiceFailed   PaymentOrderEventKind = "service_failed" // delgivning misslyckad
	EventObjection       PaymentOrderEventKind = "objection"      // bestridande
	EventLateObjection   PaymentOrderEventKind = "late_objection"
	EventDismissed       PaymentOrderEventKind = "dismissed"    // avvisad
	EventTransferred     PaymentOrderEventKind = "transferred"  // överlämnad till tingsrätt
	EventDiscontinued    PaymentOrderEventKind = "discontinued" // avskriven
	EventAwaitingEstate  PaymentOrderEventKind = "awaiting_estate"
	EventReopening       PaymentOrderEventKind = "reopening" // återvinning
	EventSetAside        PaymentOrderEventKind = "set_aside" // utslaget undanröjt
	EventVerdictStands   PaymentOrderEventKind = "verdict_stands"
	EventLegalForce      PaymentOrderEventKind = "legal_force" // laga kraft
)
