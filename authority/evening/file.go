package evening

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// reading is one file in the hands of one worker.
type reading struct {
	*run
	file  service.File
	route route
	lease store.Lease
	set   *filing.Set
	pace  *pace
}

// file reads one file in, under its lease. A file that another worker has, or
// takes, is left to it.
func (r *run) file(ctx context.Context, f service.File) (err error) {
	route, known := r.routes[f.Transaction]
	if !known {
		return errors.New("no service takes it in here")
	}
	lease, err := r.DB.AcquireLease(ctx, "evening/file/"+strconv.FormatInt(f.ID, 10), r.holder, r.Lease)
	if errors.Is(err, store.ErrLeaseHeld) {
		r.count(func(s *Summary) { s.Busy++ })
		return nil
	}
	if err != nil {
		return err
	}
	held, letGo := r.keep(ctx, lease)
	defer letGo() // also in a panic, or the lease would be kept for ever
	x := &reading{run: r, file: f, route: route, lease: lease, pace: newPace(r.DB.Engine(), r.Chunk)}
	err = x.toEnd(held)
	letGo()
	if errors.Is(err, errClosed) {
		err = nil // the next run goes on at the cursor
	}
	err = errors.Join(err, r.DB.ReleaseLease(context.WithoutCancel(ctx), lease))
	if errors.Is(err, store.ErrLeaseLost) || errors.Is(context.Cause(held), store.ErrLeaseLost) {
		r.Logger.Warn("evening: the lease of a file was lost, another worker goes on", "file", f.ID)
		r.count(func(s *Summary) { s.Busy++ })
		return nil
	}
	return err
}

// keep renews the lease until letGo is called. The context it returns ends
// when the lease cannot be kept.
func (r *run) keep(ctx context.Context, lease store.Lease) (held context.Context, letGo func()) {
	held, cancel := context.WithCancelCause(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(r.Lease / 3)
		defer tick.Stop()
		for {
			select {
			case <-held.Done():
				return
			case <-tick.C:
			}
			if _, err := r.DB.RenewLease(held, lease, r.Lease); errors.Is(err, store.ErrLeaseLost) {
				cancel(err)
				return
			}
		}
	}()
	return held, func() {
		cancel(nil)
		<-stopped
	}
}

// outcomeTries is how often the file is looked at anew when a connection was
// lost during a commit, which leaves open whether the work was kept.
const outcomeTries = 3

func (x *reading) toEnd(ctx context.Context) (err error) {
	for range outcomeTries {
		if err = x.once(ctx); !errors.Is(err, store.ErrOutcomeUnknown) {
			return err
		}
	}
	return err
}

// once goes on at the cursor, to the end of the file and its confirmation.
func (x *reading) once(ctx context.Context) error {
	cursor, done, err := x.cursor(ctx)
	if err != nil || done {
		return err
	}
	body, set, err := x.Files.Open(ctx, x.file.ID)
	if err != nil {
		return err
	}
	defer body.Close()
	x.set = set
	if cursor < x.file.Documents {
		if err := x.apply(ctx, body, cursor); err != nil {
			return err
		}
	}
	if err := x.finish(ctx); err != nil {
		return err
	}
	x.count(func(s *Summary) { s.Files++ })
	return nil
}

func (x *reading) cursor(ctx context.Context) (cursor int64, done bool, err error) {
	err = x.DB.Read(ctx, func(r store.Reader) error {
		cursor, done, err = x.Files.Progress(r, x.file.ID)
		return err
	})
	return cursor, done, err
}

// errClosed breaks off the reading of a file where a maintenance window begins.
var errClosed = errors.New("a maintenance window has begun")

// apply commits the documents after the cursor, chunk by chunk, until a
// maintenance window begins. While one chunk is written the next is read.
func (x *reading) apply(ctx context.Context, body io.Reader, cursor int64) error {
	ctx, cancel := context.WithCancelCause(ctx)
	chunks := make(chan chunk, 1)
	var readErr error
	go func() {
		defer close(chunks)
		readErr = guarded(func() error { return x.read(ctx, body, cursor, chunks) })
	}()
	var err error
	for c := range chunks {
		if err = x.commit(ctx, c); err != nil {
			cancel(err)
			break
		}
	}
	for range chunks { // let the reader end before the file is closed
	}
	cancel(nil)
	if err != nil {
		return err
	}
	return readErr
}

// commit writes a chunk and the cursor behind it, or gives errClosed.
func (x *reading) commit(ctx context.Context, c chunk) error {
	if x.closed(x.Clock.Now()) {
		return errClosed
	}
	work := service.Work(func(store.Tx) error { return nil })
	if len(c.docs) > 0 {
		var err error
		if work, err = x.route.Apply(ctx, c.file, c.docs); err != nil {
			return err
		}
	}
	var held time.Duration // of the writer; nothing that is written depends on it
	err := x.DB.DoLast(ctx, func(tx store.Tx) error {
		begun := time.Now()
		defer func() { held = time.Since(begun) }()
		if err := x.lease.Confirm(tx); err != nil {
			return err
		}
		if err := x.Files.Advance(tx, x.file.ID, c.from, c.to, x.lease.Fence); err != nil {
			return err
		}
		return work(tx)
	})
	if err != nil {
		return fmt.Errorf("documents %d to %d: %w", c.from+1, c.to, err)
	}
	x.pace.took(max(1, len(c.docs)), held)
	x.progress(int64(len(c.docs)), c.to)
	return nil
}

func (x *reading) progress(documents, to int64) {
	x.run.progress(documents, Progress{
		File: x.file.ID, Transaction: x.file.Transaction, PartyCode: x.file.PartyCode, Done: to, Of: x.file.Documents,
	})
}
