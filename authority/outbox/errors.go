package outbox

import "errors"

var (
	// ErrNotFound says that the address holds no such message. Another's
	// message is not found either.
	ErrNotFound = errors.New("outbox: no such message at this address")
	// ErrAcknowledged says that the message was acknowledged and is no longer
	// given out over SHS.
	ErrAcknowledged = errors.New("outbox: the message has been acknowledged")
	// ErrCursor says that a cursor does not belong to the filter.
	ErrCursor = errors.New("outbox: the cursor does not belong to this list; begin again without one")
	// ErrFilter says that a filter cannot be understood.
	ErrFilter = errors.New("outbox: the filter is not understood")
)
