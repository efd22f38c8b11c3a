package store

import (
	"context"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// request is one closure on its way through the writer. Whoever moves it out
// of queued owns it: the writer by taking it, its caller by abandoning it.
type request struct {
	ctx    context.Context
	fn     func(Tx) error
	lane   lane
	queued time.Time
	taken  atomic.Bool
	err    error      // of the closure, set by the writer
	done   chan error // one value, the outcome
}

// guarded runs a closure and turns a panic into an error.
func guarded[T any](tx T, fn func(T) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return fn(tx)
}

const (
	// queueLength is how many writes may stand in a lane before callers wait
	// to enter it.
	queueLength = 1024
	// maxWait is when a lower lane gets a turn although a higher one has work.
	maxWait = 100 * time.Millisecond
	// share is how many writes of the first lane go before a normal one when
	// both fill the same group.
	share = 4
)

// queue is the lanes before the writer. Any goroutine adds; only the writer
// takes.
type queue struct {
	lanes [lanes]chan *request
	stop  chan struct{}

	// The writer's: requests taken out of a lane to see their age, and when a
	// lane last had a turn.
	heads  [lanes]*request
	served [lanes]time.Time

	mu     sync.RWMutex // held for reading while adding, for writing to close
	closed bool
}

func newQueue() *queue {
	q := &queue{stop: make(chan struct{})}
	for l := range q.lanes {
		q.lanes[l] = make(chan *request, queueLength)
	}
	return q
}

// add puts r into its lane, waiting while it is full.
func (q *queue) add(r *request) error {
	q.mu.RLock()
	defer q.mu.RUnlock()
	if q.closed {
		return ErrClosed
	}
	select {
	case q.lanes[r.lane] <- r:
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

// close refuses further requests; those added are still served. It reports
// whether this call did it.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.closed = true
	close(q.stop)
	return true
}

// next waits for the request that opens a group; nil means closed and empty.
func (q *queue) next() *request {
	for {
		if r := q.poll(); r != nil {
			return r
		}
		select {
		case r := <-q.lanes[laneFirst]:
			return r
		case r := <-q.lanes[laneNormal]:
			return r
		case r := <-q.lanes[laneLast]:
			return r
		case <-q.stop:
			return q.poll()
		}
	}
}

// poll takes the request whose turn it is, if any.
func (q *queue) poll() *request {
	for l := lanes - 1; l > laneFirst; l-- {
		if q.overdue(l) {
			return q.take(l)
		}
	}
	for l := range lanes {
		if r := q.take(l); r != nil {
			return r
		}
	}
	return nil
}

// join takes another request for a group of n; bulk work never joins one.
func (q *queue) join(n int) *request {
	order := [2]lane{laneFirst, laneNormal}
	if n%share == 0 {
		order = [2]lane{laneNormal, laneFirst}
	}
	for _, l := range order {
		if r := q.take(l); r != nil {
			return r
		}
	}
	return nil
}

// overdue tells whether a lane has work that waited, and had no turn, for
// maxWait. Age alone would let a long lower lane go before the higher ones.
func (q *queue) overdue(l lane) bool {
	r := q.head(l)
	return r != nil && time.Since(r.queued) > maxWait && time.Since(q.served[l]) > maxWait
}

// head shows the next request of a lane, if any.
func (q *queue) head(l lane) *request {
	if q.heads[l] == nil {
		select {
		case q.heads[l] = <-q.lanes[l]:
		default:
		}
	}
	return q.heads[l]
}

func (q *queue) take(l lane) *request {
	r := q.head(l)
	if r != nil {
		q.heads[l], q.served[l] = nil, time.Now()
	}
	return r
}
