package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// ExtractRequest is one person asked for, in de.request or pe.request.
type ExtractRequest struct {
	Reference string
	Identity  identity.Number
	// UnderCollection states that the person is subject of a collection measure
	// at the requester now (R60); de.request only.
	UnderCollection bool
	Purpose         RequestPurpose // de.request only
	// Procurement is the reference of the procurement or contract, with its
	// period (R76); pe.request only.
	Procurement string
	PeriodFrom  calendar.Day
	PeriodTo    calendar.Day
}

// OwnReference is the own reference of the question.
func (r *ExtractRequest) OwnReference() string { return r.Reference }

// RequestPurpose is what a debt extract is asked for.
type RequestPurpose string

// The purposes.
const (
	PurposeCollection  RequestPurpose = "collection"  // inkasso (KFDF §12)
	PurposeSupervision RequestPurpose = "supervision" // tillsyn (KFDF §17)
	PurposeSuitability RequestPurpose = "suitability" // lämplighets- eller tillståndsprövning
)

// Extract is the answer for one person, in de.answer or pe.answer. It holds no
// more than law allows the service and the kind of user (law.md §8).
type Extract struct {
	Reference      string
	Identity       identity.Number
	Date           calendar.Day // the data are of this day
	Result         ExtractResult
	Debts          []ExtractDebt
	Measures       []ExtractMeasure       // attachment and other enforcement
	Restructurings []ExtractRestructuring // debt extracts only
	Accounts       []ExtractAccount       // accounting of the assignment; debt extracts only
}

// OwnReference is the own reference of the question.
func (e *Extract) OwnReference() string { return e.Reference }

// ExtractResult tells how a question was answered.
type ExtractResult string

// The results.
const (
	ExtractFound   ExtractResult = "found"
	ExtractNothing ExtractResult = "nothing" // nothing that may be told
)

// ExtractDebt is one debt (KFDF §2 item 1, §12).
type ExtractDebt struct {
	Public      bool   // allmänt mål
	Kind        string // kind of title or of state claim
	Title       string // number of the title
	Amount      money.Amount
	Established calendar.Day // day the debt was established
	DueDate     calendar.Day
	Received    money.Amount // money received
	Limitation  calendar.Day // limitation date, where known
}

// ExtractMeasure is one measure of enforcement.
type ExtractMeasure struct {
	Kind string // attachment, earnings_attachment, investigation
	Date calendar.Day
	Text string
}

// ExtractRestructuring is one debt restructuring.
type ExtractRestructuring struct {
	Business bool
	Stage    string // opened, granted, ended
	Date     calendar.Day
}

// ExtractAccount is one accounting.
type ExtractAccount struct {
	Date   calendar.Day
	Amount money.Amount
}

// CreditAction tells whether a line of a credit extract is to be added or
// removed by the receiver (law.md §8.3).
type CreditAction string

// The actions.
const (
	CreditAdd    CreditAction = "add"
	CreditRemove CreditAction = "remove" // secrecy began, data were blocked or corrected
)

// CreditLine is one line of ce.extract: exactly one of its pointers is set
// (records 01–07 of files.md §5.4).
type CreditLine struct {
	Action         CreditAction
	ID             string // of the fact, by which it is removed again
	Identity       identity.Number
	Name           string
	PublicCase     *CreditPublicCase     // 01
	Investigation  *CreditInvestigation  // 02
	Repossession   *CreditRepossession   // 03
	Restructuring  *CreditRestructuring  // 04
	Bankruptcy     *CreditBankruptcy     // 05
	Administrator  *CreditAdministrator  // 06
	Reorganisation *CreditReorganisation // 07
}

// OwnReference is none: nobody has asked for a line by a reference.
func (*CreditLine) OwnReference() string { return "" }

// CreditPublicCase is a public case (allmänt mål) after notice (KUL §7 a).
type CreditPublicCase struct {
	CaseNumber string
	Kind       string // typ av A-mål
	Notice     string // avisering: given, unnecessary
	FundType   string // medelsslag
	Year       int64  // uppbördsår
	Term       string // termin
	Amount     money.Amount
	Registered calendar.Day
}

// CreditInvestigation is an investigation report.
type CreditInvestigation struct {
	CaseNumber string
	Measure    string // åtgärd
	Date       calendar.Day
	Amount     money.Amount
}

// CreditRepossession is a case of repossession (återtagning).
type CreditRepossession struct {
	CaseNumber string
	Date       calendar.Day
	Amount     money.Amount
}

// CreditRestructuring is a step of a debt restructuring.
type CreditRestructuring struct {
	MatterNumber string
	Measure      string // typ av skuldsaneringsåtgärd
	Business     bool
	Date         calendar.Day
	Until        calendar.Day // end of the plan
}

// CreditBankruptcy is a bankruptcy decision.
type CreditBankruptcy struct {
	CaseNumber string
	Court      string
	Measure    string // typ av konkursåtgärd
	Ended      string // section under which it ended
	Date       calendar.Day
}

// CreditAdministrator is an administrator in bankruptcy (konkursförvaltare).
type CreditAdministrator struct {
	CaseNumber    string
	Administrator string
	Phone         string
	From          calendar.Day
}

// CreditReorganisation is a company reorganisation (företagsrekonstruktion).
type CreditReorganisation struct {
	CaseNumber string
	Court      string
	Measure    string
	Date       calendar.Day
}

// CreditPaymentOrder is one line of ce.payment_order_extract.
type CreditPaymentOrder struct {
	Action     CreditAction
	ID         string
	Identity   identity.Number
	Name       string
	CaseNumber string
	Kind       string // application, verdict
	Number     string // of the verdict
	Applicant  string
	Date       calendar.Day
	Amount     money.Amount
}

// OwnReference is none.
func (*CreditPaymentOrder) OwnReference() string { return "" }

// CreditBalance is one person of ce.debt_balance_extract (skuldsaldo).
type CreditBalance struct {
	Action        CreditAction
	Identity      identity.Number
	Name          string
	Date          calendar.Day
	PrivateCases  int64
	PrivateAmount money.Amount
	PublicCases   int64
	PublicAmount  money.Amount
}

// OwnReference is none.
func (*CreditBalance) OwnReference() string { return "" }

// Delivery tells what a numbered delivery of a credit extract holds.
type Delivery string

// The kinds of delivery.
const (
	FullDelivery   Delivery = "full"       // all that may be told
	Difference     Delivery = "difference" // what changed since the delivery before
	AtOnceDelivery Delivery = "at_once"    // secrecy began or ended, or data were blocked
)

// Swedish tells people what a delivery holds.
func (d Delivery) Swedish() string {
	switch d {
	case FullDelivery:
		return "allt"
	case Difference:
		return "skillnader"
	case AtOnceDelivery:
		return "ändringar genast"
	}
	return string(d)
}

// English tells people what a delivery holds.
func (d Delivery) English() string {
	switch d {
	case FullDelivery:
		return "everything"
	case Difference:
		return "differences"
	case AtOnceDelivery:
		return "changes at once"
	}
	return string(d)
}
