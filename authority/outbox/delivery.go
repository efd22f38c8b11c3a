package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"filtjanst/authority/journal"
	"filtjanst/authority/store"
)

// due is the next message for an address.
type due struct {
	Listed
	attempts int64
}

func (p *Pusher) next(ctx context.Context, address string) (d due, found bool, err error) {
	err = p.box.db.Read(ctx, func(r store.Reader) error {
		d.Listed, err = readOne(r, `SELECT `+listColumns+`, m.body FROM outbox_push q JOIN outbox_message m ON m.id = q.message
			WHERE q.address = $1 AND q.next_at <= $2 ORDER BY q.next_at, q.message LIMIT 1`, address, store.Micros(p.now()))
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		found = true
		return r.QueryRow(`SELECT attempts FROM outbox_push WHERE message = $1`, d.ID).Scan(&d.attempts)
	})
	return d, found, err
}

// pushNext delivers the next message of the address; false when there is none,
// or it failed.
func (p *Pusher) pushNext(ctx context.Context, lease store.Lease, address string) (bool, error) {
	d, found, err := p.next(ctx, address)
	if err != nil || !found {
		return false, err
	}
	outcome := p.attempt(ctx, d)
	if err := ctx.Err(); err != nil {
		return false, err // broken off by ourselves: no failure of the peer
	}
	return outcome == nil, p.settle(ctx, lease, d, outcome)
}

// attempt delivers once. A panic on the way is a failure like others.
func (p *Pusher) attempt(ctx context.Context, d due) (err error) {
	ctx, cancel := context.WithTimeout(ctx, p.policy.Lease/2)
	defer cancel()
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("outbox: a delivery panicked: %v\n%s", cause, debug.Stack())
		}
	}()
	body, err := p.open(ctx, d)
	if err != nil {
		return err
	}
	defer body.Close()
	return p.deliver.Deliver(ctx, d.Message, body)
}

func (p *Pusher) open(ctx context.Context, d due) (io.ReadCloser, error) {
	if d.Body.Key == "" {
		return io.NopCloser(bytes.NewReader(d.Body.Inline)), nil
	}
	return p.box.bytes(ctx, d.Listed)
}

// settle records what became of an attempt, if the lease still is ours.
func (p *Pusher) settle(ctx context.Context, lease store.Lease, d due, outcome error) error {
	if outcome == nil {
		return p.record(ctx, lease, func(tx store.Tx) error { return p.delivered(tx, d.ID, p.field()) })
	}
	var refusal *Refusal
	refused := errors.As(outcome, &refusal)
	p.log.Warn("outbox: a push failed", "message", d.ID, "attempt", d.attempts+1, "error", outcome)
	if !refused && d.attempts+1 < int64(p.policy.Attempts) {
		next := p.now().Add(p.policy.wait(d.attempts + 1))
		return p.record(ctx, lease, func(tx store.Tx) error { return postpone(tx, d.ID, next, outcome) })
	}
	if !refused {
		refusal = &Refusal{Code: GaveUp, Info: outcome.Error()}
	}
	return p.giveUp(ctx, lease, d, refusal)
}

func (p *Pusher) record(ctx context.Context, lease store.Lease, work func(store.Tx) error) error {
	return p.box.db.Do(ctx, func(tx store.Tx) error {
		if err := lease.Confirm(tx); err != nil {
			return err
		}
		return work(tx)
	})
}

func (p *Pusher) delivered(tx store.Tx, id int64, at time.Time) error {
	if err := p.box.SentWhole(tx, id, at); err != nil {
		return err
	}
	return endPush(tx, id)
}

// giveUp quarantines the message and raises the alarm in the same commit.
func (p *Pusher) giveUp(ctx context.Context, lease store.Lease, d due, why *Refusal) error {
	id, err := p.journal.NewIDs(ctx, 1)
	if err != nil {
		return err
	}
	salt, err := journal.Salt(p.random)
	if err != nil {
		return err
	}
	at := p.field()
	alarm := journal.Event{ID: id, Kind: QuarantinedEvent, Subject: d.TxID, At: at, Data: []byte(why.Code), Salt: salt}
	err = p.record(ctx, lease, func(tx store.Tx) error {
		if err := quarantine(tx, d.ID, why, salt, at); err != nil {
			return err
		}
		_, err := p.journal.Append(tx, alarm)
		return err
	})
	if err == nil {
		p.log.Error("outbox: a message is quarantined", "message", d.ID, "address", d.Address, "code", why.Code)
	}
	return err
}
