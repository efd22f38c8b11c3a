package notice

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Filter says which letters to list. Empty fields admit all.
type Filter struct {
	State State
	Case  string    // case number
	Sent  time.Time // acknowledged then or later
	After int64     // id of the last letter of the page before
	Limit int       // at most MaxFetch; 0 = MaxFetch
}

// After counts the letters whose id is greater than one, and returns the greatest.
func (l *Letters) After(r store.Reader, id int64) (n, last int64, err error) {
	err = r.QueryRow(`SELECT COUNT(*), COALESCE(MAX(id), 0) FROM notice_letter WHERE id > $1`, id).Scan(&n, &last)
	if err != nil {
		return 0, 0, fmt.Errorf("notice: count letters: %w", err)
	}
	return n, max(last, id), nil
}

// List returns letters by id, blocked ones without what they tell, and the
// After of the next page; 0 when there are no more.
func (l *Letters) List(r store.Reader, f Filter) (items []Item, next int64, err error) {
	limit := f.Limit
	if limit <= 0 || limit > MaxFetch {
		limit = MaxFetch
	}
	where, args := f.where()
	items, err = store.Collect(scanItem)(r.Query(`SELECT `+itemColumns+` FROM notice_letter WHERE `+where+
		` ORDER BY id LIMIT $`+strconv.Itoa(len(args)+1), append(args, limit+1)...))
	if err != nil {
		return nil, 0, fmt.Errorf("notice: list letters: %w", err)
	}
	if len(items) > limit {
		items = items[:limit]
		next = items[limit-1].ID
	}
	if err := addPersons(r, items); err != nil {
		return nil, 0, fmt.Errorf("notice: list the persons of letters: %w", err)
	}
	for i := range items {
		items[i] = items[i].open()
	}
	return items, next, nil
}

func (f Filter) where() (string, []any) {
	terms, args := []string{"id > $1"}, []any{f.After}
	if f.State != "" {
		args = append(args, string(f.State))
		terms = append(terms, "state = $"+strconv.Itoa(len(args)))
	}
	if f.Case != "" {
		args = append(args, f.Case)
		terms = append(terms, "case_number = $"+strconv.Itoa(len(args)))
	}
	if !f.Sent.IsZero() {
		args = append(args, store.Micros(f.Sent))
		terms = append(terms, "sent >= $"+strconv.Itoa(len(args)))
	}
	return strings.Join(terms, " AND "), args
}

// open is the item as it may be shown: without its data when it is blocked.
func (it Item) open() Item {
	if !it.Blocked {
		return it
	}
	it.Recipient, it.Parties, it.Facts, it.Reference = Person{Role: it.Recipient.Role}, nil, nil, ""
	return it
}

// Get returns one letter as List does; ok is false if there is none.
func (l *Letters) Get(r store.Reader, id int64) (it Item, ok bool, err error) {
	items, err := readItems(r, []int64{id})
	if err != nil {
		return Item{}, false, fmt.Errorf("notice: read letter %d: %w", id, err)
	}
	if len(items) == 0 {
		return Item{}, false, nil
	}
	return items[0].open(), true, nil
}

// Counts returns how many letters there are in each state.
func (l *Letters) Counts(r store.Reader) (map[State]int64, error) {
	counts := map[State]int64{}
	for rows, err := range store.Each(r.Query(`SELECT state, COUNT(*) FROM notice_letter GROUP BY state`)) {
		if err != nil {
			return nil, fmt.Errorf("notice: count letters: %w", err)
		}
		var s State
		var n int64
		if err := rows.Scan(&s, &n); err != nil {
			return nil, fmt.Errorf("notice: count letters: %w", err)
		}
		counts[s] = n
	}
	return counts, nil
}

// Event is one thing that happened to a letter.
type Event struct {
	Attempt int64
	Kind    string // a State, "requeued", or "acknowledged_again"
	At      time.Time
	By      service.Officer // zero where a print service did it; Reason in its words
}

// Events tells what has happened to a letter since it was queued.
func (l *Letters) Events(r store.Reader, id int64) ([]Event, error) {
	all, err := store.Collect(scanEvent)(r.Query(`SELECT attempt, kind, at, officer, reason FROM notice_event
		WHERE letter = $1 ORDER BY attempt, at, kind`, id))
	if err != nil {
		return nil, fmt.Errorf("notice: tell of letter %d: %w", id, err)
	}
	return all, nil
}

func scanEvent(rows *store.Rows) (e Event, err error) {
	var at int64
	err = rows.Scan(&e.Attempt, &e.Kind, &at, &e.By.Name, &e.By.Reason)
	e.At = store.Moment(at)
	return e, err
}
