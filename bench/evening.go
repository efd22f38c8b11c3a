package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// eveningRun holds an evening to loading its rows in bulk.
func eveningRun(ctx context.Context, b *bench) error {
	var turns []sample
	for range b.turnsOr(b.slowTurns) {
		floor, err := b.bulkLoad(ctx)
		if err != nil {
			return err
		}
		work, err := b.oneEvening(ctx)
		if err != nil {
			return err
		}
		turns = append(turns, sample{work.Seconds(), floor.Seconds()})
	}
	f := against(fmt.Sprintf("evening of %d cases", b.sizes.evening), "s", atMost(4), turns)
	f.Note = fmt.Sprintf("%.0f cases/s", float64(b.sizes.evening)/f.Work.Median)
	return b.tell(f)
}

// oneEvening times the evening from a file that waits to its confirmation.
func (b *bench) oneEvening(ctx context.Context) (took time.Duration, err error) {
	h, err := b.newHouse(ctx, 1)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.sendLarge(h.filers[0], b.sizes.evening); err != nil {
		return 0, err
	}
	return b.timed(func() error { return h.evening(ctx, b.sizes.evening) })
}

func (h *house) sendLarge(f *filer, applications int) error {
	r, err := f.next(stated(applications))
	if err != nil {
		return err
	}
	return f.send(r)
}

// evening moves the clock to the evening and runs it. It must read in at least
// that many documents.
func (h *house) evening(ctx context.Context, documents int) error {
	moved, err := h.world.AdvanceToEvening(ctx)
	if err != nil {
		return err
	}
	var done int64
	for _, s := range moved.Steps {
		done += s.Evening.Documents
	}
	if done < int64(documents) {
		return fmt.Errorf("the evening read in %d of %d documents", done, documents)
	}
	return nil
}

// bulkLoad is the floor: the rows of the same cases into the same tables and
// indexes, table by table in one transaction, with nothing read or written
// besides.
func (b *bench) bulkLoad(ctx context.Context) (took time.Duration, err error) {
	h, err := b.newHouse(ctx, 0)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	work, err := h.rowsOf(ctx, b.sizes.evening)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	err = h.world.DB.Do(ctx, func(tx store.Tx) error { return work(tx) })
	return time.Since(begun), err
}

func (h *house) rowsOf(ctx context.Context, n int) (service.Work, error) {
	applications := filingtest.New(seed).Applications(n)
	docs := make([]service.Document, n)
	for i := range docs {
		docs[i] = service.Document{Number: int64(i + 1), Content: &applications[i]}
	}
	now := h.world.Clock.Now()
	return h.world.Orders.Apply(ctx, service.File{
		ID: 1, PartyCode: "B00", CodeID: 1, MainCodeID: 1, Transaction: filing.BFApplication, Form: filing.TextForm, Sequence: 1,
		Documents: int64(n), Arrived: now, ReadInDay: calendar.Of(now),
	}, docs)
}
