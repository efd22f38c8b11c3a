package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// Content is what one document (handling) of a file holds: *Application,
// *Withdrawal and so on, by the transaction of the file.
type Content interface {
	// OwnReference is the filer's own reference that the document carries, or
	// "" where it has none.
	OwnReference() string
}

// SumOf is what a document adds to the sum that its file states:
// the total of an application, a claim report or a verdict, the fee of a case
// that is confirmed, nothing else.
func SumOf(c Content) money.Amount {
	switch d := c.(type) {
	case *Application:
		return d.Total
	case *EnforcementApplication:
		return d.Total
	case *ClaimReport:
		return d.Total
	case *PaymentOrderVerdict:
		return d.Total
	case *ConfirmedCase:
		return d.Fee
	case *ConfirmedEnforcement:
		return d.Fee
	}
	return 0
}

// CaseKey names the case that a document concerns. Before it has a case number
// an application is named by the sequence number of its file and its own
// reference (R70).
type CaseKey struct {
	CaseNumber string // målnummer; "" where Sequence and Reference stand instead
	Sequence   int64  // of the application file
	Reference  string // own reference of the application
	// What the case must agree with, where given (files.md §9.2).
	Applicant  identity.Number
	Respondent identity.Number
}

// OwnReference is the own reference of the application.
func (k *CaseKey) OwnReference() string { return k.Reference }

// NamesAnother tells whether the key names, besides a case by its number, the
// application of another case in full: the number's has the given reference. A
// reference without sequence number is the filer's own note and names nothing.
func (k *CaseKey) NamesAnother(reference string) bool {
	return k.CaseNumber != "" && k.Sequence != 0 && k.Reference != "" && k.Reference != reference
}

// Key returns the key itself, of every content that has one.
func (k *CaseKey) Key() *CaseKey { return k }

// Keyed is a content that names a case.
type Keyed interface {
	Content
	Key() *CaseKey
}

// Withdrawal (återkallelse) takes a case back, wholly or for one respondent.
type Withdrawal struct {
	CaseKey
	OneRespondent bool // only the respondent named in the key; the others go on
	Reason        WithdrawalReason
	Paid          calendar.Day // when the debtor paid, if he did
}

// WithdrawalReason tells why, for the statistics of R64.
type WithdrawalReason string

// The reasons for a withdrawal.
const (
	WithdrawnPaid     WithdrawalReason = "paid"     // betalat
	WithdrawnSettled  WithdrawalReason = "settled"  // uppgörelse
	WithdrawnMistaken WithdrawalReason = "mistaken" // felaktig ansökan
	WithdrawnOther    WithdrawalReason = "other"    // annat
)

// Person is someone named in a file by number and name alone.
type Person struct {
	Identity identity.Number
	Name     string
}
