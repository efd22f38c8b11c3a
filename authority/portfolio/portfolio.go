// Package portfolio looks at a filer's cases over all services: the monthly
// status report (xx.status_report) and changes of the parties of cases
// (xx.party_change), which are extensions of our own and tied to no single
// service (files.md §4.7). It also tells whose debtor somebody is.
//
// It must not know what a state or a party means in any service: the services
// tell and judge their own cases.
package portfolio

import (
	"context"
	"errors"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Cases are the cases of one service.
type Cases interface {
	// Status tells how the cases stand that are asked for. next is the id of the
	// last, 0 when there are no more.
	Status(r store.Reader, of service.CasesOf) (all []filing.CaseStatus, next int64, err error)
}

// Changing are cases whose parties may be changed by file.
type Changing interface {
	Cases
	// Knows tells, by number, which documents name a case of the service.
	Knows(r store.Reader, f service.File, docs []service.Document) (map[int64]bool, error)
	VerifyPartyChange(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error)
	ApplyPartyChange(ctx context.Context, f service.File, docs []service.Document) (service.Work, error)
}

// Portfolios is the service of one world.
type Portfolios struct {
	db        *store.DB
	parties   *party.Register
	extension func(r store.Reader, codeID int64, tx filing.Transaction) (bool, error)
	cases     []Cases
}

// Config is what the room is made of. All fields are required.
type Config struct {
	DB      *store.DB
	Parties *party.Register
	// Extension tells whether an extension is on for a party code.
	Extension func(r store.Reader, codeID int64, tx filing.Transaction) (bool, error)
	Cases     []Cases // in the order in which they are reported
}

var _ service.Service = (*Portfolios)(nil)

// New makes the service.
func New(c Config) (*Portfolios, error) {
	if c.DB == nil || c.Parties == nil || c.Extension == nil || len(c.Cases) == 0 {
		return nil, errors.New("portfolio: database, parties, extension and cases must be given")
	}
	return &Portfolios{db: c.DB, parties: c.Parties, extension: c.Extension, cases: c.Cases}, nil
}

// ID names the service.
func (*Portfolios) ID() filing.Service { return filing.AnyService }

// Routes lists what the service takes in.
func (*Portfolios) Routes() []service.Route {
	return []service.Route{{Transaction: filing.XXPartyChange, Timing: service.AtOnce, Receipt: filing.XXPartyChangeReceipt}}
}

// Due has nothing to do: no case is kept here.
func (*Portfolios) Due(context.Context, []service.Deadline) (service.Work, error) {
	return func(store.Tx) error { return nil }, nil
}
