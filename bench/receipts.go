package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"filtjanst/filing"
)

const smallFile = 4096

// receipts holds receipts for small files to keeping as many small files.
func receipts(ctx context.Context, b *bench) error {
	facts, content, err := smallApplications()
	if err != nil {
		return err
	}
	for _, s := range []struct {
		filers int
		goal   float64
	}{{8, 1.0}, {32, 0.7}} {
		turns, err := b.receiptTurns(ctx, s.filers, facts, content)
		if err != nil {
			return err
		}
		f := against(fmt.Sprintf("receipts, %d filers, %d bytes", s.filers, len(content)), "/s", atLeast(s.goal), turns)
		if err := b.tell(f); err != nil {
			return err
		}
	}
	return nil
}

// smallApplications are the facts and bytes of the file with as many
// applications as come to 4 kB.
func smallApplications() (filing.FileFacts, []byte, error) {
	for n := 1; ; n++ {
		facts := stated(n)
		var b bytes.Buffer
		if err := writeApplications(&b, filing.TextForm, facts); err != nil {
			return facts, nil, err
		}
		if b.Len() >= smallFile {
			return facts, b.Bytes(), nil
		}
	}
}

func (b *bench) receiptTurns(ctx context.Context, filers int, facts filing.FileFacts, content []byte) (turns []sample, err error) {
	h, err := b.newHouse(ctx, filers)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	each := b.sizes.receipts / filers
	if _, err := b.sendAll(h, facts, max(1, each/4)); err != nil { // connections and caches warm
		return nil, err
	}
	for range b.turnsOr(b.sizes.turns) {
		floor, err := b.keepTurn(filers, each, content)
		if err != nil {
			return nil, err
		}
		work, err := b.sendAll(h, facts, each)
		if err != nil {
			return nil, err
		}
		files := float64(each * filers)
		turns = append(turns, sample{files / work.Seconds(), files / floor.Seconds()})
	}
	return turns, h.allApproved(ctx)
}

func (b *bench) keepTurn(writers, each int, content []byte) (time.Duration, error) {
	dir, err := b.workplace()
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	err = keepEach(dir, writers, each, content)
	took := time.Since(begun)
	return took, errors.Join(err, os.RemoveAll(dir))
}

// sendAll has every filer send that many files, one after the other, and tells
// how long it took to the last answer. The files are made beforehand.
func (b *bench) sendAll(h *house, facts filing.FileFacts, each int) (time.Duration, error) {
	ready := make([][]request, len(h.filers))
	for i, f := range h.filers {
		for range each {
			r, err := f.next(facts)
			if err != nil {
				return 0, err
			}
			ready[i] = append(ready[i], r)
		}
	}
	return b.timed(func() error {
		var group errgroup.Group
		for i, f := range h.filers {
			group.Go(func() error {
				for _, r := range ready[i] {
					if err := f.send(r); err != nil {
						return fmt.Errorf("filer %s: %w", f.code, err)
					}
				}
				return nil
			})
		}
		return group.Wait()
	})
}

// allApproved tells whether every file that was sent is approved and waits.
func (h *house) allApproved(ctx context.Context) error {
	var sent int64
	for _, f := range h.filers {
		sent += f.sequence
	}
	n, err := h.approved(ctx)
	if err == nil && int64(n) != sent {
		err = fmt.Errorf("%d of %d files were approved", n, sent)
	}
	return err
}
