package evening

import (
	"context"
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// deadlines acts on every deadline that has come, those too that follow from
// acting, until there are no more or a maintenance window begins. One that fails
// stays, for the next run.
func (r *run) deadlines(ctx context.Context) error {
	d := &dueRun{run: r, pace: newPace(r.DB.Engine(), service.ChunkSize), failed: map[service.Deadline]bool{}}
	for {
		acted, err := d.pass(ctx)
		if err != nil || acted == 0 {
			return errors.Join(append(d.errs, err)...)
		}
		r.count(func(s *Summary) { s.Deadlines += acted })
		if d.closed(r.Clock.Now()) {
			return errors.Join(d.errs...)
		}
	}
}

// dueRun acts on deadlines, and remembers those that failed.
type dueRun struct {
	*run
	pace   *pace
	failed map[service.Deadline]bool
	errs   []error
}

func (r *dueRun) fail(d service.Deadline, err error) {
	r.failed[d] = true
	r.errs = append(r.errs, fmt.Errorf("evening: deadline %s of %s %d: %w", d.Kind, d.Service, d.Subject, err))
}

// pass goes once through what is due, or to where a maintenance window begins.
func (r *dueRun) pass(ctx context.Context) (acted int64, err error) {
	var after service.Deadline
	for {
		due, err := r.after(ctx, after)
		if err != nil || len(due) == 0 {
			return acted, err
		}
		after = due[len(due)-1]
		for _, group := range r.byService(due) {
			if r.closed(r.Clock.Now()) {
				return acted, nil
			}
			n, err := r.actOn(ctx, group)
			acted += n
			if err != nil {
				return acted, err
			}
		}
	}
}

func (r *dueRun) after(ctx context.Context, after service.Deadline) (due []service.Deadline, err error) {
	err = r.DB.Read(ctx, func(rd store.Reader) error {
		due, err = service.Deadlines{}.Due(rd, r.day, after, r.pace.next())
		return err
	})
	return due, err
}

// byService parts what is due by service, in the order given and without what
// failed before. A subject stands once in a group: what follows from its first
// deadline may take the second away, which the next pass sees.
func (r *dueRun) byService(due []service.Deadline) [][]service.Deadline {
	at := map[filing.Service]int{}
	seen := map[subject]bool{}
	var groups [][]service.Deadline
	for _, d := range due {
		of := subject{d.Service, d.Subject}
		if r.failed[d] || seen[of] {
			continue
		}
		seen[of] = true
		i, found := at[d.Service]
		if !found {
			i = len(groups)
			at[d.Service], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], d)
	}
	return groups
}

type subject struct {
	service filing.Service
	id      int64
}

// actOn acts on deadlines of one service in one transaction; if that fails, on
// each in its own, so that one bad deadline does not hold up the others.
func (r *dueRun) actOn(ctx context.Context, due []service.Deadline) (int64, error) {
	s, known := r.services[due[0].Service]
	if !known {
		for _, d := range due {
			r.fail(d, errors.New("no such service here"))
		}
		return 0, nil
	}
	n, err := r.act(ctx, s, due)
	if err == nil || ctx.Err() != nil {
		return n, errors.Join(err, ctx.Err())
	}
	if len(due) == 1 {
		r.fail(due[0], err)
		return 0, nil
	}
	var all int64
	for i := range due {
		n, err := r.actOn(ctx, due[i:i+1])
		all += n
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// act takes deadlines away and does what follows. Those that another worker
// has taken, or that were moved or cancelled, are left out.
func (r *dueRun) act(ctx context.Context, s service.Service, due []service.Deadline) (int64, error) {
	for len(due) > 0 {
		work, err := prepared(ctx, s, due)
		if err != nil {
			return 0, err
		}
		ours, err := r.take(ctx, due, work)
		if err != nil {
			return 0, err
		}
		if len(ours) == len(due) {
			return int64(len(due)), nil
		}
		due = ours // the work would have been of more than these: nothing was done
	}
	return 0, nil
}

// prepared asks the service; a panic of it is an error of these deadlines.
func prepared(ctx context.Context, s service.Service, due []service.Deadline) (work service.Work, err error) {
	err = guarded(func() error {
		work, err = s.Due(ctx, due)
		return err
	})
	return work, err
}

var errOvertaken = errors.New("deadlines were taken meanwhile")

// take does the work and keeps it, if all the deadlines are still there.
// Otherwise it does nothing and returns those that are.
func (r *dueRun) take(ctx context.Context, due []service.Deadline, work service.Work) (ours []service.Deadline, err error) {
	var held time.Duration // of the writer; nothing that is written depends on it
	err = r.DB.DoLast(ctx, func(tx store.Tx) error {
		begun := time.Now()
		defer func() { held = time.Since(begun) }()
		if ours, err = (service.Deadlines{}).Take(tx, due); err != nil {
			return err
		}
		if len(ours) < len(due) {
			return errOvertaken
		}
		return guarded(func() error { return work(tx) })
	})
	if errors.Is(err, errOvertaken) {
		return inOrder(due, ours), nil
	}
	if err != nil {
		return nil, err
	}
	r.pace.took(len(due), held)
	return ours, nil
}

// inOrder gives those of due that are ours.
func inOrder(due, ours []service.Deadline) []service.Deadline {
	mine := make(map[service.Deadline]bool, len(ours))
	for _, d := range ours {
		mine[d] = true
	}
	var kept []service.Deadline
	for _, d := range due {
		if mine[d] {
			kept = append(kept, d)
		}
	}
	return kept
}
