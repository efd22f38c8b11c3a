package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// large holds the receipt for a large file to hashing and keeping its bytes.
func large(ctx context.Context, b *bench) (err error) {
	h, err := b.newHouse(ctx, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	facts := stated(b.sizes.large)
	var turns []sample
	for range b.turnsOr(b.sizes.slowTurns + 2) {
		r, err := h.filers[0].next(facts)
		if err != nil {
			return err
		}
		floor, err := b.hashTurn(r.body)
		if err != nil {
			return err
		}
		work, err := b.timed(func() error { return h.filers[0].send(r) })
		if err != nil {
			return err
		}
		turns = append(turns, sample{work.Seconds(), floor.Seconds()})
	}
	if err := h.allApproved(ctx); err != nil {
		return err
	}
	return b.tell(against("receipt for a large file", "s", atMost(4), turns))
}

func (b *bench) hashTurn(content []byte) (time.Duration, error) {
	dir, err := b.workplace()
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	err = hashAndKeep(filepath.Join(dir, "file"), content)
	took := time.Since(begun)
	return took, errors.Join(err, os.RemoveAll(dir))
}
