package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// expireBatch is how many submissions are looked up at a time.
const expireBatch = 100

// Expire rejects halves that have waited too long for the other, "note
// missing" or "file missing" (R63), each in a transaction of its own, and
// returns how many. Any number of replicas may call it at once.
func (d *Door) Expire(ctx context.Context, now time.Time) (int, error) {
	total, after := 0, int64(0)
	for {
		ids, err := d.expired(ctx, now, after)
		if err != nil || len(ids) == 0 {
			return total, err
		}
		for _, id := range ids {
			n, err := d.expire(ctx, id, now)
			if err != nil {
				return total, wrapID("expire submission", id, err)
			}
			total, after = total+n, id
		}
	}
}

func (d *Door) expired(ctx context.Context, now time.Time, after int64) (ids []int64, err error) {
	err = d.rooms.DB.Read(ctx, func(r store.Reader) error {
		ids, err = store.Collect(func(rows *store.Rows) (id int64, err error) { return id, rows.Scan(&id) })(
			r.Query(`SELECT id FROM intake_submission WHERE expires <= $1 AND id > $2 ORDER BY id LIMIT $3`,
				store.Micros(now), after, expireBatch))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("intake: find the submissions that expire: %w", err)
	}
	return ids, nil
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

func (d *Door) expire(ctx context.Context, submission int64, now time.Time) (n int, err error) {
	stubs, err := d.newStubs(ctx, 1)
	if err != nil {
		return 0, err
	}
	err = d.rooms.DB.DoFirst(ctx, func(tx store.Tx) error {
		s := &settlement{door: d, tx: tx, now: now, today: calendar.Of(now), stubs: stubs}
		n, err = s.expire(submission)
		return err
	})
	return n, err
}

// expire rejects what waits, unless another has come or gone meanwhile.
func (s *settlement) expire(id int64) (int, error) {
	w, err := s.readSlots(`WHERE id = $1 AND expires <= $2`, id, store.Micros(s.now))
	if errors.Is(err, store.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	g := submission{file: w.file, note: w.note}
	code := codeNoNote
	if g.file == nil {
		code = codeNoFile
	}
	if err := s.saveSlots(&slots{id: w.id}, *w, time.Time{}); err != nil {
		return 0, err
	}
	hours := g.lead().policy().PairHours
	if err := s.conclude(g, filing.Rejected, append([]filing.Error{*refusal(code, hours)}, g.noteFaults()...), 0); err != nil {
		return 0, err
	}
	return 1, s.answers()
}
