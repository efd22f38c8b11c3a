package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"filtjanst/filing"
)

const loadFilers = 8

// meanwhile holds the waiting for receipts during an evening to that at rest,
// for filers that send without a pause and for filers that send now and then.
func meanwhile(ctx context.Context, b *bench) error {
	facts, _, err := smallApplications()
	if err != nil {
		return err
	}
	for _, pace := range []struct {
		name  string
		every time.Duration
	}{{"10/s each", 100 * time.Millisecond}, {"no pause", 0}} {
		var turns []sample
		for range b.turnsOr(b.slowTurns) {
			t, err := b.meanwhileTurn(ctx, facts, pace.every)
			if err != nil {
				return err
			}
			turns = append(turns, t)
		}
		f := against(fmt.Sprintf("p99 of receipts, evening, 8×%s", pace.name), "ms", atMost(5), turns)
		if err := b.tell(f); err != nil {
			return err
		}
	}
	return nil
}

// meanwhileTurn is one evening under load, and then as good as the same time
// at rest: what comes in after the evening has begun waits for the next.
func (b *bench) meanwhileTurn(ctx context.Context, facts filing.FileFacts, every time.Duration) (s sample, err error) {
	h, err := b.newHouse(ctx, 1+loadFilers)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.sendLarge(h.filers[0], b.sizes.evening); err != nil {
		return s, err
	}
	l := &load{filers: h.filers[1:], facts: facts, every: every}
	if _, err := l.during(func() error { time.Sleep(b.load / 10); return nil }); err != nil { // warm
		return s, err
	}
	var evening []float64
	if _, err = b.timed(func() error {
		evening, err = l.during(func() error { return h.evening(ctx, b.sizes.evening) })
		return err
	}); err != nil {
		return s, err
	}
	rest, err := l.during(func() error { time.Sleep(b.load); return nil })
	if err != nil {
		return s, err
	}
	return sample{percentile(evening, 99), percentile(rest, 99)}, nil
}

// load is filers that send small files.
type load struct {
	filers []*filer
	facts  filing.FileFacts
	every  time.Duration // from one sending to the next; 0: as soon as answered
}

// during sends while the work goes on and returns the waiting times in
// milliseconds, sorted.
func (l *load) during(work func() error) ([]float64, error) {
	var over atomic.Bool
	var group errgroup.Group
	waits := make([][]float64, len(l.filers))
	for i, f := range l.filers {
		group.Go(func() (err error) {
			waits[i], err = l.one(f, time.Duration(i)*l.every/time.Duration(len(l.filers)), &over)
			return err
		})
	}
	err := work()
	over.Store(true)
	if err = errors.Join(err, group.Wait()); err != nil {
		return nil, err
	}
	all := slices.Sorted(slices.Values(slices.Concat(waits...)))
	if len(all) == 0 {
		return nil, errors.New("no receipt was given in the time: make it longer")
	}
	return all, nil
}

// one filer's waits. At a pace they count from when it was to send, so that a
// late answer does not hide those that stand behind it.
func (l *load) one(f *filer, first time.Duration, over *atomic.Bool) (waits []float64, err error) {
	due := time.Now().Add(first)
	for !over.Load() {
		r, err := f.next(l.facts)
		if err != nil {
			return nil, err
		}
		if l.every == 0 {
			due = time.Now()
		}
		time.Sleep(time.Until(due))
		if err := f.send(r); err != nil {
			return nil, fmt.Errorf("filer %s: %w", f.code, err)
		}
		waits = append(waits, float64(time.Since(due).Microseconds())/1000)
		due = due.Add(l.every)
	}
	return waits, nil
}
