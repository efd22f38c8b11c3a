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

// EarningsAttachment (löneutmätningsbeslut) is one decision (UB 7:8).
type EarningsAttachment struct {
	Reference       string
	CaseNumber      string
	Kind            EarningsDecision
	Decided         calendar.Day
	Employer        Person
	Amount          money.Amount // per pay occasion; zero where AllAboveReserve
	AllAboveReserve bool
	Reserve         money.Amount // förbehållsbelopp
	Daily           bool         // amounts are per day
	From            calendar.Day
	Until           calendar.Day // last day of a respite
}

// OwnReference is the own reference of the application.
func (e *EarningsAttachment) OwnReference() string { return e.Reference }

// EarningsDecision is the kind of decision (UB 7:8, 7:10, 7:11).
type EarningsDecision string

// The decisions on earnings.
const (
	EarningsNew     EarningsDecision = "new"
	EarningsChanged EarningsDecision = "changed"
	EarningsRevoked EarningsDecision = "revoked"
	EarningsRespite EarningsDecision = "respite" // anstånd
)

// EnforcementReport is one case in the combined file of investigation report
// (utredningsrapport) and interim account (delredovisning). One of the two is
// set at least.
type EnforcementReport struct {
	Reference     string
	CaseNumber    string
	Investigation *Investigation
	Account       *InterimAccount
}

// OwnReference is the own reference of the application.
func (r *EnforcementReport) OwnReference() string { return r.Reference }

// Investigation is the result of an asset investigation (UB 4:9 a).
type Investigation struct {
	Date    calendar.Day
	Result  InvestigationResult
	Planned calendar.Day // when further measures are planned; zero = none
	Text    string       // what was found and what is planned; lines separated by "\n"
}

// InvestigationResult is what was found.
type InvestigationResult string

// The results.
const (
	AssetsMissing InvestigationResult = "assets_missing" // tillgångar saknas
	AssetsPartly  InvestigationResult = "assets_partly"  // not to full payment
	AssetsFound   InvestigationResult = "assets_found"
)

// InterimAccount accounts for money received (UB 13:1). What is allocated to
// interest, costs and capital, here and in linked cases, and to the authority's
// fees adds up to what came in (UB 13:13):
//
//	Interest + Costs + Capital + Fees = Received + Linked
type InterimAccount struct {
	Date      calendar.Day
	Received  money.Amount // in this case since the last account
	Linked    money.Amount // credited from the other cases of a joint debt
	Fees      money.Amount // of the received, taken for the authority's fees
	Interest  money.Amount // allocated to interest
	Costs     money.Amount // allocated to costs
	Capital   money.Amount // allocated to capital
	PaidOut   money.Amount // to the applicant
	Remaining money.Amount // debt left, with interest to Date
}

// NewFee (meddelande om ny grundavgift) is one case of ve.new_fee.
type NewFee struct {
	Reference  string
	CaseNumber string
	Respondent identity.Number
	FeeDay     calendar.Day // when the new fee is charged
	Fee        money.Amount // the new basic fee
	Unpaid     money.Amount // fees in the case that the respondent owes, neither invoiced to nor paid by the applicant
}

// OwnReference is the own reference of the application.
func (f *NewFee) OwnReference() string { return f.Reference }

// FinalAccount (slutredovisning) closes a case. It adds up to the öre:
//
//	Claimed + Interest + Restored = Capital + Costs + InterestPaid + Linked + Reduced + Remaining
//	Received = Capital + Costs + InterestPaid + Fees + Returned
//	PaidOut  = Capital + Costs + InterestPaid - TakenBack
//
// where Capital, Costs and InterestPaid are what was allocated of the money
// received in this case.
type FinalAccount struct {
	Reference    string
	CaseNumber   string
	Closed       calendar.Day
	Reason       FinalReason
	Claimed      money.Amount // debt at registration
	Interest     money.Amount // interest that ran in the case
	Restored     money.Amount // debt that came back since money was returned to the debtor
	Received     money.Amount // in this case
	Linked       money.Amount // credited from the other cases of a joint debt
	Reduced      money.Amount // lowered by the applicant
	InterestPaid money.Amount
	Costs        money.Amount
	Capital      money.Amount
	Fees         money.Amount // of the received, taken for the authority's fees
	Returned     money.Amount // to the debtor
	PaidOut      money.Amount // to the applicant
	TakenBack    money.Amount // from the applicant, after a title was set aside
	Remaining    money.Amount // debt left
	FeesUnpaid   money.Amount // fees that go to the applicant's invoice
}

// OwnReference is the own reference of the application.
func (f *FinalAccount) OwnReference() string { return f.Reference }

// FinalReason tells why a case was closed (files.md §8.3).
type FinalReason string

// The reasons.
const (
	FinalPaid          FinalReason = "paid"          // betalt
	FinalPaidLinked    FinalReason = "paid_linked"   // betalt i sammanhörande mål
	FinalWithdrawn     FinalReason = "withdrawn"     // återkallat
	FinalLapsed        FinalReason = "lapsed"        // förfallet (UB 4:10)
	FinalDiscontinued  FinalReason = "discontinued"  // avskrivet (UB 17:2)
	FinalDismissed     FinalReason = "dismissed"     // avvisat
	FinalTitleSetAside FinalReason = "set_aside"     // exekutionstiteln upphävd (UB 3:22)
	FinalBankruptcy    FinalReason = "bankruptcy"    // konkurs
	FinalRestructuring FinalReason = "restructuring" // skuldsanering beviljad
	FinalNoAssets      FinalReason = "no_assets"     // tillgångar saknas
	FinalOther         FinalReason = "other"
)
