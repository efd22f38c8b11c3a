// Package clock keeps the time that a world has been at: a machine whose clock
// went backwards is found out at start, and a sandbox's clock stands where it
// was left (DESIGN decisions 14 and 18).
//
// It must not know what happens at any time.
package clock

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Tolerance is how far the clocks of replicas may differ.
const Tolerance = time.Minute

var (
	// ErrBackwards says that the machine's clock is behind what the world has
	// seen.
	ErrBackwards = errors.New("the clock went backwards")
	// ErrKind says that the world was run with a clock of the other kind.
	ErrKind = errors.New("the world belongs to the other kind of clock")
	// ErrMoved says that the clock was moved by another meanwhile.
	ErrMoved = errors.New("the clock was moved by another meanwhile")
)

type row struct {
	seen time.Time
	held bool
}

func read(query func(string, ...any) *store.Row) (row, error) {
	var at int64
	var found row
	err := query(`SELECT seen, held FROM clock_field WHERE id = 1`).Scan(&at, &found.held)
	found.seen = store.Moment(at)
	return found, err
}

func insert(tx store.Tx, at time.Time, held bool) error {
	_, err := tx.Exec(`INSERT INTO clock_field (id, seen, held) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING`, store.Micros(at), held)
	return err
}

// Watch records that a world on the machine's clock has been at the time. It
// returns ErrBackwards, with the later time, if the world was ahead of it by
// more than Tolerance.
func Watch(ctx context.Context, db *store.DB, now time.Time) error {
	err := db.Do(ctx, func(tx store.Tx) error {
		if err := insert(tx, now, false); err != nil {
			return err
		}
		before, err := read(tx.LockRow)
		switch {
		case err != nil:
			return err
		case before.held:
			return fmt.Errorf("it was run with a clock moved by command, and its times are made up: keep it a sandbox, or begin with an empty database: %w", ErrKind)
		case before.seen.Sub(now) > Tolerance:
			return fmt.Errorf("it shows %s, and the world has been at %s: set the machine's clock right and start again: %w",
				now.Format(time.RFC3339), before.seen.Format(time.RFC3339), ErrBackwards)
		case !now.After(before.seen):
			return nil
		}
		_, err = tx.Exec(`UPDATE clock_field SET seen = $1 WHERE id = 1 AND seen < $1`, store.Micros(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("clock: %w", err)
	}
	return nil
}

// Held is a clock that stands until it is moved, and is where it was after a
// restart. It is safe for use by several goroutines.
type Held struct {
	db *store.DB

	mu  sync.RWMutex
	now time.Time
}

var _ calendar.Clock = (*Held)(nil)

// Hold reads the clock of a world, or sets it to the given time in a new one.
func Hold(ctx context.Context, db *store.DB, begin time.Time) (*Held, error) {
	begin = begin.UTC().Truncate(time.Second)
	c := &Held{db: db}
	err := db.Do(ctx, func(tx store.Tx) error {
		if err := insert(tx, begin, true); err != nil {
			return err
		}
		found, err := read(tx.LockRow)
		if err == nil && !found.held {
			err = fmt.Errorf("it was run on the machine's clock: a clock moved by command would falsify its times: %w", ErrKind)
		}
		c.now = found.seen
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("clock: %w", err)
	}
	return c, nil
}

// Now returns the time the clock stands at.
func (c *Held) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.now
}

// Move sets the clock forward to the time and keeps it. It returns ErrMoved,
// and shows the new time, if another process has moved it since.
func (c *Held) Move(ctx context.Context, to time.Time) error {
	from := c.Now()
	if to.Before(from) {
		return fmt.Errorf("clock: it stands at %s and is not set back to %s: %w", from.Format(time.RFC3339), to.Format(time.RFC3339), ErrBackwards)
	}
	var moved bool
	err := c.db.Do(ctx, func(tx store.Tx) error {
		n, err := store.Changed(tx.Exec(`UPDATE clock_field SET seen = $1 WHERE id = 1 AND seen = $2`, store.Micros(to), store.Micros(from)))
		moved = n == 1
		return err
	})
	if err != nil {
		return fmt.Errorf("clock: move it: %w", err)
	}
	if !moved {
		return errors.Join(c.Refresh(ctx), fmt.Errorf("clock: %w", ErrMoved))
	}
	c.set(to)
	return nil
}

// Refresh shows where the clock stands, in case another process has moved it.
func (c *Held) Refresh(ctx context.Context) error {
	var found row
	err := c.db.Read(ctx, func(r store.Reader) (err error) {
		found, err = read(r.QueryRow)
		return err
	})
	if err != nil {
		return fmt.Errorf("clock: read it: %w", err)
	}
	c.set(found.seen)
	return nil
}

func (c *Held) set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if to.After(c.now) {
		c.now = to
	}
}
