package service

import (
	"fmt"
	"iter"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Deadline is a day on which something is due in a case. Service, subject and
// kind name it; one of each exists at most.
type Deadline struct {
	Service filing.Service
	Subject int64  // the case or other row of the service
	Kind    string // the service's own word
	Due     calendar.Day
}

// Deadlines are the days that cases wait for. They are set and cancelled with
// the case, so that no evening visits all open cases.
type Deadlines struct{}

// Set enters the deadline, or moves it if it stands already.
func (Deadlines) Set(tx store.Tx, d Deadline) error {
	_, err := tx.Exec(`INSERT INTO service_deadline (service, subject, kind, due) VALUES ($1, $2, $3, $4)
		ON CONFLICT (service, subject, kind) DO UPDATE SET due = excluded.due`,
		string(d.Service), d.Subject, d.Kind, d.Due)
	return wrap("set", d, err)
}

// SetAll enters new deadlines in bulk. None of them may stand already.
func (Deadlines) SetAll(tx store.Tx, all []Deadline) error {
	columns := []string{"service", "subject", "kind", "due"}
	_, err := tx.CopyIn("service_deadline", columns, func(yield func([]any) bool) {
		for _, d := range all {
			if !yield([]any{string(d.Service), d.Subject, d.Kind, d.Due.String()}) {
				return
			}
		}
	})
	if err != nil {
		return fmt.Errorf("service: set %d deadlines: %w", len(all), err)
	}
	return nil
}

// Cancel takes one deadline away, if it stands.
func (Deadlines) Cancel(tx store.Tx, s filing.Service, subject int64, kind string) error {
	_, err := tx.Exec(`DELETE FROM service_deadline WHERE service = $1 AND subject = $2 AND kind = $3`, string(s), subject, kind)
	return wrap("cancel", Deadline{Service: s, Subject: subject, Kind: kind}, err)
}

// CancelAll takes every deadline of the subjects away, as when cases close.
func (Deadlines) CancelAll(tx store.Tx, s filing.Service, subjects ...int64) error {
	for some := range store.Chunks(subjects) {
		places, args := store.Among(2, some)
		_, err := tx.Exec(`DELETE FROM service_deadline WHERE service = $1 AND subject IN (`+places+`)`, append([]any{string(s)}, args...)...)
		if err != nil {
			return fmt.Errorf("service: cancel all deadlines of %d subjects of %s: %w", len(some), s, err)
		}
	}
	return nil
}

// Take removes deadlines exactly as they were read, and returns those that it
// removed, in no order. The others were moved, cancelled or taken meanwhile;
// nothing is due of them.
func (Deadlines) Take(tx store.Tx, due []Deadline) ([]Deadline, error) {
	var taken []Deadline
	for like, subjects := range alike(due) {
		got, err := take(tx, like, subjects)
		if err != nil {
			return nil, fmt.Errorf("service: take %d deadlines %s of %s: %w", len(subjects), like.Kind, like.Service, err)
		}
		taken = append(taken, got...)
	}
	return taken, nil
}

// alike gathers the subjects of deadlines that differ in nothing else.
func alike(due []Deadline) iter.Seq2[Deadline, []int64] {
	return func(yield func(Deadline, []int64) bool) {
		at := map[Deadline]int{}
		var groups []Deadline
		var subjects [][]int64
		for _, d := range due {
			like := d
			like.Subject = 0
			i, found := at[like]
			if !found {
				i = len(groups)
				at[like], groups, subjects = i, append(groups, like), append(subjects, nil)
			}
			subjects[i] = append(subjects[i], d.Subject)
		}
		for i, like := range groups {
			if !yield(like, subjects[i]) {
				return
			}
		}
	}
}

func take(tx store.Tx, like Deadline, subjects []int64) ([]Deadline, error) {
	places, args := store.Among(4, subjects)
	return store.Collect(func(rows *store.Rows) (Deadline, error) {
		d := like
		err := rows.Scan(&d.Subject)
		return d, err
	})(tx.Query(`DELETE FROM service_deadline WHERE service = $1 AND kind = $2 AND due = $3
		AND subject IN (`+places+`) RETURNING subject`, append([]any{string(like.Service), like.Kind, like.Due}, args...)...))
}

// Due lists deadlines of the day or earlier in the order of day, service,
// subject and kind, at most limit of them, that stand after the given one; the
// zero Deadline begins.
func (Deadlines) Due(r store.Reader, today calendar.Day, after Deadline, limit int) ([]Deadline, error) {
	all, err := store.Collect(scan)(r.Query(`SELECT service, subject, kind, due FROM service_deadline
		WHERE due <= $1 AND (due, service, subject, kind) > ($2, $3, $4, $5)
		ORDER BY due, service, subject, kind LIMIT $6`,
		today, after.Due.String(), string(after.Service), after.Subject, after.Kind, limit))
	if err != nil {
		return nil, fmt.Errorf("service: list deadlines due by %s: %w", today, err)
	}
	return all, nil
}

// Next returns the earliest day on which anything is due; ok is false when no
// deadline stands.
func (Deadlines) Next(r store.Reader) (day calendar.Day, ok bool, err error) {
	if err := r.QueryRow(`SELECT MIN(due) FROM service_deadline`).Scan(&day); err != nil {
		return 0, false, fmt.Errorf("service: find the next deadline: %w", err)
	}
	return day, !day.IsZero(), nil
}

func scan(rows *store.Rows) (d Deadline, err error) {
	err = rows.Scan(&d.Service, &d.Subject, &d.Kind, &d.Due)
	return d, err
}

func wrap(act string, d Deadline, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("service: %s deadline %s of %s %d: %w", act, d.Kind, d.Service, d.Subject, err)
}
