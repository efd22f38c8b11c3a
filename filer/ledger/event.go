package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// EventKind is what an event tells of.
type EventKind string

// The kinds. What Code holds stands after each.
const (
	EventReceipt     EventKind = "receipt"          // of an own file: its outcome
	EventResult      EventKind = "result"           // of one document of it: applied, already, held, or the code of the error
	EventConfirmed   EventKind = "confirmed"        // a case was registered: its state
	EventCase        EventKind = "case"             // what happened in a payment-order case: bf.event
	EventVerdict     EventKind = "verdict"          // enforced, not_enforced
	EventEarnings    EventKind = "earnings"         // kind of decision
	EventInvestigate EventKind = "investigation"    // result
	EventAccount     EventKind = "interim_account"  // -
	EventNewFee      EventKind = "new_fee"          // -
	EventFinal       EventKind = "final_account"    // reason
	EventOpening     EventKind = "opening"          // person, business
	EventReport      EventKind = "claim_report"     // status
	EventStatus      EventKind = "status"           // state that the book did not have
	EventExtract     EventKind = "extract"          // found, nothing
	EventDelivery    EventKind = "delivery"         // kind of delivery
	EventMissing     EventKind = "delivery_missing" // -
	EventReturned    EventKind = "returned"         // the node could not deliver an own message
	EventUnusable    EventKind = "unusable"         // a file that could not be taken into the book
)

// Event is something that an answer told. Its id is the cursor: events are told
// in its order, and no id is used twice.
type Event struct {
	ID          int64                   `json:"id"`
	Taken       string                  `json:"taken"` // when it came into the book
	Day         calendar.Day            `json:"day"`   // when it happened
	Kind        EventKind               `json:"kind"`
	Code        string                  `json:"code"`
	Transaction filing.Transaction      `json:"transaction"` // of the file that told it
	Service     filing.Service          `json:"service"`
	PartyCode   string                  `json:"party_code,omitempty"`
	Sequence    int64                   `json:"sequence,omitempty"` // of the own file, or of the delivery
	Reference   string                  `json:"reference"`
	CaseNumber  string                  `json:"case_number"`
	Amounts     map[string]money.Amount `json:"amounts_ore"`
	Details     map[string]string       `json:"details"`
	Swedish     string                  `json:"sv"` // words that came in the file; "" where they follow from kind and code
	English     string                  `json:"en"`
	File        string                  `json:"file"`
}

const insertEvent = `INSERT INTO event (taken, fetched_id, day, kind, code, transact, service, party_code, sequence, reference, case_number, amounts, details, sv, en) VALUES `

const eventWidth = 15

func (e *Event) row(taken string, fetched int64) ([]any, error) {
	amounts, err := packed(e.Amounts)
	if err != nil {
		return nil, err
	}
	details, err := packed(e.Details)
	return []any{taken, fetched, e.Day, e.Kind, e.Code, e.Transaction, e.service(), e.PartyCode, e.Sequence, e.Reference, e.CaseNumber,
		amounts, details, e.Swedish, e.English}, err
}

// service is that of the case where it was given, else of the transaction.
func (e *Event) service() filing.Service {
	if e.Service != "" {
		return e.Service
	}
	info, _ := filing.Info(e.Transaction)
	return info.Service
}

// packed is a map as it stands in the book; nothing for an empty one.
func packed[V any](m map[string]V) (string, error) {
	if len(m) == 0 {
		return "", nil
	}
	text, err := json.Marshal(m)
	return string(text), err
}

func unpacked[V any](text string, m *map[string]V) error {
	*m = map[string]V{}
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), m)
}

const selectEvents = `SELECT e.id, e.taken, e.day, e.kind, e.code, e.transact, e.service, e.party_code, e.sequence, e.reference, e.case_number,
	e.amounts, e.details, e.sv, e.en, COALESCE(f.path, '') FROM event e LEFT JOIN fetched f ON f.id = e.fetched_id `

func scanEvent(rows *sql.Rows) (e Event, err error) {
	var amounts, details string
	err = rows.Scan(&e.ID, &e.Taken, &e.Day, &e.Kind, &e.Code, &e.Transaction, &e.Service, &e.PartyCode, &e.Sequence, &e.Reference, &e.CaseNumber,
		&amounts, &details, &e.Swedish, &e.English, &e.File)
	if err != nil {
		return e, err
	}
	if err := unpacked(amounts, &e.Amounts); err != nil {
		return e, fmt.Errorf("amounts of event %d: %w", e.ID, err)
	}
	if err := unpacked(details, &e.Details); err != nil {
		return e, fmt.Errorf("details of event %d: %w", e.ID, err)
	}
	return e, nil
}

// mostEvents is how many events are read at a time.
const mostEvents = 2000

// EventsAfter returns the events after a cursor in their order, no more than a
// few thousand; none when all have been told.
func (l *Ledger) EventsAfter(ctx context.Context, cursor int64) ([]Event, error) {
	return collect(ctx, l.db, scanEvent, selectEvents+`WHERE e.id > $1 ORDER BY e.id LIMIT $2`, cursor, mostEvents)
}

// EventsOf returns the events on a reference and on case numbers, in the order
// of their days.
func (l *Ledger) EventsOf(ctx context.Context, reference string, numbers []string) ([]Event, error) {
	args := []any{reference}
	where := `WHERE (e.reference = $1 AND e.reference <> '')`
	if len(numbers) > 0 {
		where += ` OR (e.case_number <> '' AND e.case_number IN ` + places(len(numbers), 1) + `)`
		args = append(args, anys(numbers)...)
	}
	return collect(ctx, l.db, scanEvent, selectEvents+where+` ORDER BY e.day, e.id`, args...)
}

// LastEvent is the cursor after all events so far.
func (l *Ledger) LastEvent(ctx context.Context) (id int64, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT COALESCE(max(id), 0) FROM event`).Scan(&id)
	return id, err
}

// Told is how far the events have been told at an outlet.
func (l *Ledger) Told(ctx context.Context, outlet string) (cursor int64, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT COALESCE(max(cursor), 0) FROM outlet WHERE name = $1`, outlet).Scan(&cursor)
	return cursor, err
}

// Tell notes how far the events have been told at an outlet; never back.
func (l *Ledger) Tell(ctx context.Context, outlet string, cursor int64) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO outlet (name, cursor) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET cursor = max(cursor, excluded.cursor)`, outlet, cursor)
	return err
}
