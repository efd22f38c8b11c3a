package filing

import (
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// CaseStatus is one case of xx.status_report.
type CaseStatus struct {
	Service    Service
	Reference  string
	CaseNumber string
	State      string // by the service's own table of states
	Since      calendar.Day
	Registered calendar.Day
	Respondent Person
	Claimed    money.Amount // at registration
	Reduced    money.Amount // by the applicant
	Received   money.Amount // in the case
	PaidOut    money.Amount
	Remaining  money.Amount // with interest to the day of the report
	Fees       money.Amount // fees charged in the case
}

// OwnReference is the own reference of the application.
func (s *CaseStatus) OwnReference() string { return s.Reference }

// PartyChange is one line of xx.party_change (files.md §4.7).
type PartyChange struct {
	CaseKey
	Kind           PartyChangeKind
	OfRespondent   bool   // the respondent named in the key changed; otherwise the applicant
	Party          *Party // new name and address
	Workplace      string
	Representative *Party // nil with kind representative: none any longer
	Payee          *Payee
	Assignment     *Assignment // överlåtelse
	NewCreditor    *Party      // of the assignment
}

// PartyChangeKind is what has changed.
type PartyChangeKind string

// The kinds of change of party data.
const (
	ChangedAddress        PartyChangeKind = "address"
	ChangedName           PartyChangeKind = "name"
	ChangedWorkplace      PartyChangeKind = "workplace"
	ChangedRepresentative PartyChangeKind = "representative"
	ChangedPayee          PartyChangeKind = "payee"      // giro
	ChangedCreditor       PartyChangeKind = "assignment" // överlåtelse
)

// Tells reports whether the change holds what its kind needs.
func (c *PartyChange) Tells() bool {
	switch c.Kind {
	case ChangedAddress:
		return c.Party != nil && c.Party.Town != ""
	case ChangedName:
		return c.Party != nil && c.Party.Name != ""
	case ChangedWorkplace:
		return c.OfRespondent && c.Workplace != ""
	case ChangedRepresentative:
		return c.Representative == nil || c.Representative.Name != ""
	case ChangedPayee:
		return c.Payee != nil && c.Payee.Account != ""
	case ChangedCreditor:
		return c.Assignment != nil && c.NewCreditor != nil && c.NewCreditor.Identity == c.Assignment.To.Identity
	}
	return false
}

// About reports whether the new data are those of the party; they are where they
// do not say whose they are.
func (c *PartyChange) About(who identity.Number) bool {
	return c.Party == nil || c.Party.Identity.IsZero() || who.IsZero() || c.Party.Identity == who
}

// SameChange reports whether another change of the same party says the same.
func (c *PartyChange) SameChange(o *PartyChange) bool {
	return c.Kind == o.Kind && c.OfRespondent == o.OfRespondent && c.Workplace == o.Workplace && sameValue(c.Party, o.Party) &&
		sameValue(c.Representative, o.Representative) && sameValue(c.Payee, o.Payee) && sameValue(c.Assignment, o.Assignment) &&
		sameValue(c.NewCreditor, o.NewCreditor)
}

func sameValue[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }
