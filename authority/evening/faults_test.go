package evening_test

import (
	"context"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"testing"

	"filtjanst/authority/evening"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/shs"
)

// hooked is a service with something done before each chunk.
type hooked struct {
	*paymentorder.Orders
	before func(f service.File, docs []service.Document) error
}

func (h *house) hooked(before func(service.File, []service.Document) error) func(*evening.Config) {
	return func(c *evening.Config) { c.Services = []service.Service{hooked{h.orders, before}} }
}

func (s hooked) Apply(ctx context.Context, f service.File, docs []service.Document) (service.Work, error) {
	if err := s.before(f, docs); err != nil {
		return nil, err
	}
	return s.Orders.Apply(ctx, f, docs)
}

// A worker that lost its lease is stopped; what the other wrote stands.
func TestWorkerThatLostItsFile(t *testing.T) {
	each(t, func(h *house) {
		f := made(h, 1, 1100, monday)
		h.put(f)
		holder, err := shs.NewID(seeded())
		h.must(err)
		var other evening.Summary
		steal := func(_ service.File, docs []service.Document) error {
			if docs[0].Number == 1 || other.Files > 0 {
				return nil
			}
			lease := store.Lease{Name: "evening/file/1", Holder: holder, Fence: 1}
			h.must(h.db.ReleaseLease(h.Context(), lease))
			other = h.run(h.evening())
			return nil
		}
		slow := h.evening(h.hooked(steal), func(c *evening.Config) { c.Random = seeded() })
		if s := h.run(slow); s.Busy != 1 || s.Files != 0 || other.Files != 1 {
			h.Errorf("the slow one: %+v, the other: %+v", s, other)
		}
		h.checkWhole(f)
	})
}

// seeded is the same randomness each time.
func seeded() io.Reader { return mathrand.NewChaCha8([32]byte{1}) }

// A panic over one file is its error: the process and the other files go on.
func TestPanicIsTheErrorOfItsFile(t *testing.T) {
	each(t, func(h *house) {
		h.put(made(h, 1, 5, monday), made(h, 2, 5, monday))
		e := h.evening(h.hooked(func(f service.File, _ []service.Document) error {
			if f.ID == 1 {
				panic("at file 1")
			}
			return nil
		}))
		_, err := e.Run(h.Context(), h.clock.Now())
		if err == nil || h.count(`SELECT count(*) FROM evening_shelf WHERE done AND id = 2`) != 1 {
			h.Errorf("error %v", err)
		}
	})
}

// After a commit of unknown outcome the file is looked at anew.
func TestUnknownOutcomeIsLookedUp(t *testing.T) {
	each(t, func(h *house) {
		f := made(h, 1, 1100, monday)
		h.put(f)
		lost := 0
		e := h.evening(h.hooked(func(_ service.File, docs []service.Document) error {
			if docs[0].Number == 1 || lost > 1 {
				return nil
			}
			lost++
			return fmt.Errorf("chunk: %w", store.ErrOutcomeUnknown)
		}))
		if s := h.run(e); s.Files != 1 || lost != 2 {
			h.Errorf("%+v after %d lost connections", s, lost)
		}
		h.checkWhole(f)
	})
}
