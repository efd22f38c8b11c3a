package evening

import (
	"sync/atomic"
	"time"

	"filtjanst/authority/store"
)

const (
	// holdAim is how long a chunk should hold SQLite's one writer. Receipts
	// wait behind it and its commit, store.MaxHold at the most; half of the
	// chunks take longer than aimed at.
	holdAim = store.MaxHold / 4
	// leastChunk keeps the share of commits small on a slow machine.
	leastChunk = 20
	firstChunk = 100
)

// pace is how many documents go into the next chunk. The reader of a file asks
// it and the writer tells it how long a chunk took.
type pace struct {
	steady bool // PostgreSQL: there is no one writer to hold
	most   int64
	size   atomic.Int64
}

func newPace(e store.Engine, most int) *pace {
	p := &pace{steady: e == store.Postgres, most: int64(most)}
	p.size.Store(p.most)
	if !p.steady {
		p.size.Store(min(firstChunk, p.most))
	}
	return p
}

func (p *pace) next() int { return int(p.size.Load()) }

// took adjusts the size by a chunk of n documents that held the writer for d.
// It at most doubles.
func (p *pace) took(n int, d time.Duration) {
	if p.steady {
		return
	}
	fitting := max(leastChunk, int64(n)*int64(holdAim)/max(1, int64(d)))
	p.size.Store(min(fitting, 2*int64(n), p.most))
}
