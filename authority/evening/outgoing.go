package evening

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"filtjanst/authority/outbox"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// outgoing puts the batches of all services in the outbox.
func (r *run) outgoing(ctx context.Context) error {
	var errs []error
	for _, s := range r.Services {
		batches, err := r.batches(ctx, s)
		errs = append(errs, err)
		for _, b := range batches {
			if ctx.Err() != nil || r.closed(r.Clock.Now()) {
				return errors.Join(append(errs, ctx.Err())...)
			}
			if err := r.send(ctx, s, b); err != nil {
				errs = append(errs, fmt.Errorf("evening: batch %s of %s: %w", b.Key, s.ID(), err))
			}
		}
	}
	return errors.Join(errs...)
}

// batches lists what a service has to send, without what was put before.
func (r *run) batches(ctx context.Context, s service.Service) (list []service.Batch, err error) {
	err = r.DB.Read(ctx, func(rd store.Reader) error {
		all, err := s.Outgoing(rd, r.day)
		if err != nil {
			return err
		}
		list = list[:0]
		for _, b := range all {
			there, err := r.Outbox.HasOnce(rd, onceKey(s, b))
			if err != nil {
				return err
			}
			if !there {
				list = append(list, b)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("evening: list what %s has to send: %w", s.ID(), err)
	}
	return list, nil
}

// send puts one batch. Another worker may have been faster: then nothing is
// left to do, and a blob of ours is swept.
func (r *run) send(ctx context.Context, s service.Service, b service.Batch) error {
	wanted, err := r.wanted(ctx, b)
	switch {
	case err != nil:
		return err
	case !wanted && isExtension(b.Transaction):
		return r.DB.Do(ctx, func(tx store.Tx) error { return s.Sent(tx, b) })
	case !wanted:
		r.count(func(s *Summary) { s.Withheld++ })
		return nil
	}
	set, found := r.Sets.For(b.Code, b.Day)
	if !found {
		return fmt.Errorf("no profile set is valid for %s on %s", b.Code, b.Day)
	}
	m, err := r.message(ctx, s, b, formOf(set, b.Transaction, filing.TextForm), set)
	if err != nil {
		return err
	}
	err = r.DB.Do(ctx, func(tx store.Tx) error {
		if err := r.Outbox.Put(tx, m); err != nil {
			return err
		}
		return s.Sent(tx, b)
	})
	if outbox.IsTwice(err) {
		return nil
	}
	if err == nil {
		r.count(func(s *Summary) { s.Batches++ })
	}
	return err
}

// wanted tells whether the code is sent the batch: an own extension if the
// installation and the code have it switched on, all else under a permit (R2).
// What answers a file was asked for.
func (r *run) wanted(ctx context.Context, b service.Batch) (wanted bool, err error) {
	if isExtension(b.Transaction) && !slices.Contains(r.Extensions, b.Transaction) {
		return false, nil
	}
	if b.File != 0 && !isExtension(b.Transaction) {
		return true, nil
	}
	code, err := r.code(ctx, b.CodeID)
	if err != nil {
		return false, err
	}
	err = r.DB.Read(ctx, func(rd store.Reader) error {
		wanted, err = r.Permits.Sends(rd, code.ID, code.MainID, b.Transaction, r.day)
		return err
	})
	return wanted, err
}
