package restructuring

import (
	"context"
	"fmt"
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
	stopped  bool
	by       service.Officer // who entered the stop
	copies   []string        // for each claim, the number of the report that it copies
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
	if err := findMatters(tx, c); err != nil {
		return err
	}
	if err := m.findStopped(tx, c); err != nil {
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

// findMatters locks the matters of the chunk and settles how each report stands
// in its own. A matter may have ended since the file was approved; its reports
// are taken all the same, and stand as it left others.
func findMatters(tx store.Tx, c chunk) error {
	named := make([]*filing.ClaimReport, len(c.reports))
	for i, r := range c.reports {
		named[i] = r.ClaimReport
	}
	known, err := mattersOf(tx, named)
	if err != nil {
		return err
	}
	ids := make([]int64, len(c.reports))
	for i, r := range c.reports {
		matter, found := known.of(r.ClaimReport)
		if !found {
			return fmt.Errorf("restructuring: document %d of file %d: its matter %s is gone", r.document, c.file.ID, r.MatterNumber)
		}
		ids[i] = matter.ID
	}
	locked, err := lockMatters(tx, slices.Clone(ids))
	if err != nil {
		return err
	}
	day := calendar.Of(c.file.Arrived)
	for i := range c.reports {
		r := &c.reports[i]
		r.matter = locked[ids[i]]
		r.late = day > r.matter.LastDay
		r.state = standing(r.matter.State)
	}
	return nil
}

// findStopped lets the reports that their filer has taken back come in withdrawn.
func (m *Matters) findStopped(tx store.Tx, c chunk) error {
	stopped, err := m.stops.Take(tx, c.file.ID)
	if err != nil {
		return err
	}
	for i := range c.reports {
		r := &c.reports[i]
		if r.by, r.stopped = stopped.Of(r.Reference); r.stopped {
			r.state = filing.ClaimWithdrawn
		}
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

// events are the first of each report's story.
func (c chunk) events() []service.Event {
	all := make([]service.Event, len(c.reports))
	for i, r := range c.reports {
		kind := reported
		switch {
		case r.stopped:
			kind = claimStopped
		case r.late:
			kind = reportedLate
		}
		all[i] = service.Event{
			ID: c.event + int64(i), Service: filing.Restructuring, Case: c.block.id(r.document), Day: c.block.registered,
			At: c.at, Kind: kind, To: string(r.state), Amount: r.Total, File: c.file.ID, By: r.by, Text: r.matter.Number,
		}
	}
	return all
}
