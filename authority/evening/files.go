package evening

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// filesAtOnce is the length of a list of due files.
const filesAtOnce = 100

// lister lists files that are due, after the one given.
type lister func(rd store.Reader, after int64) ([]service.File, error)

// readIn reads in every file that is due by the evening.
func (r *run) readIn(ctx context.Context) error {
	return r.files(ctx, func(rd store.Reader, after int64) ([]service.File, error) {
		return r.Files.Due(rd, r.day, after, filesAtOnce)
	})
}

// files takes every file that is due to its end, several side by side.
func (r *run) files(ctx context.Context, list lister) error {
	files := make(chan service.File)
	var mu sync.Mutex
	var errs []error
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		errs = append(errs, err)
	}
	var workers sync.WaitGroup
	for range max(1, r.Workers) {
		workers.Go(func() {
			for f := range files {
				err := guarded(func() error { return r.file(ctx, f) })
				if ctx.Err() == nil {
					r.patience.settle(f.ID, err, time.Now())
				}
				if err != nil {
					fail(fmt.Errorf("evening: file %d (%s of %s, number %d): %w", f.ID, f.Transaction, f.PartyCode, f.Sequence, err))
				}
			}
		})
	}
	if err := r.feed(ctx, list, files); err != nil {
		fail(err)
	}
	close(files)
	workers.Wait()
	return errors.Join(errs...)
}

// feed hands the due files to the workers, until there are no more or a
// maintenance window begins.
func (r *run) feed(ctx context.Context, list lister, files chan<- service.File) error {
	var after int64
	for {
		due, err := r.filesAfter(ctx, list, after)
		if err != nil || len(due) == 0 {
			return err
		}
		for _, f := range due {
			if r.closed(r.Clock.Now()) {
				return nil
			}
			if r.patience.waits(f.ID, time.Now()) {
				r.count(func(s *Summary) { s.Postponed++ })
				continue
			}
			select {
			case files <- f:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		after = due[len(due)-1].ID
	}
}

func (r *run) filesAfter(ctx context.Context, list lister, after int64) (due []service.File, err error) {
	err = r.DB.Read(ctx, func(rd store.Reader) error {
		due, err = list(rd, after)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("evening: list the files that are due: %w", err)
	}
	return due, nil
}

// guarded makes a panic an error: one bad file must not end the process, and
// with it the intake of others.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}
