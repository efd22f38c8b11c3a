package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// extracts holds answers and deliveries of extracts to selecting their rows by
// SQL alone, and tells the peak of memory meanwhile.
func extracts(ctx context.Context, b *bench) (err error) {
	c, err := b.country(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if err := c.requests(ctx, b); err != nil {
		return err
	}
	return c.full(ctx, b)
}

// country is a register of made-up persons with their public cases.
type country struct {
	*house
	size   extracttest.Size
	codeID int64
}

func (b *bench) country(ctx context.Context) (*country, error) {
	h, err := b.newHouse(ctx, 1)
	if err != nil {
		return nil, err
	}
	today := calendar.Today(h.world.Clock)
	c := &country{house: h, size: extracttest.Size{Persons: b.persons, Cases: b.publicCases, Today: today, Seed: seed}}
	if c.codeID, err = h.codeOf(ctx, h.filers[0]); err == nil {
		err = errors.Join(c.permits(ctx, today), extracttest.Load(ctx, h.world.DB, c.size))
	}
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	return c, nil
}

func (h *house) codeOf(ctx context.Context, f *filer) (id int64, err error) {
	err = h.world.DB.Read(ctx, func(r store.Reader) error {
		code, found, err := h.world.Parties.ByCode(r, f.code)
		if err == nil && !found {
			err = fmt.Errorf("party code %s is not there", f.code)
		}
		id = code.ID
		return err
	})
	return id, err
}

func (c *country) permits(ctx context.Context, today calendar.Day) error {
	ids, err := c.world.Permits.NewIDs(ctx, 4)
	if err != nil {
		return err
	}
	scopes := map[filing.Service]string{filing.DebtExtract: permit.ScopeCollection, filing.CreditExtract: permit.ScopeBureau}
	return c.world.DB.Do(ctx, func(tx store.Tx) error {
		id := ids
		for _, s := range []filing.Service{filing.DebtExtract, filing.CreditExtract} {
			_, err := c.world.Permits.Grant(tx, permit.Permit{ID: id, CodeID: c.codeID, Service: s, Scope: scopes[s], From: today - 1},
				permit.Act{ID: id + 1, Reason: "bench", By: "bench", At: c.world.Clock.Now()})
			if err != nil {
				return err
			}
			id += 2
		}
		return nil
	})
}

// asked is how many persons one request asks for.
const asked = 1000

func (c *country) requests(ctx context.Context, b *bench) error {
	debt := c.world.Extracts.Debt()
	f := service.File{
		ID: 1, PartyCode: c.filers[0].code, CodeID: c.codeID, MainCodeID: c.codeID, Transaction: filing.DERequest, Sequence: 1,
		Documents: asked, Arrived: c.world.Clock.Now(),
	}
	if err := extracttest.Ask(ctx, c.world.DB, debt, f, c.size.Questions(asked)); err != nil {
		return err
	}
	batch := service.Batch{
		Key: "bench", Transaction: filing.DEAnswer, CodeID: c.codeID, Code: f.PartyCode, File: f.ID, Day: calendar.Today(c.world.Clock),
		Sequence: 1, Documents: asked,
	}
	return c.hold(ctx, b, fmt.Sprintf("answer for %d of %d persons", asked, b.persons), 10, debt, batch, func() error {
		_, err := extracttest.RowsOfAnswers(ctx, c.world.DB, f.ID)
		return err
	})
}

func (c *country) full(ctx context.Context, b *bench) error {
	by := service.Officer{Name: "bench", Reason: "bench"}
	credit := c.world.Extracts.Credit()
	id, err := c.world.Extracts.Subscribe(ctx, by, extract.Subscription{
		CodeID: c.codeID, MainCodeID: c.codeID, Code: c.filers[0].code, Extract: filing.CEExtract,
	})
	if err == nil {
		err = extracttest.Deliver(ctx, c.world.DB, credit, id)
	}
	if err != nil {
		return err
	}
	batch, err := c.delivery(ctx, credit)
	if err != nil {
		return err
	}
	return c.hold(ctx, b, fmt.Sprintf("full extract of %d public cases", b.publicCases), 8, credit, batch, func() error {
		_, err := extracttest.RowsOfLines(ctx, c.world.DB, "01")
		return err
	})
}

func (c *country) delivery(ctx context.Context, credit *extract.Credit) (b service.Batch, err error) {
	err = c.world.DB.Read(ctx, func(r store.Reader) error {
		all, err := credit.Outgoing(r, calendar.Today(c.world.Clock))
		if err == nil && len(all) != 1 {
			err = fmt.Errorf("%d deliveries are due, not one", len(all))
		}
		if err == nil {
			b = all[0]
		}
		return err
	})
	return b, err
}

// hold times the writing of a batch against the floor, and tells the largest
// resident size meanwhile.
func (c *country) hold(ctx context.Context, b *bench, what string, goal float64, s service.Service, batch service.Batch, floor func() error) error {
	var turns []sample
	var peaks []float64
	for range b.turnsOr(b.slowTurns) {
		begun := time.Now()
		if err := floor(); err != nil {
			return err
		}
		least := time.Since(begun)
		freshPeak()
		work, err := b.timed(func() error { return c.write(ctx, s, batch) })
		if err != nil {
			return err
		}
		turns = append(turns, sample{work.Seconds(), least.Seconds()})
		kib, err := peakKiB()
		if err != nil {
			return err
		}
		peaks = append(peaks, float64(kib)/kibibytes)
	}
	return errors.Join(b.tell(against(what, "s", atMost(goal), turns)), b.tell(alone("memory of "+what, "MiB", atMost(256), peaks)))
}

// freshPeak lets the peak of the resident size begin anew, where the system
// can.
func freshPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

func (c *country) write(ctx context.Context, s service.Service, batch service.Batch) error {
	return c.world.DB.Read(ctx, func(r store.Reader) error {
		return s.Write(r, batch, service.Output{Writer: io.Discard, Form: filing.TextForm, Set: filing.Own()})
	})
}
