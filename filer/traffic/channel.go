package traffic

import (
	"context"
	"errors"
	"io"

	"filtjanst/filing"
	"filtjanst/shs"
)

// Item is one file to send.
type Item struct {
	Path string // on disk
	Name string // under which it goes
	Kind string // datapartType: "ansokan", "missiv"
}

// Parcel is what goes in one transmission.
type Parcel struct {
	TxID        string // SHS: the id under which it goes, also when it goes again
	Transaction filing.Transaction
	Sequence    int64
	Items       []Item // one on e-transport
}

// Sent is the other side's answer: it has the parcel.
type Sent struct {
	TransactionID string
	Repeated      bool   // it had it already
	Outcome       string // e-transport tells it at once; "" over SHS
}

// ErrUnclear tells that nobody knows whether the parcel arrived and that it
// must not be sent again blindly.
var ErrUnclear = errors.New("the answer was unclear: the file may have arrived")

// ErrRefused tells that the other side refused the parcel and kept nothing.
var ErrRefused = errors.New("the other side refused the message")

// Incoming is one file on its way in.
type Incoming struct {
	Address    string // outbox or product it lies in
	ID         string // SHS tx.id, or the name on e-transport
	Name       string // as told by the other side; never used as a path as it stands
	Product    string
	Management *shs.Management // of a confirm or error message, nil otherwise
	Body       io.Reader
}

// Keeper stores what is fetched, durably, and remembers what the other side
// was not yet told of.
type Keeper interface {
	Has(ctx context.Context, address, id string) (bool, error)
	Unacknowledged(ctx context.Context, address string) ([]string, error)
	// Save stores all parts of one message before it returns.
	Save(ctx context.Context, next func() (Incoming, error)) error
	Acknowledged(ctx context.Context, address, id string) error
}

// Channel is a way to the authority.
type Channel interface {
	// Send delivers one parcel. ErrUnclear and ErrRefused are wrapped.
	Send(ctx context.Context, p Parcel) (Sent, error)
	// Fetch fetches everything that waits, and returns how many files it saved.
	Fetch(ctx context.Context, k Keeper) (int, error)
}
