package evening

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// deadlinesAtOnce is how many deadlines are acted upon in one transaction.
const deadlinesAtOnce = 50

// deadlines acts on every deadline that has come, those too that follow from
// acting. One that fails stays, for the next run.
func (r *run) deadlines(ctx context.Context) error {
	var failed failures
	for {
		acted, err := r.deadlinePass(ctx, &failed)
		if err != nil || acted == 0 {
			return errors.Join(append(failed.errs, err)...)
		}
		r.count(func(s *Summary) { s.Deadlines += acted })
	}
}

// failures remembers the deadlines that failed in this run.
type failures struct {
	of   map[service.Deadline]bool
	errs []error
}

func (f *failures) add(d service.Deadline, err error) {
	if f.of == nil {
		f.of = map[service.Deadline]bool{}
	}
	f.of[d] = true
	f.errs = append(f.errs, fmt.Errorf("evening: deadline %s of %s %d: %w", d.Kind, d.Service, d.Subject, err))
}

// deadlinePass goes once through what is due.
func (r *run) deadlinePass(ctx context.Context, failed *failures) (acted int64, err error) {
	var after service.Deadline
	for {
		due, err := r.dueAfter(ctx, after)
		if err != nil || len(due) == 0 {
			return acted, err
		}
		after = due[len(due)-1]
		n, err := r.actOn(ctx, due, failed)
		acted += n
		if err != nil {
			return acted, err
		}
	}
}

func (r *run) dueAfter(ctx context.Context, after service.Deadline) (due []service.Deadline, err error) {
	err = r.DB.Read(ctx, func(rd store.Reader) error {
		due, err = service.Deadlines{}.Due(rd, r.day, after, deadlinesAtOnce)
		return err
	})
	return due, err
}

// act is a deadline with what follows from it.
type act struct {
	service.Deadline
	work service.Work
}

// actOn acts on the deadlines in one transaction; if that fails, on each in
// its own, so that one bad deadline does not hold up the others.
func (r *run) actOn(ctx context.Context, due []service.Deadline, failed *failures) (int64, error) {
	acts := r.prepare(ctx, due, failed)
	n, err := r.take(ctx, acts)
	if err == nil || ctx.Err() != nil {
		return n, errors.Join(err, ctx.Err())
	}
	var all int64
	for _, a := range acts {
		n, err := r.take(ctx, []act{a})
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		if err != nil {
			failed.add(a.Deadline, err)
		}
		all += n
	}
	return all, nil
}

func (r *run) prepare(ctx context.Context, due []service.Deadline, failed *failures) []act {
	acts := make([]act, 0, len(due))
	for _, d := range due {
		if failed.of[d] {
			continue
		}
		s, known := r.services[d.Service]
		if !known {
			failed.add(d, errors.New("no such service here"))
			continue
		}
		work, err := s.Due(ctx, d)
		if err != nil {
			failed.add(d, err)
			continue
		}
		acts = append(acts, act{d, work})
	}
	return acts
}

// take takes deadlines away and does what follows. One that another worker
// has taken, or that was moved or cancelled, is passed over.
func (r *run) take(ctx context.Context, acts []act) (taken int64, err error) {
	if len(acts) == 0 {
		return 0, nil
	}
	err = r.DB.DoLast(ctx, func(tx store.Tx) error {
		taken = 0
		for _, a := range acts {
			ours, err := service.Deadlines{}.Take(tx, a.Deadline)
			if err != nil {
				return err
			}
			if !ours {
				continue
			}
			if err := a.work(tx); err != nil {
				return err
			}
			taken++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return taken, nil
}
