package evening

import (
	"sync/atomic"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

const (
	// holdAim is how long a chunk should hold SQLite's one writer: receipts
	// wait behind it, and store.MaxHold is the most they shall wait.
	holdAim = store.MaxHold / 2
	// leastChunk keeps the share of commits small on a slow machine.
	leastChunk = 20
	firstChunk = 100
)

// pace is how many documents go into the next chunk. The reader of a file asks
// it and the writer tells it how long a chunk took.
type pace struct{ size atomic.Int64 }

// start begins at the right size for the engine. PostgreSQL has no one writer
// to hold, so its chunks are as large as they may be.
func (p *pace) start(e store.Engine) {
	if e == store.Postgres {
		p.size.Store(service.ChunkSize)
		return
	}
	p.size.Store(firstChunk)
}

func (p *pace) next() int { return int(p.size.Load()) }

// took adjusts the size by a chunk of n documents that held the writer for d.
// It at most doubles.
func (p *pace) took(e store.Engine, n int, d time.Duration) {
	if e == store.Postgres || n == 0 {
		return
	}
	fitting := int64(n) * int64(holdAim) / max(1, int64(d))
	p.size.Store(min(max(fitting, leastChunk), 2*int64(n), service.ChunkSize))
}
