package store

import (
	"context"
	"fmt"
	"sync"
)

// idBlock is how many ids a replica reserves at once, where idTimes as many as
// are asked for are not more: what is asked for anew each time is mostly not
// reserved anew.
const (
	idBlock = 1000
	idTimes = 8
)

// IDs hands out the ids of one sequence: int64 from 1 up, unique across
// replicas and restarts, with gaps, ascending only within a replica.
type IDs struct {
	db   *DB
	name string

	mu         sync.Mutex
	next, last int64 // the block at hand, both inclusive; next > last is empty
}

// IDs returns the sequence called name, which comes to be when first used.
func (db *DB) IDs(name string) *IDs {
	db.mu.Lock()
	defer db.mu.Unlock()
	s, ok := db.ids[name]
	if !ok {
		s = &IDs{db: db, name: name, next: 1}
		db.ids[name] = s
	}
	return s
}

// Next returns the first of n ids in a row. Call it before the transaction that
// uses them, not within ([IDs.Within] is for that).
func (s *IDs) Next(ctx context.Context, n int) (int64, error) {
	if n < 1 {
		return 0, fmt.Errorf("store: %d ids of %s asked for", n, s.name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first, ok := s.fromBlock(int64(n)); ok {
		return first, nil
	}
	size := max(idTimes*int64(n), idBlock)
	var first int64
	err := s.db.DoFirst(ctx, func(tx Tx) (err error) {
		first, err = reserve(tx, s.name, size)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: reserve ids of %s: %w", s.name, err)
	}
	s.next, s.last = first+int64(n), first+size-1
	return first, nil
}

// Within is Next inside a transaction. Without enough ids at hand it reserves
// exactly n through tx, which on PostgreSQL holds the sequence's row until the
// commit.
func (s *IDs) Within(tx Tx, n int) (int64, error) {
	if n < 1 {
		return 0, fmt.Errorf("store: %d ids of %s asked for", n, s.name)
	}
	if s.mu.TryLock() { // its holder may be waiting for the writer we are in
		defer s.mu.Unlock()
		if first, ok := s.fromBlock(int64(n)); ok {
			return first, nil
		}
	}
	first, err := reserve(tx, s.name, int64(n))
	if err != nil {
		return 0, fmt.Errorf("store: reserve ids of %s: %w", s.name, err)
	}
	return first, nil
}

// fromBlock takes n ids from the block at hand; s.mu is held.
func (s *IDs) fromBlock(n int64) (int64, bool) {
	if s.last-s.next+1 < n {
		return 0, false
	}
	first := s.next
	s.next += n
	return first, true
}

func reserve(tx Tx, name string, n int64) (int64, error) {
	var next int64
	err := tx.QueryRow(`INSERT INTO store_ids (name, next) VALUES ($1, 1 + $2)
		ON CONFLICT (name) DO UPDATE SET next = store_ids.next + $2
		RETURNING next`, name, n).Scan(&next)
	return next - n, err
}
