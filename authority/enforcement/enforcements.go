package enforcement

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

// Enforcements is the service of one world.
type Enforcements struct {
	db           *store.DB
	fees         *fee.Fees
	letters      Letters
	clock        calendar.Clock
	law          law
	config       Config
	events       *service.Events
	files        service.Files
	stops        *service.Stops
	cases        *store.IDs
	applications *store.IDs
	together     *[]doing // gathers acts (see Together); nil: each is carried out at once
}

// Config is what the service is made of, and its settings.
type Config struct {
	DB       *store.DB
	Fees     *fee.Fees
	Clock    calendar.Clock
	Letters  Letters            // nil: nothing goes on paper
	Files    service.Files      // where what is held is read again; nil: none of party data is, and no stop is held against its file
	Statute  *statute.Table     // nil: statute.Default
	Calendar *calendar.Calendar // nil: calendar.New
	// Disclosure tells those who have extracts of what is blocked, let out or
	// deleted; zero: there are none.
	Disclosure service.Disclosure
	// Undecided tells whose restructuring has been opened and is not decided on;
	// nil: nobody's is asked for.
	Undecided Undecided
	// Prefix begins case numbers, which go on with the year and a serial
	// number, as U-2026-0000017; "" is DefaultPrefix.
	Prefix string
	// StartAfter is how many days after registration handling starts; 0 is 1.
	StartAfter int
	// LodgeTime is how long an applicant has to lodge what is lacking; the law
	// has no figure (UB 2:5). Zero is three weeks.
	LodgeTime calendar.Period
	// Account is where debtors and employers pay, as letters show it; required
	// with Letters.
	Account string
	// PayTime is how long a debtor has to pay before anything is attached; the
	// law says "in good time" (UB 4:12). Zero is two weeks.
	PayTime calendar.Period
	// DemandTime is how long an applicant has to pay what is demanded of it: a
	// basic fee (UB 17:2), an advance (AvgF §4), what goes back (UB 3:22); the law
	// has no figure. Zero is three weeks.
	DemandTime calendar.Period
	// PayoutAfter is how many days after its receipt money is paid out and
	// accounted for, within UF 13:3; 0 is 7.
	PayoutAfter int
	// Deferrals says what becomes of a deferral beyond UB 4:10.
	Deferrals DeferralRule
	// KeepUnpaidFees leaves what the debtor has not paid of a fee with him when
	// the fee year ends. Otherwise it becomes the applicant's (UB 17:5).
	KeepUnpaidFees bool
}

// DeferralRule says what becomes of a deferral that is too long, or one too
// many (UB 4:10).
type DeferralRule string

// The rules.
const (
	RefuseDeferral DeferralRule = "refuse" // the document is refused, so that no application lapses by mistake
	LapseDeferral  DeferralRule = "lapse"  // the deferral is taken and the application lapses
)

// DefaultPrefix is what case numbers begin with. The authority's own form is
// not public (files.md §5.6).
const DefaultPrefix = "U"

var _ service.Service = (*Enforcements)(nil)

// New makes the service over its tables.
func New(c Config) (*Enforcements, error) {
	if c.DB == nil || c.Fees == nil || c.Clock == nil {
		return nil, errors.New("enforcement: database, fees and clock must be given")
	}
	if c.Deferrals != "" && c.Deferrals != RefuseDeferral && c.Deferrals != LapseDeferral {
		return nil, errors.New(`enforcement: deferrals beyond the law: write "refuse" or "lapse"`)
	}
	if c.StartAfter < 0 || c.PayoutAfter < 0 || len(c.Prefix) > 6 {
		return nil, errors.New("enforcement: days may not be negative, and the prefix of case numbers has at most 6 characters")
	}
	if c.Letters != nil && c.Account == "" {
		return nil, errors.New("enforcement: letters tell debtors and employers where to pay: give the account")
	}
	c.Prefix = cmp.Or(c.Prefix, DefaultPrefix)
	c.StartAfter, c.PayoutAfter = cmp.Or(c.StartAfter, 1), cmp.Or(c.PayoutAfter, 7)
	c.LodgeTime = cmp.Or(c.LodgeTime, calendar.Period{Weeks: 3})
	c.DemandTime = cmp.Or(c.DemandTime, calendar.Period{Weeks: 3})
	c.PayTime = cmp.Or(c.PayTime, calendar.Period{Weeks: 2})
	c.Deferrals = cmp.Or(c.Deferrals, RefuseDeferral)
	if c.Calendar == nil {
		c.Calendar = calendar.New()
	}
	table := c.Statute
	if table == nil {
		table = statute.Default()
	}
	return &Enforcements{
		db: c.DB, fees: c.Fees, letters: c.Letters, clock: c.Clock, law: newLaw(table, c.Calendar), config: c,
		files: c.Files, stops: service.NewStops(c.DB, c.Files),
		events: service.NewEvents(c.DB), cases: c.DB.IDs("enforcement_case"), applications: c.DB.IDs("enforcement_application"),
	}, nil
}

// ID names the service.
func (*Enforcements) ID() filing.Service { return filing.Enforcement }

// Routes lists what the service takes in: applications by evening, changes at
// once.
func (*Enforcements) Routes() []service.Route {
	return []service.Route{
		{Transaction: filing.VEApplication, Note: filing.VEApplicationNote, Timing: service.Evening, Verified: true, Receipt: filing.VEApplicationReceipt, Confirmation: filing.VEConfirmation},
		{Transaction: filing.VEChange, Timing: service.AtOnce, Receipt: filing.VEChangeReceipt},
	}
}
