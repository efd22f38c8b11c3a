package paymentorder

import (
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Outgoing names nothing besides the confirmations, which the evening run asks
// for file by file.
func (*Orders) Outgoing(store.Reader, calendar.Day) ([]service.Batch, error) { return nil, nil }

// Sent has nothing to mark, since Outgoing names nothing.
func (*Orders) Sent(store.Tx, service.Batch) error { return nil }
