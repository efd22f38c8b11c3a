package store

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// maxAttempts bounds how often a transaction is run when others are in its
	// way; with the pauses between it gives up after some seconds.
	maxAttempts = 12
	// maxReconnects bounds how often it is run when the connection breaks.
	maxReconnects = 3
	firstPause    = 2 * time.Millisecond
	longestPause  = 500 * time.Millisecond
)

// retrying runs once again after failures that say nothing about the work
// itself.
func (p *postgresDB) retrying(ctx context.Context, once func() error) error {
	for attempt := 1; ; attempt++ {
		if p.closed.Load() {
			return ErrClosed
		}
		err := once()
		if err == nil || ctx.Err() != nil || attempt >= attempts(err) {
			return err
		}
		p.tally.retried()
		if !pause(ctx, attempt) {
			return err
		}
	}
}

// attempts is how often a transaction that failed with err may run in all.
func attempts(err error) int {
	if errors.Is(err, ErrOutcomeUnknown) {
		return 1
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case pg.Code == pgSerialization || pg.Code == pgDeadlock:
			return maxAttempts
		case pg.SeverityUnlocalized == "FATAL" && pg.Code[:2] == "57":
			return maxReconnects // the server went down before the commit
		}
		return 1
	}
	if lost(err) {
		return maxReconnects
	}
	return 1
}

// lost tells whether the connection broke.
func lost(err error) bool {
	_, network := errors.AsType[net.Error](err)
	return network || pgconn.SafeToRetry(err) || errors.Is(err, errBroken) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// pause waits a random part of a doubling span; false means ctx ended first.
func pause(ctx context.Context, attempt int) bool {
	span := min(firstPause<<attempt, longestPause)
	timer := time.NewTimer(rand.N(span))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
