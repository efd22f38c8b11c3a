package enforcement

import (
	"context"
	"time"

	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// idsPerCase is how many events, letters or fees one step may give rise to in
// a case; ids that are not used are lost.
const idsPerCase = 10

// supply is what a step needs of the outside, fetched before its transaction.
type supply struct {
	at      time.Time
	day     calendar.Day
	events  store.Aside
	letters store.Aside
	fees    store.Aside
}

// supply fetches ids for steps in n cases.
func (e *Enforcements) supply(ctx context.Context, n int) (s supply, err error) {
	s.at = e.clock.Now()
	s.day = calendar.Of(s.at)
	ids := max(n, 1) * idsPerCase
	if s.events, err = store.SetAside(ctx, ids, e.events.NewIDs); err != nil {
		return s, err
	}
	if s.fees, err = store.SetAside(ctx, max(n, 1)*2, e.fees.NewIDs); err != nil {
		return s, err
	}
	if e.letters != nil {
		s.letters, err = store.SetAside(ctx, ids, e.letters.NewIDs)
	}
	return s, err
}

// desk is where debts lie while they are worked on, within one transaction:
// what is read is read at once, what comes of the steps is written at once.
type desk struct {
	supply
	e    *Enforcements
	tx   store.Tx
	by   service.Officer
	file int64 // the incoming file that brings the steps; 0 if none

	groups map[int64]*group
	byID   map[int64]*kase
	order  []*group // as loaded or opened
	opened []*opening

	events    []service.Event
	charges   []fee.Item
	lines     []line
	details   details
	deadlines map[dueKey]calendar.Day // zero: cancelled
	dueOrder  []dueKey
	cleared   []*kase // all deadlines go
	purges    []*kase // closed; their data get a last day
	mail      []mail
	choices   map[wish]notice.Choice
	unpaid    map[int64]money.Amount   // stored open fees, by debt, where asked for
	hidden    map[identity.Number]bool // debtors with protected data, where asked for
}

// line is something that a file will tell of a case.
type line struct {
	to          *kase
	transaction filing.Transaction
	origin      filing.Origin // of confirmations
	kind        string        // which row tells it
	number      int64
}

func (e *Enforcements) newDesk(tx store.Tx, s supply, by service.Officer, file int64) *desk {
	return &desk{supply: s, e: e, tx: tx, by: by, file: file, groups: map[int64]*group{}, byID: map[int64]*kase{},
		deadlines: map[dueKey]calendar.Day{}, choices: map[wish]notice.Choice{}}
}

// happening is what an event tells besides its kind.
type happening struct {
	amount money.Amount
	text   string
}

// note appends an event of the case and returns its id.
func (d *desk) note(c *kase, event string, from, to State, h happening) (int64, error) {
	id, err := d.supply.events.Take()
	if err != nil {
		return 0, err
	}
	d.events = append(d.events, service.Event{
		ID: id, Service: filing.Enforcement, Case: c.id, Day: d.day, At: d.at, Kind: event,
		Respondent: c.position, From: string(from), To: string(to), Amount: h.amount, File: d.file, By: d.by, Text: h.text,
	})
	return id, nil
}

// step takes a case to another standing, if the table of states allows it,
// and returns the id of the event. A refusal is a *service.Refusal.
func (d *desk) step(c *kase, event string, to standing, h happening) (int64, error) {
	from := c.state()
	if !allowed()[step{from, event, to.state()}] {
		return 0, c.wrongState()
	}
	if c.state() != to.state() || c.base != to.base {
		c.since = d.day
	}
	goesOn := to.open() && c.held() && !to.held()
	c.standing, c.touched = to, true
	if goesOn {
		if err := d.watchFees(c.group); err != nil {
			return 0, err
		}
	}
	return d.note(c, event, from, to.state(), h)
}

// stay is a step that leaves the case where it stands.
func (d *desk) stay(c *kase, event string, h happening) (int64, error) {
	return d.step(c, event, c.standing, h)
}

// dueKey names a deadline of a case.
type dueKey struct {
	caseID int64
	kind   string
}

// set sets a deadline of the case.
func (d *desk) set(c *kase, kind string, day calendar.Day) {
	k := dueKey{c.id, kind}
	if _, known := d.deadlines[k]; !known {
		d.dueOrder = append(d.dueOrder, k)
	}
	d.deadlines[k] = day
}

func (d *desk) cancel(c *kase, kind string) { d.set(c, kind, 0) }
