package authority

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/clock"
	"filtjanst/authority/outbox"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/statute"
)

// worker is work that is done again and again. It finds in rows what there is
// to do, so that any replica may do it and nothing is lost between two times.
type worker struct {
	name  string
	every time.Duration // wall time
	do    func(context.Context) error
}

// How often the workers look, by wall time.
const (
	lookForDue     = 5 * time.Second
	lookForPush    = 2 * time.Second
	lookForLeft    = time.Hour
	lookForOld     = 6 * time.Hour
	lookForFiles   = 20 * time.Second
	lookForClock   = 20 * time.Second
	leftAfter      = 24 * time.Hour // DESIGN decision 2
	chores         = 10 * time.Minute
	expiresSoon    = 30 * 24 * time.Hour
	lookForExpires = 12 * time.Hour
	purgeChunk     = 100 // rows of one transaction
)

func (a *Authority) startWorkers(ctx context.Context) *sync.WaitGroup {
	var wait sync.WaitGroup
	run := func(world string, w worker) { wait.Go(func() { a.repeat(ctx, world, w) }) }
	run("", worker{"certificates", lookForFiles, a.reloadCertificates})
	run("", worker{"expiry", lookForExpires, a.warnOfExpiry})
	for _, w := range a.worlds {
		for _, work := range a.workersOf(w) {
			run(w.Name, work)
		}
	}
	return &wait
}

func (a *Authority) workersOf(w *World) []worker {
	return []worker{
		{"due", lookForDue, w.work},
		{"push", lookForPush, func(ctx context.Context) error { return a.push(ctx, w) }},
		{"sweep", lookForLeft, a.alone(w, "authority/sweep", w.sweep)},
		{"purge", lookForOld, a.alone(w, "authority/purge", w.purge)},
		{"clock", lookForClock, w.watchClock},
	}
}

// repeat does the work at once and then at its intervals.
func (a *Authority) repeat(ctx context.Context, world string, w worker) {
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for {
		if err := contain(ctx, w.do); err != nil && ctx.Err() == nil {
			a.metrics.failed(w.name, world)
			a.log.ErrorContext(ctx, "authority: worker failed, it tries again", "worker", w.name, "world", world, "reason", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// contain keeps a panic in one work from ending the intake of files.
func contain(ctx context.Context, do func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do(ctx)
}

// alone does the work only where no other replica is at it.
func (a *Authority) alone(w *World, lease string, do func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		l, err := w.DB.AcquireLease(ctx, lease, a.holder, chores)
		if errors.Is(err, store.ErrLeaseHeld) {
			return nil
		}
		if err != nil {
			return err
		}
		return errors.Join(do(ctx), w.DB.ReleaseLease(context.WithoutCancel(ctx), l))
	}
}

// work does what is due: halves that waited too long, and the evening.
func (w *World) work(ctx context.Context) error {
	if !w.turn.TryLock() {
		return nil // the clock is being moved, and does it on its way
	}
	defer w.turn.Unlock()
	_, err := w.doDue(ctx)
	return err
}

func (a *Authority) push(ctx context.Context, w *World) error {
	n, err := w.pusher.Push(ctx)
	a.metrics.pushed(w.Name, n)
	return err
}

// sweep deletes bytes that no row names (DESIGN decision 2).
func (w *World) sweep(ctx context.Context) error {
	n, err := blob.Sweep(ctx, w.blobs, time.Now().Add(-leftAfter), func(key string) (bool, error) { return w.named(ctx, key) })
	if n > 0 {
		w.log.InfoContext(ctx, "authority: bytes without a row were deleted", "objects", n)
	}
	return err
}

func (w *World) named(ctx context.Context, key string) (named bool, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		if named, err = w.Door.HasBlob(r, key); named || err != nil {
			return err
		}
		named, err = w.Outbox.HasBlob(r, key)
		return err
	})
	return named, err
}

// purge deletes what has been kept long enough (DESIGN decisions 13 and 17).
func (w *World) purge(ctx context.Context) error {
	messages, err := w.Outbox.Purge(ctx, w.Clock.Now().Add(-outbox.Keep))
	contacts, contactErr := w.inChunks(ctx, w.Parties.Purge)
	files, fileErr := w.inChunks(ctx, w.Door.Weed)
	stopErr := w.purgeStops(ctx)
	cases, caseErr := w.purgeRooms(ctx)
	if messages > 0 || contacts+files+cases > 0 {
		w.log.InfoContext(ctx, "authority: what was old was deleted", "messages", messages, "contacts", contacts, "files", files, "cases", cases)
	}
	return errors.Join(err, contactErr, fileErr, stopErr, caseErr)
}

// purgeStops deletes what was stopped of files longer ago than such data are kept,
// in whatever service (KFD 1:7).
func (w *World) purgeStops(ctx context.Context) error {
	today := calendar.Today(w.Clock)
	kept, _, err := w.law.Period(statute.KeepOther, today.Time())
	if err != nil {
		return fmt.Errorf("authority: how long stops are kept: %w", err)
	}
	return w.DB.DoLast(ctx, func(tx store.Tx) error {
		return service.NewStops(w.DB, nil).Purge(tx, calendar.Period(kept).Before(today))
	})
}

// purgeRooms deletes cases, letters, look-ups and invoices no longer kept.
func (w *World) purgeRooms(ctx context.Context) (total int64, err error) {
	today := calendar.Today(w.Clock)
	for _, purge := range []func(context.Context, calendar.Day) (int64, error){
		w.Orders.Purge, w.Enforcements.Purge, w.Matters.Purge, w.Extracts.Purge, w.Letters.Purge, w.Fees.Purge,
	} {
		n, purgeErr := purge(ctx, today)
		total, err = total+n, errors.Join(err, purgeErr)
	}
	return total, err
}

// inChunks deletes what is too old on the world's day until less than a chunk
// is left.
func (w *World) inChunks(ctx context.Context, old func(tx store.Tx, today calendar.Day, limit int) (int, error)) (int64, error) {
	today := calendar.Today(w.Clock)
	return w.DB.DoInChunks(ctx, purgeChunk, func(tx store.Tx) (int64, error) {
		n, err := old(tx, today, purgeChunk)
		return int64(n), err
	})
}

func (w *World) watchClock(ctx context.Context) error {
	if w.held != nil {
		return w.held.Refresh(ctx)
	}
	if w.config.Clock == heldClock {
		return nil // a clock was handed in
	}
	return clock.Watch(ctx, w.DB, w.Clock.Now())
}

func (a *Authority) reloadCertificates(ctx context.Context) error {
	changed, err := a.keys.reload()
	if changed && err == nil {
		a.log.InfoContext(ctx, "authority: certificates and revocation lists were read again")
	}
	return err
}

// warnOfExpiry tells in good time (trap: certificates that expire without a word).
func (a *Authority) warnOfExpiry(ctx context.Context) error {
	for _, c := range a.keys.certificates() {
		if left := time.Until(c.Leaf.NotAfter); left < expiresSoon {
			a.log.WarnContext(ctx, "authority: a server certificate expires soon: add the next one beside it",
				"subject", c.Leaf.Subject.String(), "expires", c.Leaf.NotAfter, "days", int(left.Hours()/24))
		}
	}
	return nil
}
