package extract

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/statute"
)

// Extracts is the room of one world.
type Extracts struct {
	bankruptcy func(context.Context, identity.Number) (service.Work, error) // may be nil
	db         *store.DB
	clock      calendar.Clock
	permits    *permit.Permits
	stops      *service.Stops
	parties    *party.Register
	statute    *statute.Table
	response   time.Duration
	notice     calendar.Period
	lookups    calendar.Period
	scopes     []Scope
	facts      []fact
	records    []record
	groups     []source
	acts       *store.IDs
	imports    *store.IDs
	subs       *store.IDs
}

// Config is what the room is made of.
type Config struct {
	DB      *store.DB
	Clock   calendar.Clock
	Permits *permit.Permits
	Files   service.Files  // nil: a stop is not held against the file
	Statute *statute.Table // nil: statute.Default
	// ResponseTime is how long after a request it is answered, unless the
	// installation has another for the transaction.
	ResponseTime time.Duration
	// NoticeTime is how long after its notice a public case waits before it is
	// told of for credit information, so that the debtor has enough time (KUL
	// §7 a); zero: two weeks.
	NoticeTime calendar.Period
	// KeepLookups is how long look-ups are kept, from the end of the calendar
	// year; zero: five years, as long as the data they are of (KFD 2:6).
	KeepLookups calendar.Period
	// Authorities are the scopes of authorities with a statute of their own,
	// besides the built-in ones (law.md §8.2).
	Authorities []Scope
	// Bankrupt is told of each bankruptcy that is imported, within the
	// transaction that keeps it, as enforcement must be (UB 4:9 b); nil: nobody
	// is.
	Bankrupt func(ctx context.Context, debtor identity.Number) (service.Work, error)
}

// New makes the room over its tables.
func New(c Config) (*Extracts, error) {
	if c.DB == nil || c.Clock == nil || c.Permits == nil {
		return nil, errors.New("extract: database, clock and permits must be given")
	}
	if c.ResponseTime < 0 {
		return nil, fmt.Errorf("extract: a response time of %s", c.ResponseTime)
	}
	scopes, err := withAuthorities(c.Authorities)
	if err != nil {
		return nil, err
	}
	e := &Extracts{db: c.DB, clock: c.Clock, permits: c.Permits, stops: service.NewStops(c.DB, c.Files), parties: party.New(c.DB), statute: c.Statute,
		response: c.ResponseTime, notice: c.NoticeTime, lookups: c.KeepLookups, scopes: scopes, bankruptcy: c.Bankrupt,
		facts: allFacts(), groups: allSources(),
		acts: c.DB.IDs("extract_act"), imports: c.DB.IDs("extract_import"), subs: c.DB.IDs("extract_subscription")}
	e.records = recordsOf(e.facts)
	e.defaults()
	return e, nil
}

func (e *Extracts) defaults() {
	if e.statute == nil {
		e.statute = statute.Default()
	}
	if e.notice == (calendar.Period{}) {
		e.notice = calendar.Period{Weeks: 2}
	}
	if e.lookups == (calendar.Period{}) {
		e.lookups = calendar.Period{Years: 5}
	}
}

func (e *Extracts) today() calendar.Day { return calendar.Today(e.clock) }

// period is a length of time that a statute gives on the day.
func (e *Extracts) period(s statute.Symbol, day calendar.Day) (calendar.Period, error) {
	p, _, err := e.statute.Period(s, day.Time())
	if err != nil {
		return calendar.Period{}, fmt.Errorf("extract: %s on %s: %w", s, day, err)
	}
	return calendar.Period(p), nil
}

// endOfYear is the last day of a time of keeping that is counted from the end
// of the calendar year of the day (law.md §9).
func endOfYear(day calendar.Day, kept calendar.Period) calendar.Day {
	return kept.From(calendar.Date(day.Year(), 12, 31))
}

// Debt returns the service for debt extracts (skuldutdrag).
func (e *Extracts) Debt() *Answers {
	return &Answers{extracts: e, id: filing.DebtExtract, request: filing.DERequest, receipt: filing.DEReceipt, answer: filing.DEAnswer}
}

// Procurement returns the service for extracts for procurement (utdrag i
// upphandlingssyfte).
func (e *Extracts) Procurement() *Answers {
	return &Answers{extracts: e, id: filing.ProcurementExtract, request: filing.PERequest, receipt: filing.PEReceipt, answer: filing.PEAnswer}
}

// Credit returns the service for credit information (utdrag i
// kreditupplysningssyfte).
func (e *Extracts) Credit() *Credit { return &Credit{e} }

var (
	_ service.Service = (*Answers)(nil)
	_ service.Service = (*Credit)(nil)
)
