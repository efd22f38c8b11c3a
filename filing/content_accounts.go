package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
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
