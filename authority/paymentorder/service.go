package paymentorder

import (
	"context"
	"errors"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Verify finds nothing against an application in the registers: its fields
// were checked with the file, and a second application for the same claim is
// for the respondent to object to.
func (*Orders) Verify(store.Reader, service.File, []service.Document) (service.Judgement, error) {
	return service.Judgement{}, nil
}

// Due knows no deadlines: registered cases wait for an officer.
func (*Orders) Due(_ context.Context, due []service.Deadline) (service.Work, error) {
	return nil, errors.New("paymentorder: no deadline of kind " + due[0].Kind)
}

// Outgoing names nothing besides the confirmations, which the evening run asks
// for file by file.
func (*Orders) Outgoing(store.Reader, calendar.Day) ([]service.Batch, error) { return nil, nil }

// Sent has nothing to mark, since Outgoing names nothing.
func (*Orders) Sent(store.Tx, service.Batch) error { return nil }
