package notice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// State is where a letter is on its way.
type State string

// The states. A fetched letter that is not acknowledged in time is offered
// again, with a higher Attempt.
const (
	Queued       State = "queued"       // waits for a print service
	Fetched      State = "fetched"      // offered to a print service
	Acknowledged State = "acknowledged" // printed and sent
	Failed       State = "failed"       // the print service could not print or send it
	Returned     State = "returned"     // came back from the recipient's address
)

// The kinds of event that are no states.
const (
	requeued = "requeued"
	again    = "acknowledged_again" // perhaps printed twice
)

// Item is a letter with where it is.
type Item struct {
	Letter
	State State
	// Attempt is how often the letter was offered, this time included. Above 1
	// it may have been printed before, and says so in its foot.
	Attempt int64
	Sent    time.Time // when it was acknowledged; zero if not
	Reason  string    // why it failed or came back
	Blocked bool
}

// MaxFetch is the most letters that are offered at once, so that nobody holds
// SQLite's one writer long.
const MaxFetch = 500

// Fetch offers at most n letters to a print service, the longest unanswered
// first, then the queue in its order. What is not acknowledged before the lease
// has run out is offered again.
func (l *Letters) Fetch(ctx context.Context, n int) ([]Item, error) {
	at, now := l.clock.Now(), l.wall()
	var items []Item
	err := l.db.Do(ctx, func(tx store.Tx) error {
		ids, err := l.offer(tx, min(n, MaxFetch), now)
		if err != nil || len(ids) == 0 {
			items = nil
			return err
		}
		if items, err = readItems(tx, ids); err != nil {
			return err
		}
		if err := shieldLate(tx, items, calendar.Of(at)); err != nil {
			return err
		}
		return record(tx, items, string(Fetched), at)
	})
	if err != nil {
		return nil, fmt.Errorf("notice: offer letters to a print service: %w", err)
	}
	return items, nil
}

// offer marks letters as fetched and returns their ids.
func (l *Letters) offer(tx store.Tx, n int, now time.Time) ([]int64, error) {
	if err := lockQueue(tx); err != nil {
		return nil, err
	}
	until := store.Micros(now.Add(l.lease))
	ids, err := take(tx, `state = 'fetched' AND offered_until <= $3`, until, n, store.Micros(now))
	if err != nil || len(ids) >= n {
		return ids, err
	}
	more, err := take(tx, `state = 'queued'`, until, n-len(ids))
	return append(ids, more...), err
}

// lockQueue takes the row that guards what is offered to print services.
func lockQueue(tx store.Tx) error {
	var queue string
	return tx.LockRow(`SELECT name FROM notice_queue WHERE name = 'print'`).Scan(&queue)
}

func take(tx store.Tx, which string, until int64, n int, args ...any) ([]int64, error) {
	return store.Collect(store.Only[int64])(tx.Query(`UPDATE notice_letter
		SET state = 'fetched', attempts = attempts + 1, offered_until = $1
		WHERE id IN (SELECT id FROM notice_letter WHERE `+which+` AND NOT blocked ORDER BY id LIMIT $2)
		RETURNING id`, append([]any{until, n}, args...)...))
}

// Acknowledgement is the answer to a print service that says what it has sent.
type Acknowledgement struct {
	First   []int64 // now acknowledged
	Again   []int64 // acknowledged before: perhaps printed twice
	Refused []int64 // unknown, or never offered
}

// Acknowledge notes that a print service has printed and sent the letters. It
// may be repeated, and it counts after the lease has run out too, as the letter
// was sent all the same.
func (l *Letters) Acknowledge(ctx context.Context, ids []int64) (Acknowledgement, error) {
	at := l.clock.Now()
	var all Acknowledgement
	for chunk := range slices.Chunk(ids, MaxFetch) {
		var got Acknowledgement
		err := l.db.Do(ctx, func(tx store.Tx) (err error) {
			got, err = acknowledge(tx, chunk, at)
			return err
		})
		if err != nil {
			return all, fmt.Errorf("notice: acknowledge letters: %w", err)
		}
		all.First = append(all.First, got.First...)
		all.Again = append(all.Again, got.Again...)
		all.Refused = append(all.Refused, got.Refused...)
	}
	return all, nil
}

func acknowledge(tx store.Tx, ids []int64, at time.Time) (a Acknowledgement, err error) {
	for _, id := range ids {
		moved, err := move(tx, id, Fetched, Acknowledged, service.Officer{}, at)
		if err != nil {
			return a, err
		}
		if moved {
			a.First = append(a.First, id)
			continue
		}
		twice, err := noteAgain(tx, id, at)
		if err != nil {
			return a, err
		}
		if twice {
			a.Again = append(a.Again, id)
			continue
		}
		a.Refused = append(a.Refused, id)
	}
	return a, nil
}

// noteAgain records that an acknowledged letter was acknowledged once more.
func noteAgain(tx store.Tx, id int64, at time.Time) (bool, error) {
	n, err := store.Changed(tx.Exec(`INSERT INTO notice_event (letter, attempt, kind, at, officer, reason)
		SELECT id, attempts, $2, $3, '', '' FROM notice_letter WHERE id = $1 AND state = 'acknowledged'
		ON CONFLICT (letter, attempt, kind) DO UPDATE SET at = excluded.at`, id, again, store.Micros(at)))
	return n > 0, err
}

// move changes the state of a letter if it is the one expected, and records it.
func move(tx store.Tx, id int64, from, to State, by service.Officer, at time.Time) (bool, error) {
	set := ``
	args := []any{id, string(from), string(to), by.Reason}
	if to == Acknowledged {
		set, args = `, sent = $5`, append(args, store.Micros(at))
	}
	n, err := store.Changed(tx.Exec(`UPDATE notice_letter SET state = $3, reason = $4`+set+` WHERE id = $1 AND state = $2`, args...))
	if n == 0 || err != nil {
		return false, err
	}
	return true, note(tx, id, string(to), by, at)
}

// note records an event of a letter at its present attempt.
func note(tx store.Tx, id int64, kind string, by service.Officer, at time.Time) error {
	_, err := tx.Exec(`INSERT INTO notice_event (letter, attempt, kind, at, officer, reason)
		SELECT id, attempts, $2, $3, $4, $5 FROM notice_letter WHERE id = $1`, id, kind, store.Micros(at), by.Name, by.Reason)
	return err
}

// record notes the event of many letters.
func record(tx store.Tx, items []Item, kind string, at time.Time) error {
	columns := []string{"letter", "attempt", "kind", "at", "officer", "reason"}
	_, err := tx.CopyIn("notice_event", columns, func(yield func([]any) bool) {
		for i := range items {
			if !yield([]any{items[i].ID, items[i].Attempt, kind, store.Micros(at), "", ""}) {
				return
			}
		}
	})
	return err
}
