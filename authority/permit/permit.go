// Package permit keeps the authority's permits (tillstånd) to use a service:
// granted, amended, suspended, resumed, revoked (R2, R21, R22), the quota of
// documents under each, and which of our own extensions are switched on.
//
// A permit is held by a main party code for one service, sub-codes inherit it
// (R62). The package must not know how a file came in or what it holds.
package permit

import (
	"strings"
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
)

// State is where a permit stands.
type State string

// The states of a permit.
const (
	Open      State = "open"
	Suspended State = "suspended" // avstängd; reversible
	Revoked   State = "revoked"   // återkallat; a new grant opens it again
)

// Permit is leave to use one service, or some transactions of it.
type Permit struct {
	ID           int64
	CodeID       int64 // main party code
	Service      filing.Service
	Transactions []filing.Transaction // incoming transactions allowed; none = all of the service
	// Scope is the kind of user of extracts: one of the scopes below, or the
	// name of an authority's own scope. "" where the service asks for none.
	Scope string
	Quota Quota
	State State
	From  calendar.Day
	Until calendar.Day // last day; zero = until further notice
}

// The scopes of users of extracts (law.md §8). Any other is an authority's own,
// by the name that the statute table of extracts gives it.
const (
	ScopeCollection = "collection" // licensed debt collector (inkassotillstånd)
	ScopeBureau     = "bureau"     // credit information agency
	ScopeClient     = "client"     // contracting client in procurement
)

// Quota is how many documents may be sent under a permit, of all transactions
// that suspension would stop. Zero is no limit.
type Quota struct {
	PerDay   int64
	PerMonth int64 // calendar month
}

// Act is a decision about a permit.
type Act struct {
	ID     int64 // of the decision's row, fetched before the transaction
	Reason string
	By     string // who decided
	At     time.Time
}

// Reason tells why a file is not allowed.
type Reason string

// The reasons; "" when allowed.
const (
	NoPermit      Reason = "no-permit"
	OutsidePermit Reason = "outside-permit" // the transaction is not among those allowed
	NotInForce    Reason = "not-in-force"   // before the first day or after the last
	IsSuspended   Reason = "suspended"
	IsRevoked     Reason = "revoked"
	NotSwitchedOn Reason = "not-switched-on" // an own extension (files.md §4.7)
)

// Decision answers whether a file may come in.
type Decision struct {
	Allowed bool
	Reason  Reason
	Limited bool // there is a quota: ask Use too
}

// names is the stored form of the transactions.
func (p Permit) names() string {
	names := make([]string, len(p.Transactions))
	for i, tx := range p.Transactions {
		names[i] = string(tx)
	}
	return strings.Join(names, " ")
}
