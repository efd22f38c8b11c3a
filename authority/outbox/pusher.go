package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"filtjanst/authority/journal"
	"filtjanst/authority/store"
)

// Pusher delivers what is to be pushed. Any number may run at once, on any
// number of replicas: an address is pushed to by one at a time, under a lease.
type Pusher struct {
	box     *Box
	deliver Deliverer
	policy  PushPolicy
	journal *journal.Journal
	random  io.Reader
	holder  string
	now     func() time.Time
	field   func() time.Time
	log     *slog.Logger
}

// PusherConfig is what a pusher is made of.
type PusherConfig struct {
	Deliverer Deliverer
	Policy    PushPolicy
	Journal   *journal.Journal // hears of quarantined messages
	Random    io.Reader        // salts of journal events
	Holder    string           // unique to this run of the process
	Field     func() time.Time // the field's time, for what is recorded
	Now       func() time.Time // wall time; nil: time.Now
	Logger    *slog.Logger     // nil discards
}

// NewPusher makes a pusher over the box.
func NewPusher(b *Box, c PusherConfig) (*Pusher, error) {
	if c.Deliverer == nil || c.Journal == nil || c.Random == nil || c.Holder == "" || c.Field == nil {
		return nil, errors.New("outbox: a pusher needs deliverer, journal, randomness, holder and field time")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return &Pusher{box: b, deliver: c.Deliverer, policy: c.Policy.filled(), journal: c.Journal, random: c.Random,
		holder: c.Holder, now: c.Now, field: c.Field, log: c.Logger}, nil
}

// addressesAtOnce is how many addresses one Push delivers to side by side.
const addressesAtOnce = 8

// Push delivers what is due and returns how many messages were delivered. A
// failure ends the round for its address alone; the errors returned are faults
// of our own.
func (p *Pusher) Push(ctx context.Context) (int, error) {
	addresses, err := p.dueAddresses(ctx)
	if err != nil {
		return 0, err
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	var delivered int
	var errs []error
	slots := make(chan struct{}, addressesAtOnce)
	for _, address := range addresses {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			n, err := p.pushTo(ctx, address)
			mu.Lock()
			defer mu.Unlock()
			delivered += n
			errs = append(errs, err)
		})
	}
	wait.Wait()
	return delivered, errors.Join(errs...)
}

func (p *Pusher) dueAddresses(ctx context.Context) (addresses []string, err error) {
	err = p.box.db.Read(ctx, func(r store.Reader) error {
		addresses, err = store.Collect(func(rows *store.Rows) (a string, err error) {
			err = rows.Scan(&a)
			return a, err
		})(r.Query(`SELECT DISTINCT address FROM outbox_push WHERE next_at <= $1 ORDER BY address`, store.Micros(p.now())))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("outbox: find what to push: %w", err)
	}
	return addresses, nil
}

// pushTo delivers what is due for one address until nothing is left or one
// delivery fails.
func (p *Pusher) pushTo(ctx context.Context, address string) (delivered int, err error) {
	lease, err := p.box.db.AcquireLease(ctx, "outbox/push/"+address, p.holder, p.policy.Lease)
	if errors.Is(err, store.ErrLeaseHeld) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer func() {
		err = errors.Join(err, p.box.db.ReleaseLease(context.WithoutCancel(ctx), lease))
	}()
	for ctx.Err() == nil {
		if lease, err = p.box.db.RenewLease(ctx, lease, p.policy.Lease); err != nil {
			return delivered, lostIsNoFault(err)
		}
		ok, err := p.pushNext(ctx, lease, address)
		if err != nil || !ok {
			return delivered, lostIsNoFault(err)
		}
		delivered++
	}
	return delivered, ctx.Err()
}

func lostIsNoFault(err error) error {
	if errors.Is(err, store.ErrLeaseLost) {
		return nil
	}
	return err
}

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
	if ctx.Err() != nil {
		return false, nil // broken off by ourselves: no failure of the peer
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
