package outbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
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
		renewed, err := p.box.db.RenewLease(ctx, lease, p.policy.Lease)
		if err != nil { // what is held is released all the same
			return delivered, lostIsNoFault(err)
		}
		lease = renewed
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
