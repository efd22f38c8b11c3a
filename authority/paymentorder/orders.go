package paymentorder

import (
	"errors"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// Orders is the service of one world.
type Orders struct {
	db      *store.DB
	fees    *fee.Fees
	clock   calendar.Clock
	statute *statute.Table
	numbers Pattern
	cases   *store.IDs
}

// Config is what the service is made of.
type Config struct {
	DB      *store.DB
	Fees    *fee.Fees
	Clock   calendar.Clock
	Statute *statute.Table // nil: statute.Default
	Numbers Pattern        // of case numbers; zero: DefaultPattern
}

var _ service.Service = (*Orders)(nil)

// New makes the service over its tables.
func New(c Config) (*Orders, error) {
	if c.DB == nil || c.Fees == nil || c.Clock == nil {
		return nil, errors.New("paymentorder: database, fees and clock must be given")
	}
	if c.Statute == nil {
		c.Statute = statute.Default()
	}
	if c.Numbers.text == "" {
		c.Numbers = defaultPattern()
	}
	return &Orders{db: c.DB, fees: c.Fees, clock: c.Clock, statute: c.Statute, numbers: c.Numbers,
		cases: c.DB.IDs("paymentorder_case")}, nil
}

// ID names the service.
func (*Orders) ID() filing.Service { return filing.PaymentOrder }

// Routes lists what the service takes in: applications, read in by evening.
func (*Orders) Routes() []service.Route {
	return []service.Route{{
		Transaction:  filing.BFApplication,
		Note:         filing.BFApplicationNote,
		Timing:       service.Evening,
		Receipt:      filing.BFApplicationReceipt,
		Confirmation: filing.BFConfirmation,
	}}
}
