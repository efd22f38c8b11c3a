package intake

import (
	"fmt"
	"io"
	"time"

	"filtjanst/filing"
)

// Channel names the way by which a message came.
type Channel string

// The channels (R50).
const (
	SHS        Channel = "shs"
	ETransport Channel = "e-transport"
)

// Arrival is one message or upload, without its parts.
type Arrival struct {
	// Sender is the organisation of the certificate, ten digits. It is all that
	// the gateway vouches for.
	Sender string
	// Address is the outbox to which the sender's receipts go; "" is Sender.
	Address string
	Channel Channel
	// TxID is the sender's own id of the transmission (SHS tx.id), the key for
	// repeats; "" on e-transport.
	TxID string
	// CorrID and ContentID are those of the message; "" on e-transport.
	CorrID, ContentID string
	// Transaction follows from the product; "" when the start record must tell.
	Transaction filing.Transaction
	// Confirm asks for an SHS confirm to the sender, put in the commit that
	// takes the message.
	Confirm bool
}

// Part is one part of a message: a file or a cover note.
type Part struct {
	Name         string // as given; compared, never trusted
	DataPartType string
	Body         io.Reader
	Declared     int64 // bytes announced; 0 or less when nothing was
}

// Answer is what the sender is told at once.
type Answer struct {
	TransactionID string    // transaktionsid (R51)
	Arrived       time.Time // of the first arrival, when this is a repeat
	Duplicate     bool
	Outcomes      []HalfAnswer // in the order of the parts
}

// HalfAnswer is what became of one part.
type HalfAnswer struct {
	Transaction filing.Transaction // as far as it is known
	Outcome     filing.Outcome
}

// Kind tells why a message was not taken, for the gateway to translate.
type Kind string

// The kinds of refusal. None of them leaves anything behind, so the message
// can be mended and sent again under the same id.
const (
	Malformed  Kind = "malformed"  // nothing in it, or no file of any known transaction
	Incomplete Kind = "incomplete" // the bytes ended before or after what was announced
	TooLarge   Kind = "too large"
	Unwanted   Kind = "unwanted" // a transaction that is not taken in here
)

// Refusal is a message that was not taken. Nothing of it was kept.
type Refusal struct {
	Kind             Kind
	Swedish, English string // what happened and what to do
}

func (r *Refusal) Error() string { return fmt.Sprintf("intake: %s: %s", r.Kind, r.English) }
