// Package permit keeps the authority's permits (tillstånd) to use a service:
// granted, suspended, resumed, revoked (R2, R21, R22).
//
// A permit is held by a main party code for one service, sub-codes inherit it
// (R62). The package must not know how a file came in or what it holds.
package permit

import (
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
	State        State
	From         calendar.Day
	Until        calendar.Day // last day; zero = until further notice
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
)

// Decision answers whether a file may come in.
type Decision struct {
	Allowed bool
	Reason  Reason
}
