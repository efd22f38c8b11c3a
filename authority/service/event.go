package service

import (
	"context"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Event is one thing that happened in a case. The events of a case, in order
// of id, are its story; none is ever changed.
type Event struct {
	ID         int64
	Service    filing.Service
	Case       int64
	Day        calendar.Day // the field's day
	At         time.Time
	Kind       string       // as the event of an Edge, or the room's own word
	Respondent int64        // whom it concerns, from 1; 0 for all
	Part       int64        // which claim part, from 1; 0 for all
	From, To   string       // states, where it moved any
	Amount     money.Amount // what it concerns, if an amount
	File       int64        // the incoming file that brought it; 0 if none
	By         Officer      // who and why; zero where it followed by itself or from a file
	Text       string       // further words; purged with the case
}

// Events are the stories of all cases.
type Events struct{ ids *store.IDs }

// NewEvents returns the stories kept in the database.
func NewEvents(db *store.DB) *Events { return &Events{ids: db.IDs("service_event")} }

// NewIDs returns the first of n event ids in a row. It is called before the
// transaction that appends them; ids that are not used are lost.
func (e *Events) NewIDs(ctx context.Context, n int) (int64, error) { return e.ids.Next(ctx, n) }

// Append enters events within the transaction of what happened.
func (*Events) Append(tx store.Tx, events ...Event) error {
	columns := []string{"id", "service", "case_id", "day", "at", "kind", "respondent", "part", "from_state", "to_state",
		"amount", "file", "officer", "reason", "remark"}
	_, err := tx.CopyIn("service_event", columns, func(yield func([]any) bool) {
		for i := range events {
			e := &events[i]
			if !yield([]any{e.ID, string(e.Service), e.Case, e.Day.String(), store.Micros(e.At), e.Kind, e.Respondent, e.Part,
				e.From, e.To, int64(e.Amount), e.File, e.By.Name, e.By.Reason, e.Text}) {
				return
			}
		}
	})
	if err != nil {
		return fmt.Errorf("service: append %d events: %w", len(events), err)
	}
	return nil
}

const selectEvents = `SELECT id, service, case_id, day, at, kind, respondent, part, from_state, to_state,
	amount, file, officer, reason, remark FROM service_event `

// Of tells the story of one case.
func (*Events) Of(r store.Reader, s filing.Service, caseID int64) ([]Event, error) {
	all, err := store.Collect(scanEvent)(r.Query(selectEvents+`WHERE service = $1 AND case_id = $2 ORDER BY at, id`, string(s), caseID))
	if err != nil {
		return nil, fmt.Errorf("service: read the story of %s case %d: %w", s, caseID, err)
	}
	return all, nil
}

func scanEvent(rows *store.Rows) (e Event, err error) {
	var at, amount int64
	err = rows.Scan(&e.ID, &e.Service, &e.Case, &e.Day, &at, &e.Kind, &e.Respondent, &e.Part, &e.From, &e.To,
		&amount, &e.File, &e.By.Name, &e.By.Reason, &e.Text)
	e.At, e.Amount = store.Moment(at), money.Amount(amount)
	return e, err
}

// Purge deletes the stories of cases that are no longer kept, within the
// transaction that deletes the cases.
func (*Events) Purge(tx store.Tx, s filing.Service, cases []int64) error {
	for _, id := range cases {
		if _, err := tx.Exec(`DELETE FROM service_event WHERE service = $1 AND case_id = $2`, string(s), id); err != nil {
			return fmt.Errorf("service: delete the story of %s case %d: %w", s, id, err)
		}
	}
	return nil
}
