package outbox

import (
	"time"

	"filtjanst/filing"
)

// SequenceType is the place of a message in an exchange, as the SHS label says it.
type SequenceType string

// The sequence types that an outbox holds.
const (
	Event SequenceType = "event" // a file on its own
	Reply SequenceType = "reply" // a file that answers another
	Adm   SequenceType = "adm"   // confirm or error of SHS (shs.md §8)
)

// Message is one file or management message for one address.
type Message struct {
	ID int64 // from NewID
	// TxID names the message for good, and stays the same however often it is
	// pushed. CorrID and ContentID tie it to what it answers. All are UUIDs.
	TxID, CorrID, ContentID string
	// Address is the outbox it lies in: organisation number, ten digits, with
	// ".<internal id>" where the filer has one. It is compared whole.
	Address string
	// Code is the party code (intressentkod) it concerns, "" when none is known.
	Code        string
	Transaction filing.Transaction // "" for Adm
	Sequence    SequenceType
	Product     string // product UUID, or confirm or error
	// Name is the file name of the profile, as SHS carries it.
	Name         string
	DataPartType string
	From         string // address of the sender
	Originator   string
	EndRecipient string
	Subject      string
	Meta         map[string]string
	Body         Body
	Created      time.Time
	// Once makes a second message of the same key a violation of a unique
	// constraint (IsTwice), as for the one confirmation of a file. "" for none.
	Once string
	// PushTo is the receive service to push to; "" leaves the message to be
	// fetched.
	PushTo string
}

// Listed is a message without its body, and what has become of it. Times are
// zero for what has not happened.
type Listed struct {
	Message
	Fetched      time.Time // first sent whole by any channel (R19)
	Sent         time.Time // first sent whole over e-transport, or pushed
	Acknowledged time.Time
	Quarantined  time.Time
}

// ListedName is the name on e-transport (DESIGN decision 13).
func (l Listed) ListedName() string { return transportName(l.Name, l.ID, l.Created) }
