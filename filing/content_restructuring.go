package filing

import (
	"filtjanst/calendar"
	"filtjanst/money"
)

// ClaimReport (fordringsanmälan) is a creditor's report of its claims in one
// debt restructuring (SKSL §19, files.md §9.5).
type ClaimReport struct {
	Reference      string // own reference, unique in the file
	MatterNumber   string // number of the restructuring matter
	Debtor         Person
	Creditor       Party
	Representative *Party
	Payee          Payee // account to pay to; demanded by SKSL §19
	Claims         []ReportedClaim
	Total          money.Amount
}

// OwnReference is the own reference of the report.
func (c *ClaimReport) OwnReference() string { return c.Reference }

// ReportedClaim is one claim of a report.
type ReportedClaim struct {
	Amount             money.Amount // capital and costs
	Interest           money.Amount // to the day of the decision to initiate
	Origin             calendar.Day // when the claim arose
	DueDate            calendar.Day
	CaseNumber         string // case at the authority, if any
	Ground             string // lines separated by "\n"
	Disputed           bool   // tvistig
	NotDue             bool   // inte förfallen
	CounterPerformance bool   // beroende av motprestation
	Condition          string // villkor; "" = unconditional
	Security           string // säkerhet; "" = none
	SecurityAmount     money.Amount
	Guarantor          Person // borgensman; zero = none
}

// ConfirmedClaim is one report of sc.confirmation.
type ConfirmedClaim struct {
	Reference    string
	ClaimNumber  string // id of the report, by which its status is asked for (R73)
	MatterNumber string
	Registered   calendar.Day
	Status       ClaimStatus
	Late         bool // came after the claim period
	Sum          money.Amount
}

// OwnReference is the own reference of the report.
func (c *ConfirmedClaim) OwnReference() string { return c.Reference }

// ClaimStatus is where a claim report stands.
type ClaimStatus string

// The states of a claim report (files.md §8.4).
const (
	ClaimRegistered ClaimStatus = "registered"
	ClaimProposed   ClaimStatus = "in_proposal"
	ClaimLeftOut    ClaimStatus = "left_out"   // SKSL §§31–32
	ClaimPlanned    ClaimStatus = "in_plan"    // restructuring granted
	ClaimEnded      ClaimStatus = "ended"      // ended without restructuring
	ClaimDischarged ClaimStatus = "discharged" // plan fulfilled
	ClaimLapsed     ClaimStatus = "lapsed"     // the restructuring lapsed (SKSL §54)
	ClaimWithdrawn  ClaimStatus = "withdrawn"  // by its filer, before the read-in too
)

// RestructuringOpening is one decision to initiate (inledandebeslut) of
// sc.opening.
type RestructuringOpening struct {
	Reference    string // own reference of the filer for the debtor
	CaseNumber   string // the filer's case that matched; "" for a debtor of its list
	MatterNumber string
	Debtor       Person
	Decided      calendar.Day
	Announced    calendar.Day
	LastDay      calendar.Day // last day of the claim period
	Business     bool         // F-skuldsanering
}

// OwnReference is the filer's own reference for the debtor.
func (o *RestructuringOpening) OwnReference() string { return o.Reference }
