package intake

import (
	"context"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// expireBatch is how many submissions are looked up at a time.
const expireBatch = 100

// Expire rejects halves that have waited too long for the other, "note
// missing" or "file missing" (R63), each in a transaction of its own, and
// returns how many. Any number of replicas may call it at once.
func (d *Door) Expire(ctx context.Context, now time.Time) (int, error) {
	total := 0
	for {
		keys, err := d.expired(ctx, now)
		if err != nil || len(keys) == 0 {
			return total, err
		}
		for _, k := range keys {
			n, err := d.expire(ctx, k, now)
			if err != nil {
				return total, fmt.Errorf("intake: expire submission %v: %w", k, err)
			}
			total += n
		}
	}
}

func (d *Door) expired(ctx context.Context, now time.Time) (keys []key, err error) {
	err = d.rooms.DB.Read(ctx, func(r store.Reader) error {
		keys, err = store.Collect(scanKey)(r.Query(`SELECT code_id, transaction_name, sequence FROM intake_submission
			WHERE expires <= $1 ORDER BY expires LIMIT $2`, store.Micros(now), expireBatch))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("intake: find the submissions that expire: %w", err)
	}
	return keys, nil
}

func scanKey(rows *store.Rows) (k key, err error) {
	err = rows.Scan(&k.codeID, &k.transaction, &k.sequence)
	return k, err
}

// NextExpiry returns when the next half will have waited too long; ok is false
// when none waits.
func (d *Door) NextExpiry(r store.Reader) (at time.Time, ok bool, err error) {
	var micros *int64
	if err := r.QueryRow(`SELECT MIN(expires) FROM intake_submission WHERE expires IS NOT NULL`).Scan(&micros); err != nil {
		return time.Time{}, false, fmt.Errorf("intake: find the next expiry: %w", err)
	}
	if micros == nil {
		return time.Time{}, false, nil
	}
	return store.Moment(*micros), true, nil
}

func (d *Door) expire(ctx context.Context, k key, now time.Time) (n int, err error) {
	stubs, err := d.newStubs(ctx, 1)
	if err != nil {
		return 0, err
	}
	err = d.rooms.DB.DoFirst(ctx, func(tx store.Tx) error {
		s := &settlement{door: d, tx: tx, now: now, today: calendar.Of(now), stubs: stubs}
		n, err = s.expire(k)
		return err
	})
	return n, err
}

// expire rejects what waits, unless another has come or gone meanwhile.
func (s *settlement) expire(k key) (int, error) {
	w, err := s.readSlots(k)
	if err != nil {
		return 0, err
	}
	before := *w
	if err := s.lapse(w); err != nil || len(s.receipts) == 0 {
		return 0, err
	}
	if err := s.saveSlots(w, before, time.Time{}); err != nil {
		return 0, err
	}
	return 1, s.answers()
}
