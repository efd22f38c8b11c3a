package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// EnforcementApplication (ansökan om verkställighet) is one application, on
// one title (files.md §9.3). Debtors who are jointly liable become one case
// each (files.md §8.3).
type EnforcementApplication struct {
	Reference         string
	Measure           Measure
	Scope             Scope
	Renewed           bool   // a renewed asset investigation is asked for
	Joint             bool   // solidariskt ansvar
	Notice            Notice // "" = the code's own (R69)
	Applicants        []Party
	Representative    *Party
	Payee             *Payee // nil: the party code's own giro
	Respondents       []Debtor
	Title             Title
	Debts             []Debt
	Ground            string // lines separated by "\n"
	AlternativeGround string
	Property          string       // what is to be taken back, in repossession
	Total             money.Amount // TOT-BEL: sum of the debts and their accrued interest
}

// OwnReference is the own reference of the application.
func (a *EnforcementApplication) OwnReference() string { return a.Reference }

// Measure is what is sought (UB 2:2). By file only these two (R58).
type Measure string

// The measures.
const (
	Payment      Measure = "payment"      // betalning: attachment
	Repossession Measure = "repossession" // återtagning
)

// Scope (omfattningskod) is how far the applicant wants the measures to go.
type Scope string

// The scopes.
const (
	FullScope     Scope = "full"     // full tillgångsundersökning
	LimitedScope  Scope = "limited"  // begränsad tillgångsundersökning
	EarningsScope Scope = "earnings" // only earnings
)

// Debtor (gäldenär) is a respondent in enforcement (UF 2:2).
type Debtor struct {
	Respondent
	Occupation       string // yrke, only if known
	Domicile         string // hemort
	WorkplaceAddress string // only if known
	Circumstances    string // of importance for service
}

// Title (exekutionstitel) is what is enforced (UB 3:1).
type Title struct {
	Kind        TitleKind
	Number      string // case or verdict number
	Issuer      string // court or authority
	Date        calendar.Day
	LegalForce  calendar.Day // day of legal force, where that is required (UF 2:6)
	Original    bool         // a running note in original that must be lodged (UB 2:2)
	Lodged      bool         // the document has been lodged on paper already
	Creditor    Person       // the creditor named in the title, where not the applicant
	Assignments []Assignment // from that creditor to the applicant, in order
}

// TitleKind is the kind of title by UB 3:1.
type TitleKind string

// The kinds of title.
const (
	TitleJudgment       TitleKind = "judgment"        // dom, beslut av domstol (1)
	TitleSettlement     TitleKind = "settlement"      // stadfäst förlikning, medlingsöverenskommelse (2)
	TitlePenaltyOrder   TitleKind = "penalty_order"   // strafföreläggande, ordningsbot, avgiftsföreläggande (3)
	TitleArbitralAward  TitleKind = "arbitral_award"  // skiljedom (4)
	TitleMaintenance    TitleKind = "maintenance"     // förbindelse om underhåll (5)
	TitleAdministrative TitleKind = "administrative"  // förvaltningsmyndighets beslut (6)
	TitleDocument       TitleKind = "document"        // handling enligt särskild föreskrift (7)
	TitleVerdict        TitleKind = "verdict"         // utslag i mål om betalningsföreläggande (8)
	TitleEuropeanOrder  TitleKind = "european_order"  // europeiskt betalningsföreläggande (8)
	TitleNegotiableNote TitleKind = "negotiable_note" // with a running note in original
)

// Assignment (överlåtelse) is one step from creditor to creditor.
type Assignment struct {
	From, To  Person
	Date      calendar.Day
	Deposited string // number of a deposited agreement (deponerat överlåtelseavtal); "" = lodged in the case
}

// Debt is one item of what is owed (records 02 of files.md §5.2).
type Debt struct {
	Type          ClaimPartType
	Amount        money.Amount
	Interest      Interest
	DueDate       calendar.Day
	InvoiceNumber string
	PeriodFrom    calendar.Day // successively due amounts (UF 2:5)
	PeriodTo      calendar.Day
}

// ConfirmedEnforcement is one case of ve.confirmation.
type ConfirmedEnforcement struct {
	Reference  string
	CaseNumber string
	Registered calendar.Day
	Respondent identity.Number
	LinkGroup  string // the same for all debtors of a joint debt; "" for one alone
	Fee        money.Amount
	Sum        money.Amount // the debt at registration
	State      ConfirmedState
	LodgeBy    calendar.Day // what is awaited must have come by then
	Title      string       // number of the title; of the verdict where that is its origin
	// HeldRefused tells that a change held for the application could not be made
	// when it was read in (R70).
	HeldRefused bool
	HeldCode    string // of the error why, the first of several; "" without HeldRefused
	Warning     string // code of a warning; "" if there is none
	Repeats     string // number of the case that enforces the same title, of W452
}

// OwnReference is the own reference of the application.
func (c *ConfirmedEnforcement) OwnReference() string { return c.Reference }

// ConfirmedState is the state of a case when it is confirmed.
type ConfirmedState string

// The states of confirmed cases.
const (
	StateRegistered        ConfirmedState = "registered"
	StateDiscontinued      ConfirmedState = "discontinued" // withdrawn before it was read in (R70)
	StateAwaitingTitle     ConfirmedState = "awaiting_title"
	StateAwaitingDocuments ConfirmedState = "awaiting_documents"
)

// Origin is where an enforcement case came from: one start record of
// ve.confirmation each (files.md §5.3).
type Origin string

// The origins.
const (
	OriginManual       Origin = "manual"        // manuellt registrerad
	OriginPaymentOrder Origin = "payment_order" // from a verdict (SUPRO/SARA)
	OriginFile         Origin = "file"          // maskinellt registrerad
)

// Change (ändring) is one line of ve.change.
type Change struct {
	CaseKey
	Kind   ChangeKind
	Amount money.Amount // the new, lower debt; of kind amount
	Paid   calendar.Day // when the debtor paid the applicant, if he did
	Until  calendar.Day // last day of a deferral
	Reason WithdrawalReason
}

// ChangeKind is what is changed.
type ChangeKind string

// The kinds of change.
const (
	ChangeAmount     ChangeKind = "amount"     // belopp (nedsättning)
	ChangeWithdrawal ChangeKind = "withdrawal" // återkallelse
	ChangeDeferral   ChangeKind = "deferral"   // uppskov
)
