package shs

import (
	"context"
	"errors"
	"fmt"
)

// Keeper stores what [Client.Collect] fetches and remembers what is not yet
// acknowledged, since some nodes neither list nor give a message again once it
// has been fetched.
type Keeper interface {
	// Unacknowledged gives the tx.ids that are saved and not yet acknowledged.
	Unacknowledged(ctx context.Context) ([]string, error)
	// Has tells whether a message is saved, acknowledged or not.
	Has(ctx context.Context, txID string) (bool, error)
	// Save reads the message to its end and stores it durably, in one commit
	// with the note that it is not yet acknowledged.
	Save(ctx context.Context, m *Message) error
	// Acknowledged takes the note away.
	Acknowledged(ctx context.Context, txID string) error
}

// Collected counts what was done.
type Collected struct {
	Fetched      int
	Acknowledged int
}

type collector struct {
	client *Client
	box    Address
	keeper Keeper
	seen   map[string]bool
	done   Collected
	errs   []error
}

// Collect empties an outbox: it acknowledges what an earlier run saved and could
// not acknowledge, then lists, fetches, saves and acknowledges until nothing new
// is listed. A message that fails does not hold up the others; all failures are
// joined in the error, and the next run tries again.
func (c *Client) Collect(ctx context.Context, box Address, f Filter, keeper Keeper) (Collected, error) {
	run := &collector{client: c, box: box, keeper: keeper, seen: map[string]bool{}}
	pending, err := keeper.Unacknowledged(ctx)
	if err != nil {
		return run.done, fmt.Errorf("read what is not acknowledged: %w", err)
	}
	for _, txID := range pending {
		run.seen[txID] = true
		run.note(run.acknowledge(ctx, txID))
	}
	f.Unacknowledged, f.SortBy = true, ""
	f.Limit = limitOrDefault(f.Limit)
	for ctx.Err() == nil {
		list, err := c.List(ctx, box, f)
		if err != nil {
			run.note(err)
			break
		}
		if fresh := run.takeAll(ctx, list.Messages); fresh > 0 {
			continue
		}
		if !list.Filled && !list.More || f.Limit >= MaxHits {
			break
		}
		f.Limit = min(2*f.Limit, MaxHits) // what fails fills the list: look behind it
	}
	run.note(ctx.Err())
	return run.done, errors.Join(run.errs...)
}

func (r *collector) note(err error) {
	if err != nil {
		r.errs = append(r.errs, err)
	}
}

// takeAll takes the messages not seen in this run and tells how many they were.
func (r *collector) takeAll(ctx context.Context, messages []Listed) (fresh int) {
	for _, m := range messages {
		if r.seen[m.TxID] || ctx.Err() != nil {
			continue
		}
		r.seen[m.TxID] = true
		fresh++
		r.note(r.take(ctx, m.TxID))
	}
	return fresh
}

func (r *collector) take(ctx context.Context, txID string) error {
	has, err := r.keeper.Has(ctx, txID)
	if err != nil {
		return fmt.Errorf("look for message %s: %w", txID, err)
	}
	if !has {
		if err := r.client.Fetch(ctx, r.box, txID, r.keeper.Save); err != nil {
			return err
		}
		r.done.Fetched++
	}
	return r.acknowledge(ctx, txID)
}

// acknowledge takes a message that the node does not know any more for
// acknowledged: it is saved here.
func (r *collector) acknowledge(ctx context.Context, txID string) error {
	err := r.client.Ack(ctx, r.box, txID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err := r.keeper.Acknowledged(ctx, txID); err != nil {
		return fmt.Errorf("note that message %s is acknowledged: %w", txID, err)
	}
	r.done.Acknowledged++
	return nil
}
