package restructuring

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// chunk is documents of one file on their way to become reports.
type chunk struct {
	block   block
	file    service.File
	reports []arriving
	event   int64 // the first of one a report
	at      time.Time
}

// arriving is one report and where it stands.
type arriving struct {
	*filing.ClaimReport
	document int64
	matter   Matter
	late     bool
	copies   []string // for each claim, the number of the report that it copies
	state    filing.ClaimStatus
}

// Apply registers each report with an id, late ones flagged.
func (m *Matters) Apply(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	if len(docs) == 0 {
		return func(store.Tx) error { return nil }, nil
	}
	b, err := m.setAside(ctx, f)
	if err != nil {
		return nil, err
	}
	c := chunk{block: b, file: f, at: m.clock.Now()}
	for _, d := range docs {
		report, err := reportIn(d)
		if err != nil {
			return nil, err
		}
		if d.Number < 1 || d.Number > b.documents {
			return nil, fmt.Errorf("restructuring: document %d of file %d is not one of its %d reports", d.Number, f.ID, b.documents)
		}
		c.reports = append(c.reports, arriving{ClaimReport: report, document: d.Number})
	}
	if c.event, err = m.events.NewIDs(ctx, len(docs)); err != nil {
		return nil, err
	}
	return func(tx store.Tx) error {
		run := c // the closure may run twice
		run.reports = slices.Clone(c.reports)
		return m.register(tx, run)
	}, nil
}

func (m *Matters) register(tx store.Tx, c chunk) error {
	if err := m.findMatters(tx, c); err != nil {
		return err
	}
	if err := findCopies(tx, c); err != nil {
		return err
	}
	for _, t := range c.tables() {
		if _, err := tx.CopyIn(t.name, t.columns, t.rows); err != nil {
			return fmt.Errorf("restructuring: register reports of file %d: %w", c.file.ID, err)
		}
	}
	if err := m.events.Append(tx, c.events()...); err != nil {
		return err
	}
	return store.One(errLost)(tx.Exec(`UPDATE restructuring_file SET applied = applied + $1 WHERE file = $2`, len(c.reports), c.file.ID))
}

// findMatters locks the matters of the chunk in order of number and settles how
// each report stands in its own. A matter may have ended since the file was
// approved; its reports are taken all the same, and stand as it left others.
func (m *Matters) findMatters(tx store.Tx, c chunk) error {
	byID := map[int64]Matter{}
	for i := range c.reports {
		matter, found, err := m.matterOf(tx, c.reports[i].ClaimReport)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("restructuring: document %d of file %d: its matter %s is gone", c.reports[i].document, c.file.ID, c.reports[i].MatterNumber)
		}
		c.reports[i].matter = matter
		byID[matter.ID] = matter
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		matter, _, err := lockByID(tx, id)
		if err != nil {
			return err
		}
		byID[id] = matter
	}
	day := calendar.Of(c.file.Arrived)
	for i := range c.reports {
		r := &c.reports[i]
		r.matter = byID[r.matter.ID]
		r.late = day > r.matter.LastDay
		r.state = standing(r.matter.State)
	}
	return nil
}

// standing is the state of a claim that comes into a matter in a state.
func standing(s State) filing.ClaimStatus {
	event := map[State]string{Closed: closed, Completed: completed, Lapsed: lapsed}[s]
	if to, moved := claimAfter(filing.ClaimRegistered, event); moved {
		return to
	}
	return filing.ClaimRegistered
}

// creditor tells who has reported in which matter.
type creditor struct {
	matter         int64
	identity, name string // name only where there is no number
}

func (r arriving) creditor() creditor {
	c := creditor{matter: r.matter.ID, identity: stored(r.Creditor.Identity)}
	if c.identity == "" {
		c.name = r.Creditor.Name
	}
	return c
}

// claimKey is what makes two claims of one creditor the same.
type claimKey struct {
	amount, interest int64
	origin, due      calendar.Day
	caseNumber       string
}

func keyOf(c filing.ReportedClaim) claimKey {
	return claimKey{int64(c.Amount), int64(c.Interest), c.Origin, c.DueDate, c.CaseNumber}
}

// findCopies flags claims that the same creditor has reported in the same
// matter before, in the register or earlier in the chunk.
func findCopies(tx store.Tx, c chunk) error {
	known := map[creditor]map[claimKey]string{}
	for i := range c.reports {
		r := &c.reports[i]
		who := r.creditor()
		if known[who] == nil {
			claims, err := knownClaims(tx, who)
			if err != nil {
				return err
			}
			known[who] = claims
		}
		r.copies = make([]string, len(r.Claims))
		for k, claim := range r.Claims {
			r.copies[k] = known[who][keyOf(claim)]
			known[who][keyOf(claim)] = cmp.Or(r.copies[k], c.block.number(r.document))
		}
	}
	return nil
}

func knownClaims(tx store.Tx, who creditor) (map[claimKey]string, error) {
	known := map[claimKey]string{}
	rows := store.Each(tx.Query(`SELECT r.number, c.amount, c.interest, c.origin, c.due_date, c.case_number
		FROM restructuring_report r JOIN restructuring_claim c ON c.report_id = r.id
		WHERE r.matter_id = $1 AND r.identity = $2 AND (r.identity <> '' OR r.name = $3) ORDER BY r.id DESC, c.position`,
		who.matter, who.identity, who.name))
	for row, err := range rows {
		if err != nil {
			return nil, fmt.Errorf("restructuring: look for earlier reports: %w", err)
		}
		var k claimKey
		var number string
		if err := row.Scan(&number, &k.amount, &k.interest, &k.origin, &k.due, &k.caseNumber); err != nil {
			return nil, err
		}
		known[k] = number // the earliest comes last
	}
	return known, nil
}

// events are the first of each report's story.
func (c chunk) events() []service.Event {
	all := make([]service.Event, len(c.reports))
	for i, r := range c.reports {
		kind := reported
		if r.late {
			kind = reportedLate
		}
		all[i] = service.Event{
			ID: c.event + int64(i), Service: filing.Restructuring, Case: c.block.id(r.document), Day: c.block.registered,
			At: c.at, Kind: kind, To: string(r.state), Amount: r.Total, File: c.file.ID, Text: r.matter.Number,
		}
	}
	return all
}
