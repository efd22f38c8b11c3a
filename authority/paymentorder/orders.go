package paymentorder

import (
	"cmp"
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
	db        *store.DB
	fees      *fee.Fees
	events    *service.Events
	clock     calendar.Clock
	statute   *statute.Table
	calendar  *calendar.Calendar
	numbers   Pattern // of cases
	decisions Pattern // of verdicts
	times     Times
	lateCount bool
	enforcer  Enforcer
	letters   Letters
	keeper    service.Keeper
	files     service.Files
	stops     *service.Stops
	disclosed service.Disclosure
	extension func(r store.Reader, codeID int64, tx filing.Transaction) (bool, error)

	cases, pairs, verdicts, held *store.IDs

	together *[]doing // gathers acts (see Together); nil: each is carried out at once
}

// Config is what the service is made of.
type Config struct {
	DB       *store.DB
	Fees     *fee.Fees
	Clock    calendar.Clock
	Statute  *statute.Table     // nil: statute.Default
	Calendar *calendar.Calendar // nil: calendar.New
	Numbers  Pattern            // of case numbers; zero: DefaultPattern
	Verdicts Pattern            // of verdict numbers; zero: DefaultVerdictPattern
	Times    Times
	// LateObjectionCounts lets an objection that comes too late but before the
	// verdict stop it. By default it is noted, and the respondent is told of
	// reopening (law.md §2.2).
	LateObjectionCounts bool
	Enforcer            Enforcer       // nil: no verdict is enforced from here
	Letters             Letters        // nil: no letters
	Keeper              service.Keeper // nil: the bytes of files are kept as the door says
	// Files are where what is held is read again; nil: a stop is not held against
	// the file, and no change of party data is held.
	Files service.Files
	// Disclosure tells those who have extracts of what is blocked, let out or
	// deleted; zero: there are none.
	Disclosure service.Disclosure
	// Extension tells whether an extension of our own is on for a party code
	// (files.md §4.7); nil: none is.
	Extension func(r store.Reader, codeID int64, tx filing.Transaction) (bool, error)
}

// Times are the times that the authority sets, in days; zero stands for the
// usual ones. Those that the law gives stand in statute.
type Times struct {
	Order      int64 // from registration to the order; 1: the next evening
	Completion int64 // to complete an application; 14
	Receipt    int64 // for a respondent that is reminded to send in the receipt of service; 10
	Service    int64 // for the applicant to say who arranges service; 14
	Estate     int64 // to name an estate and who acts for it; 60
	Question   int64 // for the respondent to say whether a writing is a request for reopening; 10
}

func (t Times) orUsual() Times {
	return Times{Order: cmp.Or(t.Order, 1), Completion: cmp.Or(t.Completion, 14), Receipt: cmp.Or(t.Receipt, 10), Service: cmp.Or(t.Service, 14),
		Estate: cmp.Or(t.Estate, 60), Question: cmp.Or(t.Question, 10)}
}

var _ service.Service = (*Orders)(nil)

// New makes the service over its tables.
func New(c Config) (*Orders, error) {
	if c.DB == nil || c.Fees == nil || c.Clock == nil {
		return nil, errors.New("paymentorder: database, fees and clock must be given")
	}
	if t := c.Times; min(t.Order, t.Completion, t.Receipt, t.Service, t.Estate, t.Question) < 0 {
		return nil, errors.New("paymentorder: a time is negative")
	}
	if c.Statute == nil {
		c.Statute = statute.Default()
	}
	if c.Calendar == nil {
		c.Calendar = calendar.New()
	}
	c.Numbers.text = cmp.Or(c.Numbers.text, DefaultPattern)
	c.Verdicts.text = cmp.Or(c.Verdicts.text, DefaultVerdictPattern)
	return &Orders{
		db: c.DB, fees: c.Fees, events: service.NewEvents(c.DB), clock: c.Clock, statute: c.Statute, calendar: c.Calendar,
		numbers: c.Numbers, decisions: c.Verdicts, times: c.Times.orUsual(), lateCount: c.LateObjectionCounts,
		enforcer: c.Enforcer, letters: c.Letters, keeper: c.Keeper, files: c.Files, stops: service.NewStops(c.DB, c.Files), extension: c.Extension,
		disclosed: c.Disclosure,
		cases:     c.DB.IDs("paymentorder_case"), pairs: c.DB.IDs("paymentorder_state"),
		verdicts: c.DB.IDs("paymentorder_verdict"), held: c.DB.IDs("paymentorder_held"),
	}, nil
}

// ID names the service.
func (*Orders) ID() filing.Service { return filing.PaymentOrder }

// Routes lists what the service takes in: applications, read in by evening;
// withdrawals and reductions, at once.
func (o *Orders) Routes() []service.Route {
	return []service.Route{
		{Transaction: filing.BFApplication, Note: filing.BFApplicationNote, Timing: service.Evening, Receipt: filing.BFApplicationReceipt, Confirmation: filing.BFConfirmation},
		{Transaction: filing.BFWithdrawal, Timing: service.AtOnce, Receipt: filing.BFWithdrawalReceipt},
		{Transaction: filing.BFReduction, Timing: service.AtOnce, Receipt: filing.BFReductionReceipt},
	}
}
