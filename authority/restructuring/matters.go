package restructuring

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"filtjanst/authority/notice"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/statute"
)

// Matters is the service of one world.
type Matters struct {
	db         *store.DB
	clock      calendar.Clock
	days       *calendar.Calendar
	statute    *statute.Table
	parties    *party.Register
	permits    *permit.Permits
	letters    Letters
	enforcer   Enforcer
	portfolios []Portfolio
	cases      []KnownCases
	extension  Extension
	disclosed  service.Disclosure
	events     *service.Events
	stops      *service.Stops
	ids        *store.IDs // of matters and reports, so that each has a story of its own
	prefixes   Prefixes
}

// Config is what the service is made of.
type Config struct {
	DB         *store.DB
	Clock      calendar.Clock
	Calendar   *calendar.Calendar // nil: calendar.New
	Statute    *statute.Table     // nil: statute.Default
	Parties    *party.Register
	Permits    *permit.Permits
	Letters    Letters
	Enforcer   Enforcer      // nil: nothing is enforced in this world
	Portfolios []Portfolio   // where debtors of filers are found, besides their lists
	Cases      []KnownCases  // where the cases of claims are found; none: their numbers are not looked at
	Files      service.Files // nil: a stop is not held against the file
	Extension  Extension     // nil: no extension is switched on
	Prefixes   Prefixes
	Disclosure service.Disclosure // tells those who have extracts of what is blocked or let out; zero: there are none
}

// Letters puts letters: *notice.Letters.
type Letters interface {
	NewIDs(ctx context.Context, n int) (int64, error)
	Put(tx store.Tx, letters ...notice.Letter) error
	KeepUntil(tx store.Tx, s filing.Service, last calendar.Day, numbers ...string) error
	Reaches(r store.Reader, day calendar.Day, p notice.Person) (bool, error)
}

// Enforcer is told what a restructuring does to enforcement against the
// debtor. What it needs of the outside it fetches before it returns; the work
// is done within the transaction of the decision.
type Enforcer interface {
	// RestructuringOpened: no attachment for older claims until it is decided
	// (SKSL §42, FSKS §44).
	RestructuringOpened(ctx context.Context, debtor identity.Number, day calendar.Day) (service.Work, error)
	// RestructuringEnded: it ended without restructuring, or lapsed (SKSL §54).
	RestructuringEnded(ctx context.Context, debtor identity.Number, day calendar.Day) (service.Work, error)
	// RestructuringGranted: the claims are covered by the plan (SKSL §47).
	RestructuringGranted(ctx context.Context, debtor identity.Number, day calendar.Day) (service.Work, error)
}

// Portfolio finds the cases of filers in which someone is the debtor.
type Portfolio func(r store.Reader, debtor identity.Number) ([]Match, error)

// KnownCases tells which of the case numbers are of cases within reach of the
// filer of the file.
type KnownCases func(r store.Reader, f service.File, numbers []string) ([]string, error)

// Match is a filer who has the debtor in its portfolio.
type Match struct {
	CodeID     int64
	Code       string
	Reference  string // own reference of the filer
	CaseNumber string // "" for a debtor of its list
}

// Extension tells whether one of our own transactions is switched on for a
// code (files.md §4.7).
type Extension func(r store.Reader, codeID int64, tx filing.Transaction) (bool, error)

// Prefixes begin the numbers: PREFIX-YYYY-NNNNNN.
type Prefixes struct {
	Matter string // "" = SKS
	Claim  string // "" = CLM
}

var _ service.Service = (*Matters)(nil)

var prefix = regexp.MustCompile(`^[A-Z0-9]{1,6}$`)

// New makes the service over its tables.
func New(c Config) (*Matters, error) {
	if c.DB == nil || c.Clock == nil || c.Parties == nil || c.Permits == nil || c.Letters == nil {
		return nil, errors.New("restructuring: database, clock, parties, permits and letters must be given")
	}
	c = c.withDefaults()
	for _, p := range []string{c.Prefixes.Matter, c.Prefixes.Claim} {
		if !prefix.MatchString(p) {
			return nil, fmt.Errorf("restructuring: the prefix %q of numbers must be one to six of A–Z and 0–9", p)
		}
	}
	return &Matters{
		db: c.DB, clock: c.Clock, days: c.Calendar, statute: c.Statute, parties: c.Parties, permits: c.Permits, letters: c.Letters,
		enforcer: c.Enforcer, portfolios: c.Portfolios, cases: c.Cases, extension: c.Extension, prefixes: c.Prefixes, disclosed: c.Disclosure,
		events: service.NewEvents(c.DB), stops: service.NewStops(c.DB, c.Files), ids: c.DB.IDs("restructuring"),
	}, nil
}

func (c Config) withDefaults() Config {
	if c.Calendar == nil {
		c.Calendar = calendar.New()
	}
	if c.Statute == nil {
		c.Statute = statute.Default()
	}
	if c.Extension == nil {
		c.Extension = func(store.Reader, int64, filing.Transaction) (bool, error) { return false, nil }
	}
	if c.Prefixes.Matter == "" {
		c.Prefixes.Matter = "SKS"
	}
	if c.Prefixes.Claim == "" {
		c.Prefixes.Claim = "CLM"
	}
	return c
}

// ID names the service.
func (*Matters) ID() filing.Service { return filing.Restructuring }

// Routes lists what the service takes in: claim reports, read in by evening.
// Their confirmation is an extension and goes out as a batch of its own.
func (*Matters) Routes() []service.Route {
	return []service.Route{{
		Transaction: claimReport,
		Timing:      service.Evening,
		Verified:    true,
		Receipt:     claimReceipt,
	}}
}

// period is a length of time of the statute on a day.
func (m *Matters) period(symbol statute.Symbol, day calendar.Day) (calendar.Period, string, error) {
	length, entry, err := m.statute.Period(symbol, day.Time())
	if err != nil {
		return calendar.Period{}, "", fmt.Errorf("restructuring: %w", err)
	}
	return calendar.Period(length), entry.Section, nil
}

// lastDay counts a period of the statute from a day, to a working day.
func (m *Matters) lastDay(symbol statute.Symbol, from calendar.Day) (calendar.Day, error) {
	p, section, err := m.period(symbol, from)
	if err != nil {
		return 0, err
	}
	return m.days.Deadline(from, p, section).Day, nil
}
